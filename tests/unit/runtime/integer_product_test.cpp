// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Our own product of dynamically quantised activations, which WebAssembly takes, and their bytes.
#include "core/runtime/fast_elements.hpp"
#include "core/runtime/integer_product.hpp"
#include "core/runtime/quantize.hpp"

#include "tests/unit/runtime/run_model.hpp"

namespace assay::runtime {
namespace {

TEST_CASE("the product of integers is exact", "[runtime][quantised]") {
    constexpr float X_SCALE = 0.0625F;
    for (const auto& [depth, columns] :
         {std::pair<std::size_t, std::size_t>{16, 8}, {7, 3}, {33, 21}, {1, 1}, {384, 10}}) {
        const auto weight = [](std::size_t k, std::size_t n) {
            return static_cast<std::int8_t>((k * 37 + n * 101) % 256 - 128);
        };
        IntegerWeights weights{depth, columns};
        for (std::size_t n = 0; n < columns; ++n) {
            weights.set_scale(n, static_cast<float>(n + 1) / 64);
            weights.set_bias(n, static_cast<float>(n) - 3);
            for (std::size_t k = 0; k < depth; ++k) {
                weights.set(k, n, weight(k, n));
            }
        }
        for (const std::size_t rows : {1, 4, 6}) {
            for (const int zero : {0, 131, 255}) {
                CAPTURE(depth, columns, rows, zero);
                std::vector<std::uint8_t> bytes(rows * depth);
                for (std::size_t i = 0; i < bytes.size(); ++i) {
                    bytes[i] = static_cast<std::uint8_t>(i * 197 % 256);
                }
                WideRows x;
                x.assign(std::vector<std::uint8_t>(99 * depth, 1), depth, 0); // leaves nothing
                x.assign(bytes, depth, zero);
                std::vector<float> y(rows * columns);
                weights.multiply(x, rows, X_SCALE, y.data());
                std::size_t wrong = 0;
                for (std::size_t i = 0; i < y.size(); ++i) {
                    const std::size_t n = i % columns;
                    int sum = 0;
                    for (std::size_t k = 0; k < depth; ++k) {
                        sum += (bytes[i / columns * depth + k] - zero) * weight(k, n);
                    }
                    const float scaled =
                        static_cast<float>(sum) * X_SCALE * (static_cast<float>(n + 1) / 64);
                    wrong += y[i] == scaled + (static_cast<float>(n) - 3) ? 0 : 1;
                }
                CHECK(wrong == 0);
            }
        }
    }
}

TEST_CASE("floats become bytes as ONNX defines it", "[runtime][quantised]") {
    constexpr std::size_t COUNT = 53; // three times sixteen, and a rest
    constexpr float SCALE = 0.03F;
    constexpr float ZERO = 119;
    std::vector<float> x = Values{5}.vector(COUNT);
    for (float& value : x) {
        value *= 5;
    }
    x[3] = 0.5F * SCALE; // a tie
    x[20] = -1.5F * SCALE;
    std::vector<std::uint8_t> y(COUNT + 1, 77);
    quantize_bytes(x.data(), COUNT, SCALE, ZERO, y.data());
    for (std::size_t i = 0; i < COUNT; ++i) {
        const auto ratio = static_cast<double>(x[i] / SCALE);
        CHECK(static_cast<double>(y[i]) ==
              quantize(ratio, ZERO, range_of(onnx::ElementType::uint8)));
    }
    CHECK(y[COUNT] == 77);
}

} // namespace
} // namespace assay::runtime
