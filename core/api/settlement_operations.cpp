// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Settlements, on-chain inference and heartbeats (receipt.md §11, §13).
#include "core/api/json_members.hpp"
#include "core/api/operations.hpp"
#include "core/api/options.hpp"
#include "core/api/settlement.hpp"
#include "core/api/verdict_json.hpp"
#include "core/base/limits.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/bytes/utf8.hpp"
#include "core/bytes/word.hpp"
#include "core/settlement/heartbeat.hpp"
#include "core/settlement/inference_event.hpp"
#include "core/settlement/merkle.hpp"
#include "core/settlement/number.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <variant>

namespace assay::api {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;
using bytes::JsonWriter;
using settlement::Number;

std::string failed(const Error& error, const CheckList& checks = {}) noexcept {
    return failure_text(error, checks);
}

std::string succeeded(JsonWriter& value, const CheckList& checks = {}) noexcept {
    return success_text(value.take(), checks, TrustLevel::unproven);
}

Result<JsonValue> parse_evidence(BytesView text) noexcept {
    if (text.size() > limits::TEXT_BYTES) {
        return Error{ErrorCode::INPUT_LIMIT, "evidence"};
    }
    return bytes::parse_json(as_text(text), ErrorCode::ABI_INVALID);
}

/// The contract that the options {"emitter"?: "0x…"} pin.
Result<std::optional<settlement::Address>> parse_emitter(BytesView options) noexcept {
    constexpr std::array<std::string_view, 1> KNOWN = {"emitter"};
    const auto object = parse_options(options, KNOWN);
    if (!object) {
        return object.error();
    }
    const JsonValue* value = object->find("emitter");
    const auto address = read_address(value);
    if (value != nullptr && !address) {
        return invalid("emitter");
    }
    return address;
}

/// evidence, signing key (SPKI) or nothing, options {emitter?}.
std::string verify_settlement(Fields f) noexcept {
    CheckList checks;
    const auto emitter = parse_emitter(f[2]);
    if (!emitter) {
        return failed(emitter.error());
    }
    const auto evidence = parse_evidence(f[0]);
    if (!evidence) {
        return failed(evidence.error());
    }
    const auto judged = judge_settlement(*evidence, f[1], {.emitter = *emitter}, checks);
    if (!judged) {
        return failed(judged.error(), checks);
    }
    JsonWriter value;
    write_settlement(value, *judged);
    return succeeded(value, checks);
}

/// The log of a call with fields log, options {emitter?}.
Result<settlement::Log> read_pinned_log(Fields f, CheckList& checks) noexcept {
    const auto emitter = parse_emitter(f[1]);
    if (!emitter) {
        return emitter.error();
    }
    const auto object = parse_evidence(f[0]);
    if (!object) {
        return object.error();
    }
    auto log = read_log(*object);
    if (!log) {
        return log.error();
    }
    if (const auto pinned = check_emitter(*log, *emitter, checks); !pinned) {
        return pinned.error();
    }
    return log;
}

void write_blob(JsonWriter& value, BytesView blob_id) noexcept {
    value.key("blobId").hex("", blob_id);
    value.key("blobIdText");
    if (bytes::is_utf8(as_text(blob_id))) {
        value.string(as_text(blob_id));
    } else {
        value.null();
    }
}

/// log, options {emitter?}.
std::string decode_settlement(Fields f) noexcept {
    CheckList checks;
    const auto log = read_pinned_log(f, checks);
    if (!log) {
        return failed(log.error(), checks);
    }
    const auto event = settlement::decode_settlement_event(*log);
    if (!event) {
        return failed(event.error(), checks);
    }
    JsonWriter value;
    value.object();
    if (const auto* batch = std::get_if<settlement::BatchSettlement>(&*event)) {
        value.key("event").string("BatchSettlement");
        value.key("root").hex("0x", batch->root);
        value.key("size").string(bytes::word_to_decimal(batch->size));
        write_blob(value, batch->blob_id);
    } else {
        const auto& individual = std::get<settlement::IndividualSettlement>(*event);
        value.key("event").string("IndividualSettlement");
        value.key("leaf");
        write_leaf(value, individual.leaf);
        value.key("payer").hex("0x", individual.payer);
        write_blob(value, individual.blob_id);
    }
    value.key("emitter").hex("0x", log->address);
    value.end();
    checks.not_covered("blob", "nothing binds the stored blob to the hashes");
    return succeeded(value, checks);
}

std::string bits_of(float value) noexcept {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::array<std::uint8_t, 4> big_endian = {
        static_cast<std::uint8_t>(bits >> 24), static_cast<std::uint8_t>(bits >> 16),
        static_cast<std::uint8_t>(bits >> 8), static_cast<std::uint8_t>(bits)};
    return bytes::to_hex(big_endian);
}

Result<void> write_tensor(JsonWriter& value, const settlement::NumberTensor& tensor) noexcept {
    std::string floats;
    value.object();
    value.key("name").string(tensor.name);
    value.key("shape").array();
    for (const std::uint32_t dimension : tensor.shape) {
        value.unsigned_number(dimension);
    }
    value.end();
    value.key("values").array();
    for (const Number& number : tensor.values) {
        const auto decoded = settlement::decode_float32(number);
        if (!decoded) {
            return decoded.error();
        }
        floats += bits_of(*decoded);
        value.array();
        value.string(bytes::int128_to_decimal(number.value));
        value.string(bytes::int128_to_decimal(number.decimals));
        value.end();
    }
    value.end();
    value.key("float32").string(floats); // the values again, big-endian
    value.end();
    return Result<void>::ok();
}

template <typename Tensors>
Result<void> write_tensors(JsonWriter& value, const Tensors& from) noexcept {
    value.key("numbers").array();
    for (const settlement::NumberTensor& tensor : from.numbers) {
        if (const auto written = write_tensor(value, tensor); !written) {
            return written;
        }
    }
    value.end();
    value.key("strings").array();
    for (const settlement::StringTensor& tensor : from.strings) {
        value.object();
        value.key("name").string(tensor.name);
        value.key("values").array();
        for (const std::string_view text : tensor.values) {
            value.string(text);
        }
        value.end();
        value.end();
    }
    value.end();
    return Result<void>::ok();
}

Result<void> write_inference(JsonWriter& value, const settlement::InferenceEvent& event) noexcept {
    value.key("event").string(event.inference ? "ModelInferenceEvent" : "InferenceResult");
    value.key("request");
    if (const auto& request = event.inference) {
        value.object();
        value.key("inferenceId").string(request->id);
        value.key("mode").unsigned_number(request->mode);
        value.key("modelCid").string(request->model_cid);
        if (const auto written = write_tensors(value, request->input); !written) {
            return written;
        }
        value.end();
    } else {
        value.null();
    }
    value.key("output").object();
    if (const auto written = write_tensors(value, event.output); !written) {
        return written;
    }
    value.key("jsons").array();
    for (const settlement::JsonScalar& scalar : event.output.jsons) {
        value.object();
        value.key("name").string(scalar.name);
        value.key("value").string(scalar.value);
        value.end();
    }
    value.end();
    value.key("isSimulationResult").boolean(event.output.is_simulation_result);
    value.end();
    return Result<void>::ok();
}

/// log, options {emitter?}.
std::string decode_inference(Fields f) noexcept {
    CheckList checks;
    const auto log = read_pinned_log(f, checks);
    if (!log) {
        return failed(log.error(), checks);
    }
    const auto event = settlement::decode_inference_event(*log);
    if (!event) {
        return failed(event.error(), checks);
    }
    JsonWriter value;
    value.object();
    if (const auto written = write_inference(value, *event); !written) {
        return failed(written.error(), checks);
    }
    value.key("emitter").hex("0x", log->address);
    value.end();
    return succeeded(value, checks);
}

/// leaf. The hash that a tree holds for it.
std::string hash_leaf(Fields f) noexcept {
    const auto object = parse_evidence(f[0]);
    const auto leaf = object ? read_leaf(*object) : Result<settlement::Leaf>{object.error()};
    if (!leaf) {
        return failed(leaf.error());
    }
    JsonWriter value;
    value.hex("0x", settlement::leaf_hash(*leaf));
    return succeeded(value);
}

/// Hashes of all leaves of a tree, 32 bytes each, in any order.
std::string root_of_tree(Fields f) noexcept {
    const BytesView bytes = f[0];
    if (bytes.size() % sizeof(Hash32) != 0) {
        return failed({ErrorCode::ABI_INVALID, "leaves"});
    }
    if (bytes.size() / sizeof(Hash32) > settlement::MAX_TREE_LEAVES) {
        return failed({ErrorCode::INPUT_LIMIT, "leaves"});
    }
    std::vector<Hash32> leaves(bytes.size() / sizeof(Hash32));
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        const BytesView leaf = bytes.subspan(i * sizeof(Hash32), sizeof(Hash32));
        std::copy(leaf.begin(), leaf.end(), leaves[i].begin());
    }
    const auto root = settlement::tree_root(leaves);
    if (!root) {
        return failed(root.error());
    }
    JsonWriter value;
    value.hex("0x", *root);
    return succeeded(value);
}

