// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/word.hpp"
#include "core/settlement/event.hpp"

#include "tests/unit/settlement/sample.hpp"
#include "tests/unit/support/abi_writer.hpp"
#include "tests/unit/support/codes.hpp"

#include <catch2/catch_test_macros.hpp>

namespace assay::settlement {
namespace {

using test::outcome;

TEST_CASE("a batch settlement is read as ethers writes it", "[event]") {
    const auto event = decode_settlement_event(test::batch_log());
    REQUIRE(event.has_value());
    const auto& batch = std::get<BatchSettlement>(*event);
    CHECK(batch.root == test::hash_of(test::TREE_ROOT));
    CHECK(bytes::word_to_decimal(batch.size) == "20");
    CHECK(as_text(batch.blob_id) == "blob-1");
}

TEST_CASE("an individual settlement is read as ethers writes it", "[event]") {
    const auto event = decode_settlement_event(test::individual_log());
    REQUIRE(event.has_value());
    const auto& one = std::get<IndividualSettlement>(*event);
    const Leaf leaf = test::sample_leaf(1);
    CHECK(one.leaf.tee_id == leaf.tee_id);
    CHECK(one.leaf.input_hash == leaf.input_hash);
    CHECK(one.leaf.output_hash == leaf.output_hash);
    CHECK(one.leaf.timestamp == leaf.timestamp);
    CHECK(one.leaf.signature == Bytes(33, 0xc1));
    CHECK(one.payer[0] == 0xe1);
    CHECK(as_text(one.blob_id) == "blob-1");
}

TEST_CASE("settlement events have one encoding", "[event]") {
    for (const Log& log : {test::batch_log(), test::individual_log()}) {
        for (std::size_t i = 0; i < log.data.size(); ++i) {
            Log changed = log;
            changed.data[i] ^= 1;
            const auto event = decode_settlement_event(changed);
            if (event)
                CHECK(test::encode_event(*event) == changed.data);
            else
                CHECK(outcome(event) == "ABI_INVALID");
            Log cut = log;
            cut.data.resize(i);
            CHECK(outcome(decode_settlement_event(cut)) == "ABI_INVALID");
        }
        Log longer = log;
        longer.data.resize(log.data.size() + 32);
        CHECK(outcome(decode_settlement_event(longer)) == "ABI_INVALID");
    }
}

TEST_CASE("settlement events have their topics", "[event]") {
    for (const Log& log : {test::batch_log(), test::individual_log()}) {
        Log fewer = log;
        fewer.topics.pop_back();
        CHECK(outcome(decode_settlement_event(fewer)) == "ABI_INVALID");
        Log more = log;
        more.topics.push_back({});
        CHECK(outcome(decode_settlement_event(more)) == "ABI_INVALID");
        Log other = log;
        other.topics[0][0] ^= 1;
        CHECK(outcome(decode_settlement_event(other)) == "ABI_INVALID");
        Log none = log;
        none.topics.clear();
        CHECK(outcome(decode_settlement_event(none)) == "ABI_INVALID");
    }
    Log wide = test::individual_log();
    wide.topics[2][0] = 1; // an address of more than 20 bytes
    CHECK(outcome(decode_settlement_event(wide)) == "ABI_INVALID");
}

TEST_CASE("a log's data has a limit", "[event]") {
    Log log = test::batch_log();
    log.data.resize(MAX_LOG_BYTES + 1);
    CHECK(outcome(decode_settlement_event(log)) == "INPUT_LIMIT");
}

} // namespace
} // namespace assay::settlement
