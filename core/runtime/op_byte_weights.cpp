// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The node that fuse_byte_weights.cpp makes. Operands: x, weights, scale, zero, bias.
#include "core/runtime/byte_product.hpp"
#include "core/runtime/operators.hpp"

#include <memory>

namespace assay::runtime {
namespace {

struct Product final : Prepared {
    Product(std::size_t depth, std::size_t columns, std::size_t block)
        : weights{depth, columns, block} {}
    ByteWeights weights;
};

std::unique_ptr<Product> prepare(const OpCall& call) {
    const TensorRef& w = call.in(1);
    const TensorRef& scale = call.in(2);
    const bool transposed = call.integer("transB", 0) != 0;
    const auto depth = static_cast<std::size_t>(w.dims[transposed ? 1 : 0]);
    const auto columns = static_cast<std::size_t>(w.dims[transposed ? 0 : 1]);
    const std::size_t blocks =
        scale.dims.size() == 2 && scale.count() != 1 ? scale.count() / columns : 1;
    auto product = std::make_unique<Product>(depth, columns, depth / blocks);
    for (std::size_t n = 0; n < columns; ++n) {
        // Where the scale and the zero point of a block are.
        const auto place = [&](std::size_t block) noexcept {
            return scale.count() == 1 ? 0 : transposed ? n * blocks + block : block * columns + n;
        };
        for (std::size_t block = 0; block < blocks; ++block) {
            product->weights.set_scale(block, n, scale.as<float>()[place(block)]);
        }
        for (std::size_t k = 0; k < depth; ++k) {
            const int zero = call.has(3) ? stored_byte(call.in(3), place(k / (depth / blocks))) : 0;
            const int value = stored_byte(w, transposed ? n * depth + k : k * columns + n) - zero;
            product->weights.set(k, n, static_cast<std::int8_t>(value));
        }
        if (call.has(4)) {
            product->weights.set_bias(n, call.in(4).as<float>()[n]);
        }
    }
    return product;
}

} // namespace

void op_byte_weight_matmul(OpCall& call) noexcept {
    const TensorRef y = call.place(0);
    const Product& product = call.prepared<Product>([&call] { return prepare(call); });
    const TensorRef& x = call.in(0);
    const auto depth = static_cast<std::size_t>(x.dims.back());
    product.weights.multiply(x.as<float>(), y.as<float>(), x.count() / depth, call.pool());
}

} // namespace assay::runtime
