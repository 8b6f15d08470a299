// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The native core behind the vector runner: answers framed operations on standard input until it
// ends. Frames: see engines/native.mjs. A frame that is not of that form ends the program with
// status 2.
#include "core/api/chain_config.hpp"
#include "core/api/operations.hpp"
#include "core/api/receipt_stream.hpp"
#include "core/api/verify_api.hpp"
#include "core/base/bytes_view.hpp"
#include "core/base/error.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/chain/cometbft/header_detail.hpp"
#include "core/chain/cometbft/light_detail.hpp"
#include "core/chain/json_fields.hpp"
#include "core/hash/keccak256.hpp"
#include "core/hash/sha2.hpp"
#include "core/signatures/secp256k1.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace assay;
using api::Fields;

std::string success(std::string_view value) {
    bytes::JsonWriter out;
    out.object();
    out.key("ok").boolean(true);
    out.key("value").string(value);
    out.end();
    return out.take();
}

std::string failure(ErrorCode code) {
    bytes::JsonWriter out;
    out.object();
    out.key("ok").boolean(false);
    out.key("code").string(info(code).name);
    out.end();
    return out.take();
}

std::string outcome(const Result<void>& result) {
    return result ? success("") : failure(result.error().code);
}

signatures::LowS low_s(BytesView mode) {
    return as_text(mode) == "malleable" ? signatures::LowS::malleable : signatures::LowS::strict;
}

std::string keccak256(Fields f) noexcept {
    return success(bytes::to_hex(hash::keccak256(f[0])));
}

std::string sha256(Fields f) noexcept {
    return success(bytes::to_hex(hash::sha256(f[0])));
}

std::string recover_address(Fields f) noexcept {
    const auto address = signatures::recover_address(f[0], f[2], f[3], f[1], low_s(f[4]));
    return address ? success(bytes::to_hex(*address)) : failure(address.error().code);
}

std::string verify_ecdsa(Fields f) noexcept {
    return outcome(signatures::verify_ecdsa(f[0], f[1], f[2], low_s(f[3])));
}

/// The verdict of a stream that comes in pieces of @p size bytes, the first of @p first. Where only
/// the hash of the text is kept, the text is put in as its pieces gave it.
std::string stream_verdict(const api::ReceiptCall& call, std::size_t first, std::size_t size,
                           receipt::Keep keep = receipt::Keep::text) {
    constexpr std::string_view UNKEPT = R"("output":null)";
    api::ReceiptStream stream{call, keep};
    std::string text;
    for (std::size_t at = 0, step = first; at < call.response.size(); at += step, step = size) {
        step = std::min(step, call.response.size() - at);
        const BytesView view = call.response.subspan(at, step);
        stream.push(Bytes{view.begin(), view.end()}); // a sanitizer sees a read past the piece
        text += stream.added();
    }
    if (keep == receipt::Keep::text)
        return stream.finish();
    stream.end();
    text += stream.added();
    std::string verdict = stream.finish();
    if (const std::size_t at = verdict.find(UNKEPT); at != std::string::npos)
        verdict.replace(at, UNKEPT.size(),
                        R"("output":)" + bytes::JsonWriter{}.string(text).take());
    return verdict;
}

/// Fields: those of verify_receipt, then "all" (every way to cut the stream in two) or "some"
/// (pieces of a few sizes). @return the first verdict that is not that of the whole text, else that
/// one.
std::string verify_receipt_stream(Fields f) noexcept {
    const api::ReceiptCall call{.request = f[0],
                                .response = f[1],
                                .document = f[2],
                                .key = f[3],
                                .options = f[4],
                                .platform = {f[5]}};
    const std::string whole = api::verify_receipt(call);
    for (const std::size_t size : {1, 2, 3, 7, 64, 1000}) {
        if (std::string verdict = stream_verdict(call, size, size); verdict != whole)
            return verdict;
    }
    for (const std::size_t size : {1, 64}) {
        if (std::string verdict = stream_verdict(call, size, size, receipt::Keep::hash);
            verdict != whole)
            return verdict;
    }
    for (std::size_t at = 1; as_text(f[6]) == "all" && at < call.response.size(); ++at) {
        if (std::string verdict = stream_verdict(call, at, call.response.size()); verdict != whole)
            return verdict;
    }
    return whole;
}

