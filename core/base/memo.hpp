// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <utility>

namespace assay {

/// The last few values of a function that depends on its arguments alone, by the whole of these: a
/// value found is the value that would be computed. Not shared between threads: its users declare
/// it thread_local.
template <class Key, class Value, std::size_t SIZE>
class Memo {
public:
    using Kept = std::shared_ptr<const Value>;

    /// @return null when it is not there.
    [[nodiscard]] Kept find(const Key& key) const noexcept {
        for (const auto& [own, value] : entries_) {
            if (value && own == key)
                return value;
        }
        return nullptr;
    }
    /// In place of the key's own value, or of the oldest one.
    void keep(Key key, Kept value) noexcept {
        for (auto& [own, kept] : entries_) {
            if (kept && own == key) {
                kept = std::move(value);
                return;
            }
        }
        entries_[next_++ % SIZE] = {std::move(key), std::move(value)};
    }

private:
    std::array<std::pair<Key, Kept>, SIZE> entries_{};
    std::size_t next_ = 0;
};

} // namespace assay
