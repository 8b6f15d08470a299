// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/word.hpp"
#include "core/chain/evm/storage.hpp"
#include "core/chain/evm/trie.hpp"
#include "core/hash/keccak256.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <utility>
#include <vector>

using namespace assay;
using namespace assay::chain;

namespace {

class Words final : public StorageWords {
public:
    void set(const Hash32& slot, const Hash32& word) { words_.emplace_back(slot, word); }
    [[nodiscard]] std::optional<Hash32> word(const Hash32& slot) const noexcept override {
        const auto found = std::ranges::find(words_, slot, &std::pair<Hash32, Hash32>::first);
        return found == words_.end() ? std::nullopt : std::optional{found->second};
    }

private:
    std::vector<std::pair<Hash32, Hash32>> words_;
};

/// As Solidity stores @p bytes at slot 1.
Words stored(const Bytes& bytes) {
    const Hash32 slot = bytes::word_from_u64(1);
    Words words;
    if (bytes.size() < 32) {
        Hash32 word{};
        std::ranges::copy(bytes, word.begin());
        word[31] = static_cast<std::uint8_t>(2 * bytes.size());
        words.set(slot, word);
        return words;
    }
    words.set(slot, bytes::word_from_u64(2 * bytes.size() + 1));
    for (std::size_t at = 0; at < bytes.size(); at += 32) {
        Hash32 word{};
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                    std::min<std::size_t>(32, bytes.size() - at), word.begin());
        words.set(slot_plus(data_slot(slot), at / 32), word);
    }
    return words;
}

} // namespace

TEST_CASE("byte strings of every length come back", "[chain][storage]") {
    for (const std::size_t size : {0, 1, 30, 31, 32, 33, 63, 64, 65, 700}) {
        Bytes bytes(size);
        for (std::size_t i = 0; i < size; ++i)
            bytes[i] = static_cast<std::uint8_t>(i + 1);
        const auto read = read_stored_bytes(stored(bytes), bytes::word_from_u64(1));
        INFO(size);
        REQUIRE(read);
        CHECK(*read == bytes);
    }
}

TEST_CASE("a string with a word missing or bytes behind its end is malformed",
          "[chain][storage][negative]") {
    const Hash32 slot = bytes::word_from_u64(1);
    Words missing;
    missing.set(slot, bytes::word_from_u64(2 * 33 + 1));
    missing.set(data_slot(slot), Hash32{});
    CHECK(read_stored_bytes(missing, slot).error().code == ErrorCode::REGISTRY_SLOT_MALFORMED);
    Words dirty;
    dirty.set(slot, bytes::word_from_u64(2 * 32 + 3));
    dirty.set(data_slot(slot), Hash32{});
    Hash32 tail{};
    tail[1] = 1;
    dirty.set(slot_plus(data_slot(slot), 1), tail);
    CHECK(read_stored_bytes(dirty, slot).error().code == ErrorCode::REGISTRY_SLOT_MALFORMED);
    Words huge;
    huge.set(slot, bytes::word_from_u64(2 * (MAX_STORED_BYTES + 1) + 1));
    CHECK(read_stored_bytes(huge, slot).error().code == ErrorCode::REGISTRY_SLOT_MALFORMED);
}

TEST_CASE("slots wrap at 2^256", "[chain][storage]") {
    Hash32 last{};
    last.fill(0xff);
    CHECK(slot_plus(last, 1) == Hash32{});
    CHECK(slot_plus(last, 0) == last);
    CHECK(slot_plus(bytes::word_from_u64(0xffff'ffff), 0xffff'ffff'ffff'ffff) ==
          bytes::int128_from_decimal("18446744078004518910"));
}

TEST_CASE("the empty trie has the root of the empty string", "[chain][trie]") {
    const Bytes node{0x80};
    CHECK(empty_trie_root() == hash::keccak256(node));
    const auto shown = walk_trie(empty_trie_root(), node, {}, MAX_STATE_NODE);
    REQUIRE(shown);
    CHECK_FALSE(shown->has_value());
    CHECK(walk_trie(Hash32{}, node, {}, MAX_STATE_NODE).error().code ==
          ErrorCode::MPT_PROOF_INVALID);
}
