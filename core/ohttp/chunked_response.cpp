// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/ohttp/chunked_response.hpp"

#include "core/bytes/reader.hpp"

#include <algorithm>
#include <string_view>

namespace assay::ohttp {
namespace {

// A nonce counter of 32 bits cannot run out: every chunk takes 17 bytes of the stream or more.
static_assert(MAX_RESPONSE_BYTES / (1 + AEAD_TAG_BYTES) < UINT32_MAX);

constexpr std::string_view FINAL_AAD = "final";
constexpr std::size_t STATE_BYTES =
    1 + 2 * sizeof(Hash32) + sizeof(Hash32) + sizeof(AeadNonce) + 2 * sizeof(std::uint64_t);

Error too_long() {
    return {ErrorCode::OHTTP_LIMIT, "response"};
}

/// A QUIC variable-length integer (RFC 9000 §16); longer forms than needed are allowed.
struct Prefix {
    std::size_t size;    ///< of the integer itself
    std::uint64_t value; ///< when it is whole
    bool whole;
};

Prefix read_prefix(BytesView pending) {
    const std::size_t size = std::size_t{1} << (pending[0] >> 6);
    bytes::Reader reader{pending};
    const auto value = reader.big_endian(size);
    constexpr unsigned LENGTH_BITS = 2;
    const std::uint64_t mask = ~std::uint64_t{0} >> (64 - 8 * size + LENGTH_BITS);
    return {size, value.value_or(0) & mask, value.has_value()};
}

/// The fields of a saved state, one after the other.
class StateWriter {
public:
    explicit StateWriter(Bytes& out) : at_{out.data()} {}

    void field(BytesView bytes) { at_ = std::copy(bytes.begin(), bytes.end(), at_); }
    void field(std::uint64_t value) {
        for (std::size_t i = sizeof value; i-- > 0;)
            *at_++ = static_cast<std::uint8_t>(value >> (8 * i));
    }

private:
    std::uint8_t* at_;
};

class StateReader {
public:
    explicit StateReader(BytesView saved) : reader_{saved} {}

    // The size of the whole was compared before.
    void field(std::span<std::uint8_t> out) {
        const BytesView bytes = *reader_.take(out.size());
        std::copy(bytes.begin(), bytes.end(), out.begin());
    }
    void field(std::uint64_t& value) { value = *reader_.big_endian(sizeof value); }

private:
    bytes::Reader reader_;
};

} // namespace

Result<std::size_t> ChunkOpener::step(BytesView pending, Progress& progress) noexcept {
    switch (phase_) {
    case Phase::nonce:
        progress.wanted = RESPONSE_NONCE_BYTES;
        if (pending.size() < RESPONSE_NONCE_BYTES)
            return std::size_t{0};
        key_ = response_key(encapsulated_, secret_, pending.first(RESPONSE_NONCE_BYTES));
        phase_ = Phase::chunks;
        return RESPONSE_NONCE_BYTES;
    case Phase::chunks: {
        progress.wanted = 1;
        if (pending.empty())
            return std::size_t{0};
        const Prefix length = read_prefix(pending);
        progress.wanted = length.size;
        if (!length.whole)
            return std::size_t{0};
        if (length.value == 0) {
            phase_ = Phase::final_chunk;
            return length.size;
        }
        if (length.value > MAX_CHUNK_BYTES)
            return Error{ErrorCode::OHTTP_LIMIT, "chunk"};
        if (length.value < AEAD_TAG_BYTES)
            return Error{ErrorCode::OHTTP_MALFORMED, "chunk"};
        const std::size_t size = static_cast<std::size_t>(length.value);
        progress.wanted = length.size + size;
        if (pending.size() < progress.wanted)
            return std::size_t{0};
        auto plaintext =
            open(key_.key, nonce_of(key_.nonce, counter_), {}, pending.subspan(length.size, size));
        if (!plaintext)
            return plaintext.error();
        ++counter_;
        progress.chunks.push_back(std::move(*plaintext));
        return length.size + size;
    }
    case Phase::final_chunk:
        break;
    }
    progress.wanted = MAX_CHUNK_BYTES + 1; // it runs to the end of the stream
    if (pending.size() > MAX_CHUNK_BYTES)
        return Error{ErrorCode::OHTTP_LIMIT, "chunk"};
    return std::size_t{0};
}

Result<ChunkOpener::Progress> ChunkOpener::read(BytesView pending) noexcept {
    const std::uint64_t allowed = MAX_RESPONSE_BYTES - consumed_;
    const bool over = pending.size() > allowed;
    BytesView rest = over ? pending.first(static_cast<std::size_t>(allowed)) : pending;
    Progress progress{0, 0, {}};
    while (true) {
        const auto taken = step(rest, progress);
        if (!taken)
            return taken.error();
        if (*taken == 0)
            break;
        rest = rest.subspan(*taken);
        progress.consumed += *taken;
        consumed_ += *taken;
    }
    if (over)
        return too_long();
    const std::uint64_t before_limit = MAX_RESPONSE_BYTES - consumed_ + 1;
    if (progress.wanted > before_limit)
        progress.wanted = static_cast<std::size_t>(before_limit);
    return progress;
}

Result<std::vector<Bytes>> ChunkOpener::finish(BytesView pending) noexcept {
    auto progress = read(pending);
    if (!progress)
        return progress.error();
    const BytesView rest = pending.subspan(progress->consumed);
    if (phase_ == Phase::nonce)
        return Error{ErrorCode::OHTTP_MALFORMED, "response"};
    if (phase_ != Phase::final_chunk)
        return Error{ErrorCode::OHTTP_TRUNCATED, "response"};
    if (rest.size() < AEAD_TAG_BYTES)
        return Error{ErrorCode::OHTTP_MALFORMED, "chunk"};
    auto last = open(key_.key, nonce_of(key_.nonce, counter_), as_bytes(FINAL_AAD), rest);
    if (!last)
        return last.error();
    progress->chunks.push_back(std::move(*last));
    return std::move(progress->chunks);
}

Bytes ChunkOpener::save() const noexcept {
    Bytes out(STATE_BYTES);
    StateWriter state{out};
    const std::uint8_t phase = static_cast<std::uint8_t>(phase_);
    state.field(BytesView{&phase, 1});
    state.field(encapsulated_);
    state.field(secret_);
    state.field(key_.key);
    state.field(key_.nonce);
    state.field(counter_);
    state.field(consumed_);
    return out;
}

std::optional<ChunkOpener> ChunkOpener::restore(BytesView saved) noexcept {
    if (saved.size() != STATE_BYTES || saved[0] > static_cast<std::uint8_t>(Phase::final_chunk))
        return std::nullopt;
    ChunkOpener opener;
    opener.phase_ = static_cast<Phase>(saved[0]);
    StateReader state{saved.subspan(1)};
    state.field(opener.encapsulated_);
    state.field(opener.secret_);
    state.field(opener.key_.key);
    state.field(opener.key_.nonce);
    state.field(opener.counter_);
    state.field(opener.consumed_);
    if (opener.consumed_ > MAX_RESPONSE_BYTES)
        return std::nullopt;
    return opener;
}

} // namespace assay::ohttp
