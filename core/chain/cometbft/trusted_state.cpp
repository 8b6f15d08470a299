// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/cometbft/trusted_state.hpp"

#include "core/bytes/reader.hpp"
#include "core/hash/sha2.hpp"

#include <algorithm>
#include <utility>

namespace assay::chain {
namespace {

constexpr std::string_view HEAD = "assay chain state\x01"; // the last byte is the version
constexpr std::size_t MAX_CHAIN_ID = 50;
constexpr std::int64_t LATEST_TIME = 253'402'300'800; // the year 10000

constexpr std::array HASHES = {
    &TrustedBlock::hash,     &TrustedBlock::validators_hash, &TrustedBlock::next_validators_hash,
    &TrustedBlock::app_hash, &TrustedBlock::data_hash,       &TrustedBlock::last_results_hash,
};

void append(Bytes& out, BytesView bytes) {
    out.insert(out.end(), bytes.begin(), bytes.end());
}

void append_u64(Bytes& out, std::uint64_t value) {
    for (unsigned shift = 64; shift != 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(value >> (shift - 8)));
}

/// Reads fields in order; after one that is not there all are zero and ok() is false.
class StateReader {
public:
    explicit StateReader(BytesView bytes) noexcept : in_{bytes} {}

    std::uint64_t u64() noexcept {
        const auto value = in_.big_endian(8);
        ok_ = ok_ && value.has_value();
        return value.value_or(0);
    }
    Hash32 hash() noexcept {
        Hash32 out{};
        const BytesView bytes = take(out.size());
        std::copy(bytes.begin(), bytes.end(), out.begin());
        return out;
    }
    BytesView take(std::size_t size) noexcept {
        const auto bytes = in_.take(size);
        ok_ = ok_ && bytes.has_value();
        return bytes.value_or(BytesView{});
    }
    [[nodiscard]] std::size_t remaining() const noexcept { return in_.remaining(); }
    [[nodiscard]] bool ok() const noexcept { return ok_; }

private:
    bytes::Reader in_;
    bool ok_ = true;
};

} // namespace

Bytes encode_state(const TrustedBlock& block) noexcept {
    Bytes out;
    append(out, as_bytes(HEAD));
    append_u64(out, block.chain_id.size());
    append(out, as_bytes(block.chain_id));
    append_u64(out, block.height);
    append_u64(out, static_cast<std::uint64_t>(block.time.seconds));
    append_u64(out, block.time.nanoseconds);
    for (const auto hash : HASHES)
        append(out, block.*hash);
    for (const Validator& validator : block.validators.members()) {
        append(out, validator.key);
        append_u64(out, validator.power);
    }
    append(out, hash::sha256(out));
    return out;
}

Result<TrustedBlock> decode_state(BytesView bytes) noexcept {
    constexpr ErrorCode CORRUPT = ErrorCode::CHAIN_STATE_CORRUPT;
    constexpr std::size_t MEMBER = sizeof(Hash32) + 8;
    if (bytes.size() < HEAD.size() + sizeof(Hash32) || as_text(bytes.first(HEAD.size())) != HEAD ||
        !std::ranges::equal(hash::sha256(bytes.first(bytes.size() - sizeof(Hash32))),
                            bytes.last(sizeof(Hash32)))) {
        return CORRUPT;
    }
    StateReader in{bytes.subspan(HEAD.size(), bytes.size() - HEAD.size() - sizeof(Hash32))};
    const std::uint64_t id_size = in.u64();
    const std::string_view chain_id =
        as_text(in.take(static_cast<std::size_t>(std::min<std::uint64_t>(id_size, MAX_CHAIN_ID))));
    const std::uint64_t height = in.u64();
    const auto seconds = static_cast<std::int64_t>(in.u64());
    const std::uint64_t nanoseconds = in.u64();
    std::array<Hash32, HASHES.size()> hashes{};
    for (Hash32& hash : hashes)
        hash = in.hash();
    if (!in.ok() || id_size > MAX_CHAIN_ID || in.remaining() % MEMBER != 0 ||
        in.remaining() / MEMBER > MAX_VALIDATORS || nanoseconds >= 1'000'000'000 ||
        seconds < -LATEST_TIME || seconds > LATEST_TIME) {
        return CORRUPT;
    }
    std::vector<std::pair<Hash32, std::uint64_t>> members;
    while (in.remaining() != 0) {
        const Hash32 key = in.hash();
        members.emplace_back(key, in.u64());
    }
    auto validators = ValidatorSet::create(members);
    if (!validators)
        return CORRUPT;
    TrustedBlock block{std::string{chain_id},
                       height,
                       hashes[0],
                       {seconds, static_cast<std::uint32_t>(nanoseconds)},
                       hashes[1],
                       hashes[2],
                       hashes[3],
                       hashes[4],
                       hashes[5],
                       *std::move(validators)};
    if (block.validators.hash() != block.validators_hash &&
        block.validators.hash() != block.next_validators_hash) {
        return CORRUPT;
    }
    return block;
}

} // namespace assay::chain
