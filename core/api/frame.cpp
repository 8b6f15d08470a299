// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/operations.hpp"
#include "core/api/verdict_json.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace assay::api {
namespace {

/// The operation's name and its arguments; no operation has more.
constexpr std::size_t MAX_FIELDS = 9;

std::uint32_t read_u32(BytesView at) noexcept {
    return static_cast<std::uint32_t>(at[0]) | static_cast<std::uint32_t>(at[1]) << 8 |
           static_cast<std::uint32_t>(at[2]) << 16 | static_cast<std::uint32_t>(at[3]) << 24;
}

std::string refuse_frame() noexcept {
    return failure_text({ErrorCode::ARGUMENT_INVALID, "frame"}, CheckList{});
}

} // namespace

const Operation* find_in(std::span<const Operation> operations, std::string_view name) noexcept {
    const auto found = std::find_if(operations.begin(), operations.end(),
                                    [&](const Operation& each) { return each.name == name; });
    return found == operations.end() ? nullptr : &*found;
}

std::string run_frame(BytesView frame, FindOperation find) noexcept {
    constexpr std::size_t HEAD = sizeof(std::uint32_t);
    std::array<BytesView, MAX_FIELDS> fields{};
    std::size_t count = 0;
    while (!frame.empty()) {
        if (count == MAX_FIELDS || frame.size() < HEAD || read_u32(frame) > frame.size() - HEAD) {
            return refuse_frame();
        }
        const std::size_t length = read_u32(frame);
        fields[count++] = frame.subspan(HEAD, length);
        frame = frame.subspan(HEAD + length);
    }
    const Operation* operation = count == 0 ? nullptr : find(as_text(fields[0]));
    if (operation == nullptr || operation->fields != count - 1) {
        return refuse_frame();
    }
    return operation->run(Fields{fields}.subspan(1, operation->fields));
}

} // namespace assay::api
