// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Attention and RotaryEmbedding of operator set 23 on.
#include "core/runtime/broadcast.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;

/// A query, key or value seen as [batch][heads][sequence][size].
struct Heads {
    std::int64_t batch = 0;
    std::int64_t heads = 0;
    std::int64_t length = 0;
    std::int64_t size = 0;
    bool flat = false; ///< stored as [batch][sequence][heads · size]

    [[nodiscard]] std::size_t at(std::int64_t n, std::int64_t h, std::int64_t s) const noexcept {
        return static_cast<std::size_t>(
            (flat ? (n * length + s) * heads + h : (n * heads + h) * length + s) * size);
    }
};

std::optional<Heads> heads_of(OpCall& call, std::size_t index,
                              std::string_view attribute) noexcept {
    const std::span<const std::int64_t> dims = call.dims(index);
    if (dims.size() == 4) {
        return Heads{dims[0], dims[1], dims[2], dims[3], false};
    }
    const std::int64_t heads = call.integer(attribute, 0);
    if (dims.size() != 3 || heads < 1 || dims[2] % heads != 0) {
        call.fail_shape(attribute);
        return std::nullopt;
    }
    return Heads{dims[0], heads, dims[1], dims[2] / heads, true};
}

TensorRef operand(const OpCall& call, std::size_t index) noexcept {
    return call.has(index) ? call.in(index) : TensorRef{};
}

/// Past and present of keys or values in one list of [batch][heads][total][size].
std::vector<double> joined(const OpCall& call, std::size_t past, std::size_t now,
                           const Heads& shape, std::int64_t before) {
    const Reading<double> old{operand(call, past)};
    const Reading<double> fresh{call.in(now)};
    const std::int64_t total = before + shape.length;
    std::vector<double> out(
        static_cast<std::size_t>(shape.batch * shape.heads * total * shape.size));
    auto to = out.begin();
    for (std::int64_t n = 0; n < shape.batch; ++n) {
        for (std::int64_t h = 0; h < shape.heads; ++h) {
            to = std::copy_n(old.data() + (n * shape.heads + h) * before * shape.size,
                             before * shape.size, to);
            for (std::int64_t s = 0; s < shape.length; ++s) {
                to = std::copy_n(fresh.data() + shape.at(n, h, s), shape.size, to);
            }
        }
    }
    return out;
}

} // namespace

