// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/cometbft/timestamp.hpp"

#include "core/bytes/civil_time.hpp"
#include "core/bytes/integer_text.hpp"
#include "core/bytes/protobuf_writer.hpp"

#include <cstddef>

namespace assay::chain {

std::optional<Timestamp> parse_timestamp(std::string_view text) noexcept {
    constexpr std::string_view FORM = "0000-00-00T00:00:00"; // 0 stands for any digit
    constexpr std::size_t MAX_FRACTION = 9;
    if (text.size() < FORM.size() + 1 || text.back() != 'Z')
        return std::nullopt;
    for (std::size_t i = 0; i < FORM.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (FORM[i] == '0' ? !digit : text[i] != FORM[i])
            return std::nullopt;
    }
    const auto part = [&](std::size_t at, std::size_t width) {
        return static_cast<int>(*bytes::read_unsigned(text.substr(at, width)));
    };
    const auto seconds = bytes::unix_seconds(
        {part(0, 4), part(5, 2), part(8, 2), part(11, 2), part(14, 2), part(17, 2)});
    if (!seconds || part(0, 4) == 0)
        return std::nullopt;
    Timestamp time{*seconds, 0};
    const std::string_view fraction = text.substr(FORM.size(), text.size() - FORM.size() - 1);
    if (fraction.empty())
        return time;
    const auto digits = bytes::read_unsigned(fraction.substr(1));
    if (fraction[0] != '.' || fraction.size() > MAX_FRACTION + 1 || !digits)
        return std::nullopt;
    time.nanoseconds = static_cast<std::uint32_t>(*digits);
    for (std::size_t i = fraction.size() - 1; i < MAX_FRACTION; ++i)
        time.nanoseconds *= 10;
    return time;
}

Bytes encode_timestamp(const Timestamp& time) noexcept {
    Bytes out;
    bytes::append_varint_field(out, 1, static_cast<std::uint64_t>(time.seconds));
    bytes::append_varint_field(out, 2, time.nanoseconds);
    return out;
}

} // namespace assay::chain
