// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/transcript.hpp"

#include "core/hash/keccak256.hpp"

namespace assay::zk::ezkl {
namespace {

constexpr std::size_t WORD = 32;

} // namespace

BytesView Transcript::take(std::size_t size) noexcept {
    if (failure_ == ErrorCode{} && rest_.size() < size)
        failure_ = ErrorCode::EZKL_PROOF_INVALID;
    if (failure_ != ErrorCode{})
        return {};
    const BytesView out = rest_.first(size);
    rest_ = rest_.subspan(size);
    buffer_.insert(buffer_.end(), out.begin(), out.end());
    return out;
}

void Transcript::absorb(const Fr& value) noexcept {
    Hash32 word;
    math::write_big_endian(number_of(value), word);
    buffer_.insert(buffer_.end(), word.begin(), word.end());
}

G1 Transcript::point() noexcept {
    const BytesView bytes = take(2 * WORD);
    if (bytes.empty())
        return {};
    const auto point = g1_from(math::read_big_endian<4>(bytes.first(WORD)),
                               math::read_big_endian<4>(bytes.last(WORD)));
    if (!point)
        failure_ = ErrorCode::ZK_POINT_INVALID;
    return point.value_or(G1{});
}

Fr Transcript::scalar() noexcept {
    const BytesView bytes = take(WORD);
    if (bytes.empty())
        return fr_zero();
    const Number number = math::read_big_endian<4>(bytes);
    if (!math::less(number, FrPrime::WORDS)) {
        failure_ = ErrorCode::ZK_SCALAR_OUT_OF_RANGE;
        return fr_zero();
    }
    return fr_from(number);
}

std::vector<G1> Transcript::points(std::size_t count) noexcept {
    std::vector<G1> out;
    for (std::size_t i = 0; i < count && failure_ == ErrorCode{}; ++i)
        out.push_back(point());
    out.resize(count);
    return out;
}

std::vector<Fr> Transcript::scalars(std::size_t count) noexcept {
    std::vector<Fr> out(count, fr_zero());
    for (Fr& each : out)
        each = scalar();
    return out;
}

Fr Transcript::squeeze() noexcept {
    if (buffer_.size() == WORD)
        buffer_.push_back(1);
    const Hash32 hash = hash::keccak256(buffer_);
    buffer_.assign(hash.begin(), hash.end());
    return fr_reduced(hash);
}

Result<void> Transcript::finish() const noexcept {
    if (failure_ != ErrorCode{})
        return Error{failure_, "proof"};
    if (!rest_.empty())
        return Error{ErrorCode::ZK_TRAILING_BYTES, "proof"};
    return Result<void>::ok();
}

} // namespace assay::zk::ezkl
