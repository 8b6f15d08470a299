// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/time_text.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <limits>
#include <string>

using assay::api::format_time;
using assay::api::parse_time;

TEST_CASE("a moment reads from Unix seconds and from RFC 3339", "[api][time]") {
    CHECK(parse_time("0") == 0);
    CHECK(parse_time("-1") == -1);
    CHECK(parse_time("1784707924") == 1'784'707'924);
    CHECK(parse_time("1970-01-01T00:00:00Z") == 0);
    CHECK(parse_time("2000-02-29T12:34:56.789z") == 951'827'696);
    CHECK(parse_time("2000-02-29T14:34:56+02:00") == 951'827'696);
    CHECK(parse_time("1969-12-31t23:59:59-00:00") == -1);
    CHECK(parse_time("100000000000") == 100'000'000'000);
}

TEST_CASE("milliseconds by mistake and other texts are no moment", "[api][time][negative]") {
    const std::string text =
        GENERATE("", "-", "+1", " 1", "1 ", "1.0", "1e9", "0x10", "100000000001", "1784707924000",
                 "99999999999999999999", "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
                 "2023-13-01T00:00:00Z", "2023-00-01T00:00:00Z", "2023-01-32T00:00:00Z",
                 "2023-01-01T24:00:00Z", "2023-01-01T00:60:00Z", "2023-01-01T00:00:60Z",
                 "2023-01-01T00:00:00", "2023-01-01 00:00:00Z", "2023-01-01T00:00:00.Z",
                 "2023-01-01T00:00:00+2:00", "2023-01-01T00:00:00+24:00", "2023-01-01T00:00:00Zx",
                 "2023-1-1T00:00:00Z", "9999-12-31T23:59:59Z");
    CAPTURE(text);
    CHECK_FALSE(parse_time(text).has_value());
}

TEST_CASE("a printed moment reads back", "[api][time]") {
    const std::int64_t moment =
        GENERATE(0, -1, 1, 951'827'696, 1'784'707'924, -2'208'988'800, 86'399, 99'999'999'999);
    CAPTURE(moment);
    CHECK(parse_time(format_time(moment)) == moment);
}

TEST_CASE("moments print in UTC", "[api][time]") {
    CHECK(format_time(0) == "1970-01-01T00:00:00Z");
    CHECK(format_time(951'827'696) == "2000-02-29T12:34:56Z");
    CHECK(format_time(-1) == "1969-12-31T23:59:59Z");
    CHECK(format_time(-62'167'219'200) == "0000-01-01T00:00:00Z");
    CHECK(format_time(-62'167'219'201) == "-62167219201"); // no four digits
}