std::string number_text(const Number& number) noexcept {
    const auto decoded = settlement::decode_float32(number);
    if (!decoded) {
        return failed(decoded.error());
    }
    JsonWriter value;
    value.object();
    value.key("value").string(bytes::int128_to_decimal(number.value));
    value.key("decimals").string(bytes::int128_to_decimal(number.decimals));
    value.key("float32Bits").string(bits_of(*decoded));
    value.key("text").string(settlement::float32_text(*decoded));
    value.end();
    return succeeded(value);
}

/// value, decimals: texts of int128.
std::string decode_number(Fields f) noexcept {
    const auto value = bytes::int128_from_decimal(as_text(f[0]));
    const auto decimals = bytes::int128_from_decimal(as_text(f[1]));
    if (!value || !decimals) {
        return failed({ErrorCode::ABI_INVALID, value ? "decimals" : "value"});
    }
    return number_text({*value, *decimals});
}

/// The two ABI words of a number.
std::string decode_number_words(Fields f) noexcept {
    Number number{};
    if (f[0].size() != sizeof number.value + sizeof number.decimals) {
        return failed({ErrorCode::ABI_INVALID, "words"});
    }
    std::copy_n(f[0].begin(), sizeof(Hash32), number.value.begin());
    std::copy_n(f[0].begin() + sizeof(Hash32), sizeof(Hash32), number.decimals.begin());
    if (!bytes::is_int128(number.value) || !bytes::is_int128(number.decimals)) {
        return failed({ErrorCode::ABI_INVALID, "words"});
    }
    return number_text(number);
}

