// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/chain/cometbft/light_client.hpp"

#include "core/chain/cometbft/light_detail.hpp"
#include "core/chain/json_fields.hpp"

#include <algorithm>
#include <utility>

namespace assay::chain {
namespace {

using bytes::JsonValue;

/// @return @p time later by @p seconds, which are at most 2^62.
Timestamp later(Timestamp time, std::uint64_t seconds) {
    time.seconds += static_cast<std::int64_t>(seconds);
    return time;
}

Error at_block(const Error& error, std::size_t index) {
    return error.path.empty() ? Error{error.code, "path." + std::to_string(index)} : error;
}

Result<void> check_commit_hash(const LightBlock& block) {
    return block.commit &&
                   std::ranges::equal(block.commit->block_id.hash, header_hash(block.header))
               ? Result<void>::ok()
               : ErrorCode::CHAIN_COMMIT_BLOCK_MISMATCH;
}

Result<void> check_set(const LightBlock& block) {
    return block.validators.hash() == block.header.hash_field(Header::validators_hash)
               ? Result<void>::ok()
               : ErrorCode::CHAIN_VALSET_MISMATCH;
}

/// Phase 2 for the blocks of the path; their commits were parsed.
Result<void> check_structure(std::uint64_t height, std::span<const LightBlock> blocks,
                             std::optional<std::uint64_t> target_height) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const Header& header = blocks[i].header;
        if (blocks[i].commit->height != header.height || header.height <= height)
            return at_block({ErrorCode::CHAIN_HEIGHT_MISMATCH}, i);
        height = header.height;
    }
    if (target_height && height != *target_height)
        return Error{ErrorCode::CHAIN_HEIGHT_MISMATCH, "height"};
    return Result<void>::ok();
}

Result<std::vector<LightBlock>> parse_path(std::span<const JsonValue> path) {
    std::vector<LightBlock> blocks;
    for (std::size_t i = 0; i < path.size(); ++i) {
        auto block = LightBlock::parse(&path[i], LightBlock::CommitIs::needed);
        if (!block)
            return at_block(block.error(), i);
        blocks.push_back(*std::move(block));
    }
    return blocks;
}

bool is_of_chain(const LightOptions& options, std::span<const LightBlock> blocks) {
    return std::ranges::all_of(
        blocks, [&](const LightBlock& block) { return block.header.chain_id == options.chain_id; });
}

Result<TrustedBlock> walk(const LightOptions& options, TrustedBlock trusted,
                          std::vector<LightBlock> blocks) {
    if (const auto fresh = detail::check_period(options, trusted.time); !fresh)
        return fresh.error();
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (const auto step = detail::verify_step(options, trusted, blocks[i]); !step)
            return at_block(step.error(), i);
        trusted = detail::accept(std::move(blocks[i]));
    }
    return trusted;
}

} // namespace

Result<LightBlock> LightBlock::parse(const JsonValue* json, CommitIs commit_is) noexcept {
    const JsonValue* signed_header = member(json, "signed_header");
    auto header = Header::parse(member(signed_header, "header"));
    if (!header)
        return header.error();
    auto validators = ValidatorSet::parse(member(json, "validators"));
    if (!validators)
        return validators.error();
    LightBlock block{*std::move(header), *std::move(validators), {}};
    if (commit_is == CommitIs::needed) {
        auto commit = Commit::parse(block.validators, member(signed_header, "commit"));
        if (!commit)
            return commit.error();
        block.commit = *std::move(commit);
    }
    return block;
}

Result<void> detail::check_period(const LightOptions& options, const Timestamp& trusted) noexcept {
    return later(trusted, options.trusting_period_s) > options.now ? Result<void>::ok()
                                                                   : ErrorCode::CHAIN_TRUST_EXPIRED;
}

