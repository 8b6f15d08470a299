// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// MatMulNBits of com.microsoft: a product with weights of 2, 4 or 8 bits, packed from the low bits
// on. Operands: x, weights [column][block][byte], scale [column][block], zero point of each block
// (half of the range when there is none), g_idx, bias. Whatever accuracy_level allows, floats are
// multiplied.
#include "core/runtime/byte_product.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <memory>
#include <numeric>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;

enum Operand : std::size_t { X, WEIGHTS, SCALE, ZERO, G_IDX, BIAS };

struct Form {
    std::size_t depth = 0;
    std::size_t columns = 0;
    std::size_t block = 0; ///< rows that share a scale
    std::size_t blocks = 0;
    std::size_t bits = 0;

    /// Of ByteWeights: divides the depth, which the file's block need not.
    [[nodiscard]] std::size_t inner_block() const noexcept { return std::gcd(depth, block); }
    [[nodiscard]] std::size_t block_bytes() const noexcept { return block / 8 * bits; }
    /// Zero points of a column begin at a whole byte.
    [[nodiscard]] std::size_t zero_bytes() const noexcept { return (blocks * bits + 7) / 8; }
};

/// @return the weight or zero point at @p index of a packed row.
int unpack(const std::uint8_t* row, std::size_t index, std::size_t bits) noexcept {
    const std::size_t at = index * bits;
    return (row[at / 8] >> (at % 8)) & ((1 << bits) - 1);
}

/// Fails the call when attributes and operands are not those of the operator.
Form form_of(OpCall& call) noexcept {
    constexpr std::int64_t MOST = 1LL << 31;
    const std::int64_t depth = call.integer("K", 0);
    const std::int64_t columns = call.integer("N", 0);
    const std::int64_t block = call.integer("block_size", 0);
    const std::int64_t bits = call.integer("bits", 4);
    // A byte less a zero point of its own is no signed byte.
    const bool fits = bits == 2 || bits == 4 || (bits == 8 && !call.has(ZERO));
    const bool in_blocks = block >= 16 && block <= MOST && (block & (block - 1)) == 0;
    if (!fits || !in_blocks || call.has(G_IDX)) {
        call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, !fits        ? "\"bits\""
                                                         : !in_blocks ? "\"block_size\""
                                                                      : "\"g_idx\"");
        return {};
    }
    if (depth < 1 || columns < 1 || depth > MOST || columns > MOST) {
        call.fail_shape("K, N");
        return {};
    }
    const Form form{static_cast<std::size_t>(depth), static_cast<std::size_t>(columns),
                    static_cast<std::size_t>(block),
                    static_cast<std::size_t>((depth + block - 1) / block),
                    static_cast<std::size_t>(bits)};
    const Dims packed = {columns, static_cast<std::int64_t>(form.blocks),
                         static_cast<std::int64_t>(form.block_bytes())};
    if (call.rank(X) == 0 || call.dims(X).back() != depth ||
        !std::equal(packed.begin(), packed.end(), call.dims(WEIGHTS).begin(),
                    call.dims(WEIGHTS).end()) ||
        call.in(SCALE).count() != form.columns * form.blocks ||
        (call.has(ZERO) && call.in(ZERO).count() != form.columns * form.zero_bytes()) ||
        (call.has(BIAS) && call.in(BIAS).count() != form.columns)) {
        call.fail_shape();
        return {};
    }
    if (!ByteWeights::fits(form.depth, form.columns, form.inner_block())) {
        call.fail(ErrorCode::ONNX_LIMIT);
        return {};
    }
    for (const std::size_t bytes : {WEIGHTS, ZERO}) {
        if (call.has(bytes) && call.in(bytes).type != ElementType::uint8) {
            call.fail_type(call.in(bytes).type);
        }
    }
    for (const std::size_t floats : {X, SCALE, BIAS}) {
        if (call.has(floats) && !is_float(call.in(floats).type)) {
            call.fail_type(call.in(floats).type);
        }
    }
    return form;
}

struct Product final : Prepared {
    explicit Product(const Form& form) : weights{form.depth, form.columns, form.inner_block()} {}
    ByteWeights weights;
};

std::unique_ptr<Product> prepare(const OpCall& call, const Form& form) {
    auto product = std::make_unique<Product>(form);
    const Reading<float> scale{call.in(SCALE)};
    const Reading<float> bias{call.has(BIAS) ? call.in(BIAS) : TensorRef{}};
    for (std::size_t n = 0; n < form.columns; ++n) {
        for (std::size_t i = 0; i < form.depth / form.inner_block(); ++i) {
            const std::size_t block = i * form.inner_block() / form.block;
            product->weights.set_scale(i, n, scale[n * form.blocks + block]);
        }
        const std::uint8_t* column = call.in(WEIGHTS).data + n * form.blocks * form.block_bytes();
        for (std::size_t k = 0; k < form.depth; ++k) {
            const int zero = call.has(ZERO) ? unpack(call.in(ZERO).data + n * form.zero_bytes(),
                                                     k / form.block, form.bits)
                                            : 1 << (form.bits - 1);
            product->weights.set(k, n,
                                 static_cast<std::int8_t>(unpack(column, k, form.bits) - zero));
        }
        if (bias.data() != nullptr) {
            product->weights.set_bias(n, bias[n]);
        }
    }
    return product;
}

} // namespace

void op_matmul_nbits(OpCall& call) noexcept {
    const Form form = form_of(call);
    if (call.failed()) {
        return;
    }
    Dims dims(call.dims(X).begin(), call.dims(X).end());
    dims.back() = static_cast<std::int64_t>(form.columns);
    const TensorRef y = call.out(0, call.in(X).type, dims);
    if (y.data == nullptr) {
        return;
    }
    const auto make = [&] { return prepare(call, form); };
    bool lasts = true;
    for (const std::size_t operand : {WEIGHTS, SCALE, ZERO, BIAS}) {
        lasts = lasts && (!call.has(operand) || call.is_constant(operand));
    }
    const std::unique_ptr<Product> once = lasts ? nullptr : make();
    const Product& product = lasts ? call.prepared<Product>(make) : *once;
    const Reading<float> x{call.in(X)};
    Writing<float> to{y};
    product.weights.multiply(x.data(), to.data(), call.in(X).count() / form.depth, call.pool());
}

} // namespace assay::runtime
