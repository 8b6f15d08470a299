// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/math/words.hpp"

#include "tests/unit/math/random.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::math {
namespace {

TEST_CASE("words are read and written big-endian", "[math]") {
    const std::array<std::uint8_t, 9> bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    const auto words = read_big_endian<2>(bytes);
    CHECK(words == Words<2>{0x0203040506070809, 1});
    std::array<std::uint8_t, 9> again{};
    write_big_endian(words, again);
    CHECK(again == bytes);
    std::array<std::uint8_t, 18> longer{};
    longer[0] = 7;
    write_big_endian(words, longer);
    CHECK(longer[0] == 0);
    CHECK(longer[9] == 1);
    CHECK(read_big_endian<2>({}) == Words<2>{});
}

TEST_CASE("words carry and borrow through every word", "[math]") {
    constexpr std::uint64_t ONES = 0xffffffffffffffff;
    Words<3> a = {ONES, ONES, 5};
    CHECK(add_to(a, Words<3>{1}) == 0);
    CHECK(a == Words<3>{0, 0, 6});
    CHECK(subtract_from(a, Words<3>{1}) == 0);
    CHECK(a == Words<3>{ONES, ONES, 5});
    Words<3> full = {ONES, ONES, ONES};
    CHECK(add_to(full, full) == 1);
    CHECK(full == Words<3>{ONES - 1, ONES, ONES});
    Words<3> zero{};
    CHECK(subtract_from(zero, Words<3>{0, 1}) == 1);
    CHECK(zero == Words<3>{0, ONES, ONES});
    CHECK(is_zero(Words<3>{}));
    CHECK_FALSE(is_zero(Words<3>{0, 0, 1}));
    CHECK(less(Words<3>{ONES, 0, 1}, Words<3>{0, 1, 1}));
    CHECK_FALSE(less(Words<3>{1, 1, 1}, Words<3>{1, 1, 1}));
}

TEST_CASE("bits are taken across words and past the end", "[math]") {
    const Words<2> a = {0xf000000000000000, 0x3};
    CHECK(bits_at(a, 60, 6) == 0x3f);
    CHECK(bits_at(a, 64, 28) == 3);
    CHECK(bits_at(a, 65, 28) == 1);
    CHECK(bits_at(a, 128, 8) == 0);
    CHECK(bits_at(a, 120, 28) == 0);
}

TEST_CASE("the negated inverse of an odd word is one", "[math]") {
    test::Sequence random{1};
    for (int i = 0; i < 1000; ++i) {
        const std::uint64_t m = random.next() | 1;
        CHECK(m * negated_inverse(m) == 0 - std::uint64_t{1});
    }
}

} // namespace
} // namespace assay::math