void op_attention(OpCall& call) noexcept {
    const ElementType type = call.in(0).type;
    if (!is_float(type)) {
        return call.fail_type(type);
    }
    const std::optional<Heads> q = heads_of(call, 0, "q_num_heads");
    const std::optional<Heads> k = q ? heads_of(call, 1, "kv_num_heads") : q;
    const std::optional<Heads> v = k ? heads_of(call, 2, "kv_num_heads") : k;
    if (!v) {
        return;
    }
    const std::int64_t before = call.has(4) ? call.dims(4).size() == 4 ? call.dims(4)[2] : -1 : 0;
    if (k->batch != q->batch || v->batch != q->batch || k->size != q->size ||
        k->heads != v->heads || k->length != v->length || k->heads < 1 ||
        q->heads % k->heads != 0 || before < 0 || call.has(4) != call.has(5) ||
        (call.has(4) &&
         (call.in(4).count() != static_cast<std::size_t>(k->batch * k->heads * before * k->size) ||
          call.in(5).count() !=
              static_cast<std::size_t>(k->batch * k->heads * before * v->size)))) {
        return call.fail_shape();
    }
    const std::int64_t mode = call.integer("qk_matmul_output_mode", 0);
    if (mode < 0 || mode > 3) {
        return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "qk_matmul_output_mode");
    }
    const std::int64_t total = before + k->length;
    const Dims scores_dims = {q->batch, q->heads, q->length, total};
    Strides mask_strides{};
    std::int64_t mask_columns = total;
    if (call.has(3)) {
        Dims mask(call.dims(3).begin(), call.dims(3).end());
        if (!mask.empty() && mask.back() < total && mask.back() != 1) {
            mask_columns = mask.back(); // the rest is masked out
        }
        Dims cut = scores_dims;
        cut[3] = mask_columns;
        const std::optional<Dims> wide = onnx::broadcast(mask, cut);
        if (!wide || *wide != cut) {
            return call.fail_shape("attn_mask");
        }
        mask_strides = broadcast_strides(mask, 4);
    }
    if (call.has(6) && !call.holds_integers(6)) {
        return;
    }
    if (call.has(6) && call.in(6).count() != static_cast<std::size_t>(q->batch)) {
        return call.fail_shape("nonpad_kv_seqlen");
    }
    const TensorRef y = q->flat ? call.out(0, type, {q->batch, q->length, q->heads * v->size})
                                : call.out(0, type, {q->batch, q->heads, q->length, v->size});
    const TensorRef present_k = call.out(1, call.in(1).type, {k->batch, k->heads, total, k->size});
    const TensorRef present_v = call.out(2, call.in(2).type, {v->batch, v->heads, total, v->size});
    const TensorRef scores_out = call.out(3, type, scores_dims);
    if (call.failed() || call.inferring()) {
        return;
    }
    const Reading<double> query{call.in(0)};
    const std::vector<double> keys = joined(call, 4, 1, *k, before);
    const std::vector<double> values = joined(call, 5, 2, *v, before);
    const bool mask_is_bool = call.has(3) && call.in(3).type == ElementType::boolean;
    const Reading<double> mask{operand(call, 3)};
    const Reading<std::int64_t> lengths{operand(call, 6)};
    const double scale =
        static_cast<double>(call.real("scale", 1 / std::sqrt(static_cast<float>(q->size))));
    const auto softcap = static_cast<double>(call.real("softcap", 0));
    const bool causal = call.integer("is_causal", 0) != 0;
    constexpr double NEVER = -std::numeric_limits<double>::infinity();
    std::optional<Writing<double>> to;
    if (y.data != nullptr) {
        to.emplace(y);
    }
    std::vector<double> kept_scores(scores_out.data == nullptr ? 0 : volume(scores_dims));
    const bool attends = to || !kept_scores.empty(); // the present alone needs no scores
    std::vector<double> row(attends ? static_cast<std::size_t>(total) : 0);
    for (std::int64_t n = 0; attends && n < q->batch; ++n) {
        for (std::int64_t h = 0; h < q->heads; ++h) {
            const std::int64_t group = n * k->heads + h / (q->heads / k->heads);
            for (std::int64_t i = 0; i < q->length; ++i) {
                const auto keep = [&](std::int64_t stage) {
                    if (!kept_scores.empty() && mode == stage) {
                        std::copy(row.begin(), row.end(),
                                  kept_scores.begin() +
                                      static_cast<std::ptrdiff_t>(
                                          ((n * q->heads + h) * q->length + i) * total));
                    }
                };
                for (std::int64_t j = 0; j < total; ++j) {
                    double sum = 0;
                    for (std::int64_t d = 0; d < q->size; ++d) {
                        sum += query[q->at(n, h, i) + static_cast<std::size_t>(d)] *
                               keys[static_cast<std::size_t>((group * total + j) * k->size + d)];
                    }
                    row[static_cast<std::size_t>(j)] = sum * scale;
                }
                keep(0);
                const auto add_mask = [&] {
                    for (std::int64_t j = 0; j < total; ++j) {
                        double& score = row[static_cast<std::size_t>(j)];
                        const bool padded =
                            lengths.data() != nullptr && j >= lengths[static_cast<std::size_t>(n)];
                        if ((causal && j > i + before) || j >= mask_columns || padded) {
                            score = NEVER;
                        } else if (call.has(3)) {
                            const double m = mask.data()[n * mask_strides[0] + h * mask_strides[1] +
                                                         i * mask_strides[2] + j * mask_strides[3]];
                            score = mask_is_bool ? (m != 0 ? score : NEVER) : score + m;
                        }
                    }
                };
                add_mask();
                keep(1);
                if (softcap > 0) {
                    for (double& score : row) { // what must not be seen is not capped
                        score = score == NEVER ? NEVER : softcap * std::tanh(score / softcap);
                    }
                }
                keep(2);
                double largest = NEVER;
                for (const double score : row) {
                    largest = std::max(largest, score);
                }
                double sum = 0;
                for (double& score : row) {
                    score = std::exp(score - largest);
                    sum += score;
                }
                for (double& score : row) {
                    score /= sum;
                }
                keep(3);
                const std::size_t at = static_cast<std::size_t>(
                    q->flat ? ((n * q->length + i) * q->heads + h) * v->size
                            : ((n * q->heads + h) * q->length + i) * v->size);
                for (std::int64_t d = 0; to && d < v->size; ++d) {
                    double out = 0;
                    for (std::int64_t j = 0; j < total; ++j) {
                        out += row[static_cast<std::size_t>(j)] *
                               values[static_cast<std::size_t>((group * total + j) * v->size + d)];
                    }
                    (*to)[at + static_cast<std::size_t>(d)] = out;
                }
            }
        }
    }
    const auto put = [](const TensorRef& out, const std::vector<double>& list) noexcept {
        if (out.data != nullptr) {
            write_elements(out.type, list.data(), list.size(), out.data);
        }
    };
    put(present_k, keys);
    put(present_v, values);
    put(scores_out, kept_scores);
}

