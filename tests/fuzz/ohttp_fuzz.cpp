// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The first byte names what the rest is: the script of a chunked reply, a reply in one piece, a
// request, a key configuration, or the JSON text of a signed one. A stream cut into pieces (of 1, 5
// or 64 bytes, by its length) ends as the whole does.
#include "core/bytes/reader.hpp"
#include "core/ohttp/chunked_response.hpp"
#include "core/ohttp/key_config.hpp"
#include "core/ohttp/request.hpp"
#include "core/ohttp/signed_config.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <vector>

namespace {

using namespace assay;
using namespace assay::ohttp;

constexpr Hash32 ENC = {1};
constexpr Hash32 SECRET = {2};
constexpr Hash32 NONCE = {3};

void append(Bytes& out, BytesView bytes) {
    out.insert(out.end(), bytes.begin(), bytes.end());
}

/// A stream out of pieces: each is an honest chunk, the final chunk, an honest chunk of another
/// number, or bytes as they come. Fuzzed bytes alone would never pass the tag.
Bytes stream_of(BytesView script) {
    const ResponseKey key = response_key(ENC, SECRET, NONCE);
    bytes::Reader reader{script};
    Bytes wire;
    append(wire, NONCE);
    std::uint64_t counter = 0;
    while (const auto step = reader.u8()) {
        const auto piece = reader.take(std::min<std::size_t>(*step >> 2, reader.remaining()));
        const unsigned kind = *step & 3;
        if (kind == 3) {
            append(wire, *piece);
            continue;
        }
        const bool last = kind == 1;
        const AeadNonce nonce = nonce_of(key.nonce, kind == 2 ? counter + 1 : counter++);
        const Bytes sealed = seal(key.key, nonce, last ? as_bytes("final") : BytesView{}, *piece);
        wire.push_back(0x40); // a length of two bytes
        wire.push_back(static_cast<std::uint8_t>(last ? 0 : sealed.size()));
        append(wire, sealed);
    }
    return wire;
}

struct Outcome {
    std::optional<ErrorCode> code;
    std::vector<Bytes> chunks;
    bool operator==(const Outcome&) const = default;
};

Outcome feed(BytesView wire, std::size_t step) {
    ChunkOpener opener{ENC, SECRET};
    std::vector<Bytes> all;
    std::size_t from = 0;
    for (std::size_t to = 0; to < wire.size();) {
        to = std::min(wire.size(), to + step);
        auto progress = opener.read(wire.subspan(from, to - from));
        if (!progress)
            return {progress.error().code, {}};
        from += progress->consumed;
        for (Bytes& chunk : progress->chunks)
            all.push_back(std::move(chunk));
        opener = *ChunkOpener::restore(opener.save());
    }
    auto last = opener.finish(wire.subspan(from));
    if (!last)
        return {last.error().code, {}};
    for (Bytes& chunk : *last)
        all.push_back(std::move(chunk));
    return {std::nullopt, all};
}

void feed_stream(BytesView wire) {
    const Outcome whole = feed(wire, wire.size() + 1);
    constexpr std::array<std::size_t, 3> STEPS{1, 5, 64};
    if (feed(wire, STEPS[wire.size() % STEPS.size()]) != whole)
        std::abort();
}

void read_config(BytesView bytes) {
    const auto config = read_key_config(bytes);
    if (config && config->public_key && bytes.size() < 41)
        std::abort();
    if (config && !check_key_config(*config) && config->offers_suite && config->public_key &&
        check_public_key(*config->public_key))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const BytesView rest{data + 1, size - 1};
    CheckList checks;
    switch (data[0] % 6) {
    case 0:
        feed_stream(stream_of(rest));
        break;
    case 1:
        feed_stream(rest);
        break;
    case 2:
        if (open_response(ENC, SECRET, rest))
            std::abort(); // a forged tag
        break;
    case 3:
        if (open_request(1, ENC, rest))
            std::abort();
        break;
    case 4:
        read_config(rest);
        break;
    default:
        if (verify_config(as_bytes("no key"), as_text(rest), checks) || checks.items().empty())
            std::abort();
    }
    return 0;
}
