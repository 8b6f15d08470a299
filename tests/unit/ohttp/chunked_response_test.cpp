// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/hex.hpp"
#include "core/ohttp/chunked_response.hpp"

#include "tests/unit/ohttp/sample.hpp"
#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/encode.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

namespace assay::ohttp {
namespace {

using test::hex;
using test::outcome;

const Hash32 ENC = *bytes::hash_from_hex(test::EPHEMERAL_KEY);
const Hash32 SECRET = *bytes::hash_from_hex(test::CHUNKED_RESPONSE_SECRET);
const ResponseKey KEY = response_key(ENC, SECRET, hex(test::RESPONSE_NONCE));
const std::string NONCE{test::RESPONSE_NONCE};

std::string sized(std::string_view chunk) {
    const std::uint8_t size = static_cast<std::uint8_t>(chunk.size() / 2);
    return bytes::to_hex(BytesView{&size, 1}) + std::string{chunk};
}

/// The sample stream.
std::string stream() {
    return NONCE + sized(test::CHUNK_0) + sized(test::CHUNK_1) + "00" +
           std::string{test::CHUNK_LAST};
}

/// What comes of a stream that arrives in pieces of @p step bytes: the chunks in quotes, or the
/// code. Between two pieces the opener is saved and restored.
std::string feed(const Bytes& wire, std::size_t step) {
    ChunkOpener opener{ENC, SECRET};
    std::string text;
    const auto note = [&](const std::vector<Bytes>& chunks) {
        for (const Bytes& chunk : chunks)
            text += "'" + std::string{as_text(chunk)} + "'";
    };
    std::size_t from = 0;
    std::size_t wanted = 0;
    for (std::size_t to = 0; to < wire.size();) {
        to = std::min(wire.size(), to + step);
        const auto progress = opener.read(BytesView{wire}.subspan(from, to - from));
        if (!progress)
            return outcome(progress);
        if (to - from < wanted)
            CHECK(progress->consumed == 0); // "wanted" may not hold back a chunk
        wanted = progress->wanted;
        CHECK(to - from - progress->consumed < wanted);
        from += progress->consumed;
        note(progress->chunks);
        opener = ChunkOpener::restore(opener.save()).value();
    }
    const auto last = opener.finish(BytesView{wire}.subspan(from));
    if (!last)
        return outcome(last);
    note(*last);
    return text;
}

/// The same answer however the stream is cut.
std::string judge(const std::string& wire) {
    const std::string whole = feed(hex(wire), SIZE_MAX / 2);
    for (const std::size_t step : {1, 2, 7, 40})
        CHECK(feed(hex(wire), step) == whole);
    return whole;
}

TEST_CASE("chunks open in their order", "[chunked]") {
    CHECK(judge(stream()) == "'data: 1\n\n''''data: [DONE]\n\n'");
    // Longer prefixes than needed.
    CHECK(judge(NONCE + "4019" + std::string{test::CHUNK_0} + "80000010" +
                std::string{test::CHUNK_1} + "c000000000000000" + std::string{test::CHUNK_LAST}) ==
          "'data: 1\n\n''''data: [DONE]\n\n'");
}

TEST_CASE("a stream that is cut is never whole", "[chunked]") {
    const Bytes whole = hex(stream());
    const std::size_t final_at = whole.size() - test::CHUNK_LAST.size() / 2;
    for (std::size_t size = 0; size < whole.size(); ++size) {
        Bytes cut = whole;
        cut.resize(size);
        const std::string want = size < 32              ? "OHTTP_MALFORMED"
                                 : size < final_at      ? "OHTTP_TRUNCATED"
                                 : size < final_at + 16 ? "OHTTP_MALFORMED"
                                                        : "OHTTP_DECRYPT_FAILED";
        CHECK(feed(cut, SIZE_MAX / 2) == want);
        CHECK(feed(cut, 1) == want);
    }
}

TEST_CASE("a stream that is changed does not open", "[chunked]") {
    const Bytes whole = hex(stream());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        Bytes wire = whole;
        wire[i] ^= 1;
        const std::string got = feed(wire, SIZE_MAX / 2);
        CHECK(got.starts_with("OHTTP_"));
        CHECK(feed(wire, 3) == got);
    }
    const std::string last = "00" + std::string{test::CHUNK_LAST};
    const std::string failed = "OHTTP_DECRYPT_FAILED";
    CHECK(judge(NONCE + sized(test::CHUNK_1) + sized(test::CHUNK_0) + last) == failed); // swapped
    CHECK(judge(NONCE + sized(test::CHUNK_1) + last) == failed);                        // dropped
    CHECK(judge(NONCE + sized(test::CHUNK_0) + sized(test::CHUNK_0) + last) == failed); // repeated
    CHECK(judge(NONCE + last) == failed);                                               // early
    CHECK(judge(stream() + "00") == failed);                                            // longer
    CHECK(judge(NONCE + sized(test::CHUNK_0) + "00" + std::string{test::CHUNK_1}) == failed);
    CHECK(judge(NONCE + sized(test::CHUNK_0) + sized(test::CHUNK_1) + sized(test::CHUNK_LAST)) ==
          failed);
}

TEST_CASE("a chunk is not shorter than its tag", "[chunked]") {
    CHECK(judge(NONCE + "0f" + std::string(30, '0')) == "OHTTP_MALFORMED");
    CHECK(judge(NONCE + "01") == "OHTTP_MALFORMED");
}

TEST_CASE("a chunk's length is judged as soon as it is known", "[chunked]") {
    CHECK(judge(NONCE + "81000001") == "OHTTP_LIMIT"); // 16 MiB + 1
    CHECK(judge(NONCE + "81000000") == "OHTTP_TRUNCATED");
    CHECK(judge(NONCE + "ffffffffffffffff") == "OHTTP_LIMIT");
    CHECK(judge(NONCE + "ffffffffffffff") == "OHTTP_TRUNCATED"); // one byte of it is missing
}

TEST_CASE("the final chunk and the whole stream have largest sizes", "[chunked]") {
    Bytes wire = hex(NONCE + "00");
    wire.resize(wire.size() + MAX_CHUNK_BYTES);
    CHECK(feed(wire, SIZE_MAX / 2) == "OHTTP_DECRYPT_FAILED");
    wire.push_back(0);
    CHECK(feed(wire, SIZE_MAX / 2) == "OHTTP_LIMIT");
    CHECK(feed(wire, std::size_t{1} << 20) == "OHTTP_LIMIT");

    // Five honest chunks of nearly the largest size are more than 64 MiB.
    Bytes large = hex(NONCE);
    for (std::uint64_t i = 0; i < 5; ++i) {
        const Bytes sealed =
            seal(KEY.key, nonce_of(KEY.nonce, i), {}, Bytes(MAX_CHUNK_BYTES - AEAD_TAG_BYTES));
        const Bytes prefix = hex("81000000");
        large.insert(large.end(), prefix.begin(), prefix.end());
        large.insert(large.end(), sealed.begin(), sealed.end());
    }
    ChunkOpener opener{ENC, SECRET};
    CHECK(outcome(opener.read(large)) == "OHTTP_LIMIT");
    ChunkOpener in_two{ENC, SECRET};
    const BytesView view{large};
    const auto first = in_two.read(view.first(MAX_RESPONSE_BYTES));
    REQUIRE(first.has_value());
    CHECK(first->chunks.size() == 3);
    const BytesView rest = view.subspan(first->consumed);
    CHECK(first->wanted == MAX_RESPONSE_BYTES - first->consumed + 1);
    CHECK(outcome(in_two.read(rest.first(first->wanted - 1))) == "OK");
    CHECK(outcome(in_two.read(rest.first(first->wanted))) == "OHTTP_LIMIT");
}

TEST_CASE("an opener's state is restored from what it saved and nothing else", "[chunked]") {
    const Bytes saved = ChunkOpener{ENC, SECRET}.save();
    CHECK(ChunkOpener::restore(saved)->save() == saved);
    Bytes changed = saved;
    changed[0] = 3;
    CHECK_FALSE(ChunkOpener::restore(changed).has_value());
    changed = saved;
    changed[changed.size() - 8] = 1; // 2^56 bytes consumed
    CHECK_FALSE(ChunkOpener::restore(changed).has_value());
    changed = saved;
    changed.pop_back();
    CHECK_FALSE(ChunkOpener::restore(changed).has_value());
    CHECK_FALSE(ChunkOpener::restore({}).has_value());
}

} // namespace
} // namespace assay::ohttp
