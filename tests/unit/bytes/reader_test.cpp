// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/reader.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>

namespace assay::bytes {
namespace {

TEST_CASE("a reader takes bytes in order", "[reader]") {
    const Bytes bytes = {1, 2, 3, 4, 5};
    Reader reader{bytes};
    CHECK(reader.peek() == 1);
    CHECK(reader.u8() == 1);
    CHECK(reader.big_endian(2) == 0x0203);
    CHECK(reader.position() == 3);
    CHECK(Reader{BytesView{bytes}.subspan(3)}.little_endian(2) == 0x0504);
    REQUIRE(reader.take(2).has_value());
    CHECK(reader.at_end());
    CHECK_FALSE(reader.peek().has_value());
    CHECK_FALSE(reader.u8().has_value());
    CHECK(reader.take(0).has_value());
}

TEST_CASE("a reader cannot leave its bytes", "[reader][negative]") {
    const Bytes bytes = {1, 2, 3};
    Reader reader{bytes};
    REQUIRE(reader.u8().has_value());
    CHECK_FALSE(reader.take(3).has_value());
    CHECK_FALSE(reader.take(UINT64_MAX).has_value());
    CHECK_FALSE(reader.big_endian(8).has_value());
    CHECK(reader.remaining() == 2); // nothing was consumed
    CHECK_FALSE(reader.little_endian(3).has_value());
    CHECK(reader.big_endian(0) == 0);
}

} // namespace
} // namespace assay::bytes
