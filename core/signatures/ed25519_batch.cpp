// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/signatures/ed25519_batch.hpp"

#include "core/hash/sha2.hpp"
#include "core/signatures/ed25519.hpp"
#include "core/signatures/ed25519_scalar.hpp"

extern "C" {
#define CONFIGURED 1 // by third_party/sodium.cmake, as the library was
#include <private/ed25519_ref10.h>
}

#include <algorithm>
#include <array>
#include <vector>

namespace assay::signatures {
namespace {

using Scalar = Ed25519Scalar;

/// Signatures of one sum: beyond this the tables leave the cache and the doublings cost little.
constexpr std::size_t CHUNK = 128;
/// Coefficients of half the group's order in bits: 2^-128 is the chance of a forgery.
constexpr std::size_t COEFFICIENT_BYTES = 16;

constexpr std::size_t DIGITS = 256;
constexpr unsigned WINDOW = 5;
constexpr std::size_t ODD_MULTIPLES = 1 << (WINDOW - 2);

/// A point with its odd multiples, and the digits of its scalar.
struct Term {
    std::array<ge25519_cached, ODD_MULTIPLES> odd;
    std::array<std::int8_t, DIGITS> digits{};
};

void add(ge25519_p3& sum, const ge25519_cached& point) {
    ge25519_p1p1 added;
    ge25519_add(&added, &sum, &point);
    ge25519_p1p1_to_p3(&sum, &added);
}

void double_it(ge25519_p3& point) {
    ge25519_cached same;
    ge25519_p3_to_cached(&same, &point);
    add(point, same);
}

/// Signed digits, odd or zero, no two of them within WINDOW places.
void recode(const Scalar& scalar, std::array<std::int8_t, DIGITS>& digits) {
    constexpr unsigned SIZE = 1 << WINDOW;
    unsigned carry = 0;
    for (std::size_t at = 0; at < DIGITS;) {
        unsigned bits = scalar[at / 8] >> (at % 8);
        if (at / 8 + 1 < scalar.size())
            bits |= static_cast<unsigned>(scalar[at / 8 + 1]) << (8 - at % 8);
        const unsigned digit = carry + (bits & (SIZE - 1));
        if (digit % 2 == 0) {
            ++at;
            continue;
        }
        carry = digit < SIZE / 2 ? 0 : 1;
        digits[at] =
            static_cast<std::int8_t>(static_cast<int>(digit) - static_cast<int>(carry * SIZE));
        at += WINDOW;
    }
}

/// @param term with all digits zero
void fill(Term& term, const ge25519_p3& point, const Scalar& scalar) {
    ge25519_p3 odd = point;
    ge25519_cached step;
    double_it(odd);
    ge25519_p3_to_cached(&step, &odd);
    odd = point;
    ge25519_p3_to_cached(&term.odd[0], &odd);
    for (std::size_t i = 1; i < ODD_MULTIPLES; ++i) {
        add(odd, step);
        ge25519_p3_to_cached(&term.odd[i], &odd);
    }
    recode(scalar, term.digits);
}

/// The sum of all terms, eight times: whether it is the neutral element.
bool vanishes(const std::vector<Term>& terms) {
    constexpr std::array<std::uint8_t, 32> NEUTRAL = {1};
    ge25519_p3 sum;
    static_cast<void>(ge25519_frombytes_negate_vartime(&sum, NEUTRAL.data()));
    for (std::size_t place = DIGITS; place-- > 0;) {
        double_it(sum);
        for (const Term& term : terms) {
            const int digit = term.digits[place];
            if (digit > 0) {
                add(sum, term.odd[static_cast<std::size_t>(digit / 2)]);
            } else if (digit < 0) {
                ge25519_p1p1 difference;
                ge25519_sub(&difference, &sum, &term.odd[static_cast<std::size_t>(-digit / 2)]);
                ge25519_p1p1_to_p3(&sum, &difference);
            }
        }
    }
    for (int doubling = 0; doubling < 3; ++doubling)
        double_it(sum);
    std::array<std::uint8_t, 32> encoded;
    ge25519_p3_tobytes(encoded.data(), &sum);
    return encoded == NEUTRAL;
}

void append(Bytes& out, BytesView bytes) {
    out.insert(out.end(), bytes.begin(), bytes.end());
}

/// [sum z s]B + sum [z](-R) + sum [z k](-A), all inputs of the right size.
bool verify_chunk(std::span<const Ed25519Task> tasks) {
    // The base point with its sign turned, since decoding turns it as well.
    constexpr std::array<std::uint8_t, 32> MINUS_BASE = [] {
        std::array<std::uint8_t, 32> bytes{};
        bytes.fill(0x66);
        bytes[0] = 0x58;
        bytes[31] = 0xe6;
        return bytes;
    }();
    std::vector<Scalar> challenges;
    Bytes transcript;
    for (const Ed25519Task& task : tasks) {
        challenges.push_back(
            ed25519_challenge(task.signature.first(32), task.public_key, task.message));
        append(transcript, task.public_key);
        append(transcript, task.signature);
        append(transcript, challenges.back());
    }
    const auto seed = hash::sha512(transcript);
    std::array<std::uint8_t, sizeof seed + 1> numbered;
    std::ranges::copy(seed, numbered.begin());
    std::vector<Term> terms(2 * tasks.size() + 1);
    Scalar base{};
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        ge25519_p3 minus_r;
        ge25519_p3 minus_a;
        if (sc25519_is_canonical(tasks[i].signature.data() + 32) == 0 ||
            ge25519_frombytes_negate_vartime(&minus_r, tasks[i].signature.data()) != 0 ||
            ge25519_frombytes_negate_vartime(&minus_a, tasks[i].public_key.data()) != 0) {
            return false;
        }
        numbered.back() = static_cast<std::uint8_t>(i); // below CHUNK
        const auto random = hash::sha512(numbered);
        Scalar z{};
        std::copy_n(random.begin(), COEFFICIENT_BYTES, z.begin());
        const Scalar zk = multiply_add(z, challenges[i], {});
        base = multiply_add(z, tasks[i].signature.last<32>(), base);
        fill(terms[2 * i], minus_r, z);
        fill(terms[2 * i + 1], minus_a, zk);
    }
    ge25519_p3 base_point;
    static_cast<void>(ge25519_frombytes_negate_vartime(&base_point, MINUS_BASE.data()));
    fill(terms.back(), base_point, base);
    return vanishes(terms);
}

} // namespace

bool verify_ed25519_batch(std::span<const Ed25519Task> tasks) noexcept {
    for (const Ed25519Task& task : tasks) {
        if (task.public_key.size() != ED25519_KEY_BYTES ||
            task.signature.size() != ED25519_SIGNATURE_BYTES) {
            return false;
        }
    }
    for (; !tasks.empty(); tasks = tasks.subspan(std::min(tasks.size(), CHUNK))) {
        if (!verify_chunk(tasks.first(std::min(tasks.size(), CHUNK))))
            return false;
    }
    return true;
}

} // namespace assay::signatures
