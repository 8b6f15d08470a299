// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The first byte says what the rest is: a light block, a header, a list of validators or evidence
// of a registry as JSON texts, a registration, a stored state. A verdict is the same when it is
// made again; only the TEE that is asked for is ever shown; a state is written as it was read.
#include "core/api/operations.hpp"
#include "core/chain/cometbft/commit.hpp"
#include "core/chain/cometbft/light_client.hpp"
#include "core/chain/cometbft/merkle.hpp"
#include "core/chain/cometbft/trusted_state.hpp"
#include "core/hash/sha2.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace {

using namespace assay;

/// Of the world that the seeds are made of.
constexpr std::string_view CONFIG =
    R"({"chain_id":"10740","now":1772000010,"registry":{"address":"0x4242424242424242424242424242424242424242"},)"
    R"("accept":["proven","calldata","quorum","unproven"],"trust":{"height":"100","header_hash":")";
constexpr std::string_view QUERY =
    R"({"height":"199","tee_id":"0x38477949051ac74562eba4d2fc58e1f4630b2950948df849a83ef3c26e80fe3d"})";

std::string run(std::string_view operation, std::initializer_list<BytesView> fields) {
    const api::Operation* found = api::find_operation(operation);
    if (found == nullptr || found->fields != fields.size())
        std::abort();
    const std::span<const BytesView> given{fields.begin(), fields.size()};
    const std::string verdict = found->run(given);
    if (found->run(given) != verdict)
        std::abort();
    return verdict;
}

void read_block(BytesView text) {
    const auto json = bytes::parse_json(as_text(text), ErrorCode::CHAIN_HEADER_MALFORMED);
    const auto block = json ? chain::LightBlock::parse(&*json, chain::LightBlock::CommitIs::needed)
                            : Result<chain::LightBlock>{json.error()};
    if (!block)
        return;
    if (block->commit->entries.size() != block->validators.members().size() ||
        chain::header_hash(block->header) !=
            chain::merkle_root(chain::header_leaves(block->header)))
        std::abort();
    chain::CommitVerifier verifier{block->header.chain_id, block->validators, *block->commit};
    static_cast<void>(verifier.verify_majority());
}

/// A checkpoint's hash, then the evidence.
void judge(BytesView rest) {
    constexpr std::size_t HASH_DIGITS = 64;
    if (rest.size() < HASH_DIGITS)
        return;
    const std::string config =
        std::string{CONFIG} + std::string{as_text(rest.first(HASH_DIGITS))} + "\"}}";
    const std::string verdict =
        run("verify_registry", {as_bytes(config), as_bytes(QUERY), rest.subspan(HASH_DIGITS)});
    constexpr std::string_view GOOD = R"({"ok":true,"value":{"teeId":"0x38477949051ac745)";
    if (verdict.starts_with(R"({"ok":true)") && !verdict.starts_with(GOOD))
        std::abort();
}

/// Without its digest, which is added: nothing else would be read.
void read_state(BytesView body) {
    Bytes state{body.begin(), body.end()};
    const Hash32 digest = hash::sha256(body);
    state.insert(state.end(), digest.begin(), digest.end());
    const auto read = chain::decode_state(state);
    if (!read)
        return;
    if (chain::encode_state(*read) != state)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const BytesView rest{data + 1, size - 1};
    switch (data[0]) {
    case 0:
        read_block(rest);
        break;
    case 1:
        run("hash_header", {rest});
        break;
    case 2:
        run("hash_validators", {rest});
        break;
    case 3:
        judge(rest);
        break;
    case 4:
        run("decode_registration", {rest});
        break;
    case 5:
        read_state(rest);
        break;
    default:
        run("verify_tx_result", {rest});
    }
    return 0;
}