/// A block whose header is read without the static checks of chain-state.md §2.2: the model-based
/// cases have no app hash.
Result<chain::LightBlock> read_model_block(const bytes::JsonValue* json) {
    const bytes::JsonValue* head = chain::member(json, "signed_header");
    auto header = chain::detail::read_header(chain::member(head, "header"));
    if (!header)
        return ErrorCode::CHAIN_HEADER_MALFORMED;
    auto validators = chain::ValidatorSet::parse(chain::member(json, "validators"));
    if (!validators)
        return validators.error();
    auto commit = chain::Commit::parse(*validators, chain::member(head, "commit"));
    if (!commit)
        return commit.error();
    return chain::LightBlock{*std::move(header), *std::move(validators), *std::move(commit)};
}

/// config, {trusted: {header, validators}, block}: steps 1 to 8 of §5.2.
std::string light_step(Fields f) noexcept {
    const auto config = api::ChainConfig::parse(f[0]);
    const auto json = bytes::parse_json(as_text(f[1]), ErrorCode::CHAIN_HEADER_MALFORMED);
    if (!config || !json)
        return failure(!config ? config.error().code : json.error().code);
    const bytes::JsonValue* from = json->find("trusted");
    auto header = chain::detail::read_header(chain::member(from, "header"));
    auto validators = chain::ValidatorSet::parse(chain::member(from, "validators"));
    if (!header || !validators)
        return failure(ErrorCode::CHAIN_HEADER_MALFORMED);
    const auto trusted =
        chain::detail::accept({*std::move(header), *std::move(validators), std::nullopt});
    const auto block = read_model_block(json->find("block"));
    return block ? outcome(chain::detail::verify_step(config->light, trusted, *block))
                 : failure(block.error().code);
}

/// What only tests ask; everything else is an operation of the core.
constexpr std::array PRIMITIVES = {
    api::Operation{"verify_receipt_stream", 7, verify_receipt_stream},
    api::Operation{"light_step", 2, light_step},
    api::Operation{"keccak256", 1, keccak256},
    api::Operation{"sha256", 1, sha256},
    api::Operation{"recover_address", 5, recover_address},
    api::Operation{"verify_ecdsa", 4, verify_ecdsa},
};

const api::Operation* find(std::string_view name) {
    const auto* found = std::ranges::find(PRIMITIVES, name, &api::Operation::name);
    if (found != PRIMITIVES.end())
        return found;
    const api::Operation* operation = api::find_operation(name);
    return operation != nullptr ? operation : api::find_zk_operation(name);
}

constexpr std::size_t MAX_FRAME = std::size_t{1} << 27;

std::uint32_t read_u32(const std::uint8_t* at) {
    return static_cast<std::uint32_t>(at[0]) | static_cast<std::uint32_t>(at[1]) << 8 |
           static_cast<std::uint32_t>(at[2]) << 16 | static_cast<std::uint32_t>(at[3]) << 24;
}

/// @return the fields of a frame's body, or nothing when their lengths do not add up. Each gets a
/// buffer of its own size, so that a sanitizer sees every read past the evidence.
std::optional<std::vector<Bytes>> split(BytesView body) {
    std::vector<Bytes> fields;
    while (!body.empty()) {
        if (body.size() < 4 || read_u32(body.data()) > body.size() - 4)
            return std::nullopt;
        const std::size_t length = read_u32(body.data());
        const BytesView field = body.subspan(4, length);
        fields.emplace_back(field.begin(), field.end());
        body = body.subspan(4 + length);
    }
    return fields;
}

bool answer(const std::vector<Bytes>& owned) {
    const std::vector<BytesView> fields{owned.begin(), owned.end()};
    const api::Operation* operation = fields.empty() ? nullptr : find(as_text(fields[0]));
    if (operation == nullptr || operation->fields + 1 != fields.size())
        return false;
    const std::string text = operation->run(Fields{fields}.subspan(1));
    const auto length = static_cast<std::uint32_t>(text.size());
    const std::array<std::uint8_t, 4> head = {
        static_cast<std::uint8_t>(length), static_cast<std::uint8_t>(length >> 8),
        static_cast<std::uint8_t>(length >> 16), static_cast<std::uint8_t>(length >> 24)};
    return std::fwrite(head.data(), 1, head.size(), stdout) == head.size() &&
           std::fwrite(text.data(), 1, text.size(), stdout) == text.size() &&
           std::fflush(stdout) == 0;
}

} // namespace

int main() {
    std::array<std::uint8_t, 4> head{};
    for (std::size_t got = 0; (got = std::fread(head.data(), 1, head.size(), stdin)) != 0;) {
        const std::size_t length = read_u32(head.data());
        if (got != head.size() || length > MAX_FRAME)
            return 2;
        Bytes body(length);
        if (std::fread(body.data(), 1, length, stdin) != length)
            return 2;
        const auto fields = split(body);
        if (!fields || !answer(*fields)) {
            std::fprintf(stderr, "vector engine: not a known operation\n");
            return 2;
        }
    }
    return 0;
}
