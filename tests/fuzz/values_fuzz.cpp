// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Moments and decimal numbers. The first byte says what the rest is: a moment's text, Unix seconds,
// a float or a double, an integer's text, a number's two texts or its two words. What is read,
// written and read again is the same; the calendar is the standard library's.
#include "core/api/operations.hpp"
#include "core/api/time_text.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/reader.hpp"
#include "core/bytes/word.hpp"
#include "core/settlement/number.hpp"

#include "tests/fuzz/verdict.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace assay;
using namespace assay::test;
using settlement::Number;

std::string run(std::string_view operation, std::initializer_list<BytesView> fields) {
    const api::Operation* found = api::find_operation(operation);
    require(found != nullptr && found->fields == fields.size());
    return found->run({fields.begin(), fields.size()});
}

/// The verdict, where it is a yes.
class Shown {
public:
    explicit Shown(std::string verdict) : text_{std::move(verdict)}, json_{read_json(text_)} {}
    explicit operator bool() const { return json_.find("ok")->boolean(); }
    [[nodiscard]] std::string_view text(const char* member) const {
        return text_of(json_.find("value")->find(member));
    }

private:
    std::string text_;
    JsonValue json_;
};

// Moments.

constexpr std::int64_t YEAR_0 = -62'167'219'200; // what text has four digits for

std::string calendar_text(std::int64_t moment) {
    using namespace std::chrono;
    const sys_seconds at{seconds{moment}};
    const sys_days day = floor<days>(at);
    const year_month_day date{day};
    const hh_mm_ss time{at - day};
    std::string text(32, '\0');
    text.resize(static_cast<std::size_t>(std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()))));
    return text;
}

void read_moment(std::string_view text) {
    const auto moment = api::parse_time(text);
    if (!moment)
        return;
    require(*moment <= api::LATEST_UNIX_TIME);
    require(api::parse_time(std::to_string(*moment)) == moment);
    const std::string printed = api::format_time(*moment);
    require(api::parse_time(printed) == moment);
    if (*moment < YEAR_0)
        return;
    require(printed == calendar_text(*moment));
    // A full date and time is what it says, but for the offset at its end.
    constexpr std::size_t SECONDS = 19;
    if (text.size() <= SECONDS || text[4] != '-')
        return;
    std::string plain{text.substr(0, SECONDS)};
    plain[10] = 'T';
    const auto local = api::parse_time(plain + 'Z');
    require(local && api::format_time(*local) == plain + 'Z');
    const std::string_view end = text.substr(text.size() - 6); // "+hh:mm"
    const auto two = [&](std::size_t at) { return (end[at] - '0') * 10 + end[at + 1] - '0'; };
    const bool universal = text.back() == 'Z' || text.back() == 'z';
    const std::int64_t offset = universal ? 0 : (two(1) * 60 + two(4)) * 60;
    require(*local - *moment == (end[0] == '-' ? -offset : offset));
}

void write_moment(std::uint64_t bits) {
    const auto moment = std::bit_cast<std::int64_t>(bits);
    read_moment(std::to_string(moment));
    const bool late = moment > api::LATEST_UNIX_TIME;
    require(api::parse_time(std::to_string(moment)).has_value() != late);
}

// Numbers.

/// The texts and the words of a number have one verdict.
void compare_forms(const Number& number) {
    const std::string value = bytes::int128_to_decimal(number.value);
    const std::string decimals = bytes::int128_to_decimal(number.decimals);
    require(bytes::int128_from_decimal(value) == number.value);
    require(bytes::int128_from_decimal(decimals) == number.decimals);
    Bytes words{number.value.begin(), number.value.end()};
    words.insert(words.end(), number.decimals.begin(), number.decimals.end());
    const std::string verdict = run("decode_number_words", {words});
    require(run("decode_number", {as_bytes(value), as_bytes(decimals)}) == verdict);
    const Shown shown{verdict};
    const auto decoded = settlement::decode_float32(number);
    require(static_cast<bool>(shown) == decoded.has_value());
    if (shown)
        require(shown.text("text") == settlement::float32_text(*decoded) &&
                std::isfinite(*decoded));
}