void op_rotary_embedding(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    if (!is_float(x.type)) {
        return call.fail_type(x.type);
    }
    const std::optional<Heads> shape = heads_of(call, 0, "num_heads");
    if (!shape || (call.has(3) && !call.holds_integers(3))) {
        return;
    }
    std::int64_t turned = call.integer("rotary_embedding_dim", 0);
    turned = turned == 0 ? shape->size : turned;
    const std::int64_t half = turned / 2;
    const std::size_t table_rank = call.has(3) ? 2 : 3;
    if (turned < 0 || turned > shape->size || call.rank(1) != table_rank ||
        call.rank(2) != table_rank || call.dims(1).back() != half || call.dims(2).back() != half ||
        call.in(1).count() != call.in(2).count() ||
        (call.has(3) ? call.in(3).count() != static_cast<std::size_t>(shape->batch * shape->length)
                     : call.in(1).count() !=
                           static_cast<std::size_t>(shape->batch * shape->length * half))) {
        return call.fail_shape();
    }
    const TensorRef y = call.out(0, x.type, x.dims);
    if (y.data == nullptr) {
        return;
    }
    const bool interleaved = call.integer("interleaved", 0) != 0;
    const Reading<double> from{x};
    const Reading<double> cosines{call.in(1)};
    const Reading<double> sines{call.in(2)};
    const Reading<std::int64_t> positions{operand(call, 3)};
    Writing<double> to{y};
    for (std::int64_t n = 0; n < shape->batch; ++n) {
        for (std::int64_t s = 0; s < shape->length; ++s) {
            std::int64_t table = n * shape->length + s;
            if (positions.data() != nullptr) {
                table = positions[static_cast<std::size_t>(table)];
                if (table < 0 || table >= call.dims(1)[0]) {
                    return call.fail(ErrorCode::ONNX_INDEX, "position_ids");
                }
            }
            for (std::int64_t h = 0; h < shape->heads; ++h) {
                const std::size_t base = shape->at(n, h, s);
                for (std::size_t d = 0; d < static_cast<std::size_t>(shape->size); ++d) {
                    to[base + d] = from[base + d];
                }
                for (std::int64_t d = 0; d < half; ++d) {
                    const auto a = base + static_cast<std::size_t>(interleaved ? 2 * d : d);
                    const auto b =
                        base + static_cast<std::size_t>(interleaved ? 2 * d + 1 : d + half);
                    const auto angle = static_cast<std::size_t>(table * half + d);
                    to[a] = cosines[angle] * from[a] - sines[angle] * from[b];
                    to[b] = sines[angle] * from[a] + cosines[angle] * from[b];
                }
            }
        }
    }
}

} // namespace assay::runtime