Result<void> detail::verify_step(const LightOptions& options, const TrustedBlock& trusted,
                                 const LightBlock& block) noexcept {
    if (const auto fresh = check_period(options, trusted.time); !fresh)
        return fresh;
    if (const auto committed = check_commit_hash(block); !committed)
        return committed;
    if (block.header.time <= trusted.time)
        return ErrorCode::CHAIN_TIME_NOT_MONOTONIC;
    if (block.header.time >= later(options.now, options.max_clock_drift_s))
        return ErrorCode::CHAIN_HEADER_FROM_FUTURE;
    if (const auto set = check_set(block); !set)
        return set;
    CommitVerifier commit{options.chain_id, block.validators, *block.commit};
    if (block.header.height == trusted.height + 1) {
        if (block.header.hash_field(Header::validators_hash) != trusted.next_validators_hash)
            return ErrorCode::CHAIN_VALSET_MISMATCH;
    } else {
        const ValidatorSet& set = trusted.validators;
        if (set.hash() != trusted.validators_hash && set.hash() != trusted.next_validators_hash)
            return ErrorCode::CHAIN_VALSET_MISMATCH;
        const std::uint64_t need =
            fraction_of(set.total_power(), options.trust_numerator, options.trust_denominator);
        if (const auto known = commit.verify_trust(set, need); !known)
            return known;
    }
    return commit.verify_majority();
}

TrustedBlock detail::accept(LightBlock block) noexcept {
    const Header& header = block.header;
    return {.chain_id = header.chain_id,
            .height = header.height,
            .hash = header_hash(header),
            .time = header.time,
            .validators_hash = header.hash_field(Header::validators_hash),
            .next_validators_hash = header.hash_field(Header::next_validators_hash),
            .app_hash = header.hash_field(Header::app_hash),
            .data_hash = header.hash_field(Header::data_hash),
            .last_results_hash = header.hash_field(Header::last_results_hash),
            .validators = std::move(block.validators)};
}

Result<TrustedBlock> follow_path(const LightOptions& options, const Pin& pin,
                                 const JsonValue* trusted, std::span<const JsonValue> path,
                                 std::optional<std::uint64_t> target_height) noexcept {
    const bool by_header = pin.of == Pin::Of::header;
    auto anchor = LightBlock::parse(trusted, by_header ? LightBlock::CommitIs::unread
                                                       : LightBlock::CommitIs::needed);
    if (!anchor)
        return anchor.error().path.empty() ? Error{anchor.error().code, "trusted"} : anchor.error();
    auto blocks = parse_path(path);
    if (!blocks)
        return blocks.error();
    if (!is_of_chain(options, {&*anchor, 1}) || !is_of_chain(options, *blocks))
        return ErrorCode::CHAIN_ID_MISMATCH;
    const Hash32 pinned = by_header ? header_hash(anchor->header)
                                    : anchor->header.hash_field(Header::validators_hash);
    if (anchor->header.height != pin.height || pinned != pin.hash)
        return Error{ErrorCode::CHAIN_ANCHOR_MISMATCH, "trusted"};
    if (anchor->commit && anchor->commit->height != anchor->header.height)
        return Error{ErrorCode::CHAIN_HEIGHT_MISMATCH, "trusted"};
    if (const auto fits = check_structure(pin.height, *blocks, target_height); !fits)
        return fits.error();
    if (!by_header) {
        if (const auto committed = check_commit_hash(*anchor); !committed)
            return committed.error();
        if (const auto set = check_set(*anchor); !set)
            return set.error();
        CommitVerifier commit{options.chain_id, anchor->validators, *anchor->commit};
        if (const auto signatures = commit.verify_majority(); !signatures)
            return signatures.error();
    } else if (blocks->empty()) { // nothing follows that would look at the set
        const Hash32& set = anchor->validators.hash();
        if (set != anchor->header.hash_field(Header::validators_hash) &&
            set != anchor->header.hash_field(Header::next_validators_hash))
            return Error{ErrorCode::CHAIN_VALSET_MISMATCH, "trusted"};
    }
    return walk(options, detail::accept(*std::move(anchor)), *std::move(blocks));
}

Result<TrustedBlock> follow_path(const LightOptions& options, TrustedBlock trusted,
                                 std::span<const JsonValue> path,
                                 std::optional<std::uint64_t> target_height) noexcept {
    auto blocks = parse_path(path);
    if (!blocks)
        return blocks.error();
    if (trusted.chain_id != options.chain_id || !is_of_chain(options, *blocks))
        return ErrorCode::CHAIN_ID_MISMATCH;
    if (const auto fits = check_structure(trusted.height, *blocks, target_height); !fits)
        return fits.error();
    return walk(options, std::move(trusted), *std::move(blocks));
}

Result<void> check_age(const LightOptions& options, const TrustedBlock& last) noexcept {
    return options.now <= later(last.time, options.max_state_age_s)
               ? Result<void>::ok()
               : ErrorCode::CHAIN_STATE_TOO_OLD;
}

} // namespace assay::chain