/// What a float becomes, and of it again the float; a zero has no sign.
template <typename Float>
void encode(std::string_view kind, Float value, const Result<Number>& number) {
    Bytes bytes;
    for (std::size_t i = sizeof value; i-- > 0;)
        if constexpr (sizeof value == sizeof(std::uint32_t))
            bytes.push_back(
                static_cast<std::uint8_t>(std::bit_cast<std::uint32_t>(value) >> 8 * i));
        else
            bytes.push_back(
                static_cast<std::uint8_t>(std::bit_cast<std::uint64_t>(value) >> 8 * i));
    const Shown shown{run("encode_number", {as_bytes(kind), bytes})};
    require(static_cast<bool>(shown) == number.has_value());
    if (!number) {
        const bool large = std::fabs(value) >= 0x1p127;
        require(number.error().code ==
                (std::isfinite(value) ? ErrorCode::NUMBER_OVERFLOW : ErrorCode::NUMBER_NOT_FINITE));
        require(!std::isfinite(value) || large || sizeof value == sizeof(double));
        return;
    }
    require(shown.text("words") == bytes::to_hex(number->value) + bytes::to_hex(number->decimals));
    compare_forms(*number);
    const auto decoded = settlement::decode_float32(*number);
    require(decoded.has_value() && *decoded == static_cast<float>(value));
}

void encode_integer(std::string_view text) {
    const auto number = settlement::encode_integer(text);
    const Shown shown{run("encode_number", {as_bytes("int"), as_bytes(text)})};
    require(static_cast<bool>(shown) == number.has_value());
    if (!number)
        return;
    require(shown.text("value") == text && shown.text("decimals") == "0");
    compare_forms(*number);
}

void decode_words(BytesView words) {
    const Shown shown{run("decode_number_words", {words})};
    Number number{};
    if (words.size() != sizeof number.value + sizeof number.decimals)
        return require(!shown);
    std::copy_n(words.begin(), number.value.size(), number.value.begin());
    std::copy_n(words.begin() + sizeof number.value, sizeof number.decimals,
                number.decimals.begin());
    const bool narrow = bytes::is_int128(number.value) && bytes::is_int128(number.decimals);
    require(narrow || !shown);
    if (narrow)
        compare_forms(number);
}

void decode_texts(std::string_view value, std::string_view decimals) {
    const Shown shown{run("decode_number", {as_bytes(value), as_bytes(decimals)})};
    const auto first = bytes::int128_from_decimal(value);
    const auto second = bytes::int128_from_decimal(decimals);
    require((first && second) || !shown);
    if (shown)
        require(shown.text("value") == value && shown.text("decimals") == decimals);
    if (first && second)
        compare_forms({*first, *second});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const BytesView rest{data + 1, size - 1};
    bytes::Reader reader{rest};
    const auto bits = [&](std::size_t width) { return reader.big_endian(width).value_or(0); };
    switch (data[0] % 7) {
    case 0:
        read_moment(as_text(rest));
        break;
    case 1:
        write_moment(bits(8));
        break;
    case 2: {
        const auto value = std::bit_cast<float>(static_cast<std::uint32_t>(bits(4)));
        encode("float32", value, settlement::encode_float32(value));
        break;
    }
    case 3: {
        const auto value = std::bit_cast<double>(bits(8));
        if (std::fabs(value) <= std::numeric_limits<float>::max() || !std::isfinite(value))
            encode("float64", value, settlement::encode_float64(value));
        break;
    }
    case 4:
        encode_integer(as_text(rest));
        break;
    case 5:
        decode_words(rest);
        break;
    default: {
        const std::string_view text = as_text(rest);
        const std::size_t cut = std::min(text.find(' '), text.size());
        decode_texts(text.substr(0, cut), text.substr(std::min(cut + 1, text.size())));
    }
    }
    return 0;
}
