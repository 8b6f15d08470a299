// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Fixed sequences of numbers for tests: the same in every run.
#pragma once

#include "core/math/words.hpp"

#include <cstddef>
#include <cstdint>

namespace assay::test {

/// splitmix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
class Sequence {
public:
    explicit Sequence(std::uint64_t seed) : state_{seed} {}

    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
    }
    template <std::size_t W>
    math::Words<W> words() {
        math::Words<W> out;
        for (std::uint64_t& word : out)
            word = next();
        return out;
    }
    /// Below @p bound, whose highest word is not zero.
    template <std::size_t W>
    math::Words<W> below(const math::Words<W>& bound) {
        for (;;) {
            auto out = words<W>();
            if (math::less(out, bound))
                return out;
            out[W - 1] %= bound[W - 1];
            if (math::less(out, bound))
                return out;
        }
    }

private:
    std::uint64_t state_;
};

} // namespace assay::test
