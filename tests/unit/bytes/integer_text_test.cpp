// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/integer_text.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>

using assay::bytes::read_signed;
using assay::bytes::read_unsigned;

TEST_CASE("an unsigned number is read to the last of its 64 bits", "[integer_text]") {
    CHECK(read_unsigned("0") == 0U);
    CHECK(read_unsigned("0042") == 42U);
    CHECK(read_unsigned("18446744073709551615") == std::numeric_limits<std::uint64_t>::max());
    CHECK_FALSE(read_unsigned("18446744073709551616"));
    CHECK_FALSE(read_unsigned("18446744073709551620"));
    CHECK_FALSE(read_unsigned("99999999999999999999"));
}

TEST_CASE("a signed number is read between both of its ends", "[integer_text]") {
    CHECK(read_signed("-1") == -1);
    CHECK(read_signed("-0") == 0);
    CHECK(read_signed("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
    CHECK(read_signed("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
    CHECK_FALSE(read_signed("9223372036854775808"));
    CHECK_FALSE(read_signed("-9223372036854775809"));
}

TEST_CASE("text that is not wholly a number is not read", "[integer_text]") {
    for (const char* text : {"", "-", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "--1", "\xb2"}) {
        CAPTURE(text);
        CHECK_FALSE(read_unsigned(text));
        CHECK_FALSE(read_signed(text));
    }
    CHECK_FALSE(read_unsigned("-1"));
}