Result<Number> encode(std::string_view kind, BytesView value) noexcept {
    if (kind == "int") {
        return settlement::encode_integer(as_text(value));
    }
    std::uint64_t bits = 0;
    for (const std::uint8_t byte : value) {
        bits = bits << 8 | byte;
    }
    if (kind == "float32" && value.size() == sizeof(float)) {
        return settlement::encode_float32(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    }
    if (kind == "float64" && value.size() == sizeof(double)) {
        return settlement::encode_float64(std::bit_cast<double>(bits));
    }
    return Error{ErrorCode::ARGUMENT_INVALID, "type"};
}

/// type: "float32", "float64", "int"; value: the bytes of the float, big-endian, or the integer's
/// text.
std::string encode_number(Fields f) noexcept {
    const auto number = encode(as_text(f[0]), f[1]);
    if (!number) {
        return failed(number.error());
    }
    JsonWriter value;
    value.object();
    value.key("value").string(bytes::int128_to_decimal(number->value));
    value.key("decimals").string(bytes::int128_to_decimal(number->decimals));
    value.key("words").string(bytes::to_hex(number->value) + bytes::to_hex(number->decimals));
    value.end();
    return succeeded(value);
}

/// A limit in seconds; absent and null = none, as the protocol has it.
Result<std::optional<std::uint64_t>> read_seconds(const JsonValue& options,
                                                  std::string_view name) noexcept {
    const JsonValue* value = options.find(name);
    if (value == nullptr || value->is(JsonKind::null)) {
        return std::optional<std::uint64_t>{};
    }
    const auto word =
        value->is(JsonKind::number) ? bytes::word_from_decimal(value->raw()) : std::nullopt;
    const auto seconds = word ? bytes::word_to_u64(*word) : std::nullopt;
    if (!seconds) {
        return invalid(std::string{name});
    }
    return seconds;
}

/// heartbeat, signing key (SPKI), options {now, now_source?, max_age_s?, future_s?}.
std::string verify_heartbeat(Fields f) noexcept {
    CheckList checks;
    constexpr std::array<std::string_view, 4> KNOWN = {"now", "now_source", "max_age_s",
                                                       "future_s"};
    const auto options = TimedOptions::parse(f[2], KNOWN);
    if (!options) {
        return failed(options.error());
    }
    const auto max_age = read_seconds(options->object, "max_age_s");
    const auto future = read_seconds(options->object, "future_s");
    if (!max_age || !future) {
        return failed(max_age ? future.error() : max_age.error());
    }
    note_clock(checks, options->clock);
    const auto heartbeat = settlement::verify_heartbeat(f[1], as_text(f[0]), {*max_age, *future},
                                                        options->clock.now, checks);
    if (!heartbeat) {
        return failed(heartbeat.error(), checks);
    }
    checks.assumed("key", "named by the caller, without evidence");
    JsonWriter value;
    value.object();
    value.key("teeId").hex("0x", heartbeat->tee_id());
    value.key("timestamp").decimal(heartbeat->timestamp());
    value.end();
    return succeeded(value, checks);
}

constexpr std::array OPERATIONS = {
    Operation{"verify_settlement", 3, verify_settlement},
    Operation{"decode_settlement_event", 2, decode_settlement},
    Operation{"decode_inference_event", 2, decode_inference},
    Operation{"hash_settlement_leaf", 1, hash_leaf},
    Operation{"settlement_root", 1, root_of_tree},
    Operation{"decode_number", 2, decode_number},
    Operation{"decode_number_words", 1, decode_number_words},
    Operation{"encode_number", 2, encode_number},
    Operation{"verify_heartbeat", 3, verify_heartbeat},
};

} // namespace

std::span<const Operation> settlement_operations() noexcept {
    return OPERATIONS;
}

} // namespace assay::api
