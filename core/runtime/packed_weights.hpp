// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Weights in XNNPACK's own order, kept for all plans of a model (inference.md §3.5): another batch
/// size or sequence length packs nothing again, and what is packed is not needed otherwise.
#pragma once

#include "core/onnx/buffer.hpp"

#include <xnnpack.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

namespace assay::runtime {

/// What XNNPACK packs: a constant that lasts as long as the model, in a certain form.
struct WeightSource {
    const onnx::Tensor* tensor = nullptr; ///< null: none, as the bias of a product without one
    std::uint64_t form = 0;               ///< what was made of it; 0: as it is
    auto operator<=>(const WeightSource&) const = default;
};

/// XNNPACK knows weights by address. While a runtime is made, addresses have names.
class PackedWeights {
public:
    /// Writes weights to the address that was named. @return false when they are not to be had.
    using Write = std::function<bool()>;

    PackedWeights() noexcept;
    PackedWeights(const PackedWeights&) = delete;
    PackedWeights& operator=(const PackedWeights&) = delete;
    ~PackedWeights() = default;

    [[nodiscard]] xnn_weights_cache_t provider() noexcept { return &provider_; }

    /// Says what is at an address.
    /// @param source  nothing: other plans have other weights there
    /// @param write   is called when XNNPACK is about to pack from there, by an operator that looks
    ///   weights up first; null: they are there
    void name(const void* address, const std::optional<WeightSource>& source,
              Write write = nullptr) noexcept;

    /// Whether the runtime made since the last call of end_runtime() packed weights that were not
    /// written: of an operator that did not look them up. It must not run.
    [[nodiscard]] bool has_unwritten() const noexcept { return has_unwritten_; }

    /// Forgets the addresses. @return packed weights without a name, which the runtime made since
    ///   the last call uses.
    [[nodiscard]] std::vector<onnx::Buffer> end_runtime() noexcept;

    /// Weights that are kept, and their bytes.
    [[nodiscard]] std::size_t count() const noexcept { return kept_.size(); }
    [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }

private:
    struct Name {
        std::optional<WeightSource> source;
        Write write;
    };
    using Key = std::tuple<std::uint32_t, WeightSource, WeightSource>;

    [[nodiscard]] bool find_key(const xnn_weights_cache_look_up_key& from, Key& key) const noexcept;
    [[nodiscard]] std::size_t look_up(const xnn_weights_cache_look_up_key& key) noexcept;
    [[nodiscard]] void* reserve(std::size_t size) noexcept;
    [[nodiscard]] std::size_t insert(const xnn_weights_cache_look_up_key& key) noexcept;

    xnn_weights_cache_provider provider_;
    std::map<const void*, Name> names_;
    std::map<Key, onnx::Buffer> kept_;
    std::vector<onnx::Buffer> unnamed_;
    onnx::Buffer packing_;          ///< being written
    const void* written_ = nullptr; ///< the address that was written last
    bool is_refused_ = false;
    bool has_unwritten_ = false;
    std::uint64_t bytes_ = 0;
};

} // namespace assay::runtime
