// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Confidential chat (receipt.md §12). Bytes in a value are hex.
#include "core/api/operations.hpp"
#include "core/api/verdict_json.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/hash/hkdf.hpp"
#include "core/ohttp/chacha20_poly1305.hpp"
#include "core/ohttp/chunked_response.hpp"
#include "core/ohttp/hpke.hpp"
#include "core/ohttp/key_config.hpp"
#include "core/ohttp/request.hpp"
#include "core/ohttp/response.hpp"
#include "core/ohttp/signed_config.hpp"
#include "core/ohttp/x25519.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace assay::api {
namespace {

using bytes::JsonWriter;

std::string failed(const Error& error, const CheckList& checks = {}) noexcept {
    return failure_text(error, checks);
}

std::string refused(const char* argument) noexcept {
    return failed({ErrorCode::ARGUMENT_INVALID, argument});
}

std::string succeeded(JsonWriter& value, const CheckList& checks = {}) noexcept {
    return success_text(value.take(), checks, TrustLevel::unproven);
}

/// A verdict whose value is these bytes.
std::string bytes_text(const Result<Bytes>& bytes) noexcept {
    if (!bytes) {
        return failed(bytes.error());
    }
    JsonWriter value;
    value.hex("", *bytes);
    return succeeded(value);
}

template <typename Array>
std::optional<Array> array_of(BytesView bytes) noexcept {
    Array out{};
    if (bytes.size() != out.size()) {
        return std::nullopt;
    }
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}

void write_context(JsonWriter& value, const ohttp::ResponseContext& context) noexcept {
    value.key("context").object();
    value.key("enc").hex("", context.encapsulated);
    value.key("responseSecret").hex("", context.response_secret);
    value.key("chunkedResponseSecret").hex("", context.chunked_response_secret);
    value.end();
}

void write_config(JsonWriter& value, const ohttp::VerifiedConfig& config) noexcept {
    value.key("teeId").hex("0x", config.tee_id());
    value.key("keyId").unsigned_number(config.key_id());
    value.key("publicKey").hex("", config.public_key());
    value.key("configHash").hex("0x", config.config_hash());
}

/// RFC 9458 key configuration.
std::string read_key_config(Fields f) noexcept {
    const auto config = ohttp::read_key_config(f[0]);
    const auto usable = config ? ohttp::check_key_config(*config) : Result<void>{config.error()};
    if (!usable) {
        return failed(usable.error());
    }
    JsonWriter value;
    value.object();
    value.key("keyId").unsigned_number(config->key_id);
    value.key("publicKey").hex("", *config->public_key);
    value.end();
    return succeeded(value);
}

/// config (JSON), signing key (SPKI).
std::string verify_config(Fields f) noexcept {
    CheckList checks;
    const auto config = ohttp::verify_config(f[1], as_text(f[0]), checks);
    if (!config) {
        return failed(config.error(), checks);
    }
    checks.assumed("key", "named by the caller, without evidence");
    JsonWriter value;
    value.object();
    write_config(value, *config);
    value.end();
    return succeeded(value, checks);
}

/// config (JSON), signing key (SPKI), plaintext, entropy.
std::string seal_request(Fields f) noexcept {
    CheckList checks;
    const auto config = ohttp::verify_config(f[1], as_text(f[0]), checks);
    if (!config) {
        return failed(config.error(), checks);
    }
    checks.assumed("key", "named by the caller, without evidence");
    const auto sealed = ohttp::seal_request(*config, f[2], f[3]);
    if (!sealed) {
        return failed(sealed.error(), checks);
    }
    JsonWriter value;
    value.object();
    write_config(value, *config);
    value.key("request").hex("", sealed->wire);
    write_context(value, sealed->context);
    value.end();
    return succeeded(value, checks);
}

/// enc, response secret, encapsulated response.
std::string open_response(Fields f) noexcept {
    const auto enc = array_of<Hash32>(f[0]);
    const auto secret = array_of<Hash32>(f[1]);
    if (!enc || !secret) {
        return refused("context");
    }
    return bytes_text(ohttp::open_response(*enc, *secret, f[2]));
}

void write_chunks(JsonWriter& value, const std::vector<Bytes>& chunks) noexcept {
    value.key("chunks").array();
    for (const Bytes& chunk : chunks) {
        value.hex("", chunk);
    }
    value.end();
}

/// enc, chunked response secret, state ("" at first), pending bytes, "more" or "end". The value has
/// the state for the next call, how many bytes are done with and how many that call wants at least;
/// at the end only the last chunks.
std::string open_chunks(Fields f) noexcept {
    const auto enc = array_of<Hash32>(f[0]);
    const auto secret = array_of<Hash32>(f[1]);
    if (!enc || !secret) {
        return refused("context");
    }
    auto opener = f[2].empty() ? std::optional{ohttp::ChunkOpener{*enc, *secret}}
                               : ohttp::ChunkOpener::restore(f[2]);
    if (!opener) {
        return refused("state");
    }
    JsonWriter value;
    value.object();
    if (as_text(f[4]) == "end") {
        const auto chunks = opener->finish(f[3]);
        if (!chunks) {
            return failed(chunks.error());
        }
        write_chunks(value, *chunks);
    } else if (as_text(f[4]) == "more") {
        const auto progress = opener->read(f[3]);
        if (!progress) {
            return failed(progress.error());
        }
        value.key("state").hex("", opener->save());
        value.key("consumed").unsigned_number(progress->consumed);
        value.key("wanted").unsigned_number(progress->wanted);
        write_chunks(value, progress->chunks);
    } else {
        return refused("mode");
    }
    value.end();
    return succeeded(value);
}

// For the vectors: the enclave's side and the primitives. Nothing else calls these.

/// key id (one byte), public key, plaintext, entropy.
std::string seal_to_key(Fields f) noexcept {
    if (f[0].size() != 1) {
        return refused("key id");
    }
    const auto sealed = ohttp::seal_request_to_key(f[0][0], f[1], f[2], f[3]);
    if (!sealed) {
        return failed(sealed.error());
    }
    JsonWriter value;
    value.object();
    value.key("request").hex("", sealed->wire);
    write_context(value, sealed->context);
    value.end();
    return succeeded(value);
}

/// key id (one byte), secret key, encapsulated request.
std::string open_request(Fields f) noexcept {
    if (f[0].size() != 1 || f[1].size() != ohttp::X25519_BYTES) {
        return refused("key");
    }
    const auto opened = ohttp::open_request(f[0][0], f[1], f[2]);
    if (!opened) {
        return failed(opened.error());
    }
    JsonWriter value;
    value.object();
    value.key("plaintext").hex("", opened->plaintext);
    write_context(value, opened->context);
    value.end();
    return succeeded(value);
}

/// scalar, point.
std::string x25519(Fields f) noexcept {
    if (f[0].size() != ohttp::X25519_BYTES) {
        return refused("scalar");
    }
    const auto shared = ohttp::x25519(f[0], f[1]);
    return shared ? bytes_text(Bytes{shared->begin(), shared->end()}) : failed(shared.error());
}

/// A number of up to 16 bits, two bytes big-endian.
std::optional<std::size_t> small_number(BytesView bytes) noexcept {
    if (bytes.size() != 2) {
        return std::nullopt;
    }
    return std::size_t{bytes[0]} << 8 | bytes[1];
}

/// input key, salt, info, size.
std::string hkdf_sha256(Fields f) noexcept {
    const auto size = small_number(f[3]);
    const auto out =
        size ? hash::hkdf_expand(hash::hkdf_extract(f[1], f[0]), f[2], *size) : std::nullopt;
    return out ? bytes_text(*out) : refused("size");
}

/// "seal" or "open", key, nonce, associated data, text.
std::string chacha20_poly1305(Fields f) noexcept {
    const auto key = array_of<Hash32>(f[1]);
    const auto nonce = array_of<ohttp::AeadNonce>(f[2]);
    if (!key || !nonce) {
        return refused(key ? "nonce" : "key");
    }
    return bytes_text(as_text(f[0]) == "seal" ? ohttp::seal(*key, *nonce, f[3], f[4])
                                              : ohttp::open(*key, *nonce, f[3], f[4]));
}

/// recipient's key, input of the ephemeral key, info, number of the message, associated data, text.
/// The value has the encapsulated key and the sealed message.
std::string hpke_seal(Fields f) noexcept {
    const auto number = small_number(f[3]);
    auto context = ohttp::HpkeContext::sender(f[0], f[1], f[2]);
    if (!number || !context) {
        return number ? failed(context.error()) : refused("number");
    }
    for (std::size_t i = 0; i < *number; ++i) {
        static_cast<void>(context->seal({}, {}));
    }
    JsonWriter value;
    value.object();
    value.key("enc").hex("", context->encapsulated());
    value.key("ct").hex("", context->seal(f[4], f[5]));
    value.end();
    return succeeded(value);
}

/// recipient's key, input of the ephemeral key, info, exporter context, size.
std::string hpke_export(Fields f) noexcept {
    const auto size = small_number(f[4]);
    const auto context = ohttp::HpkeContext::sender(f[0], f[1], f[2]);
    if (!size || *size > hash::HKDF_MAX_BYTES || !context) {
        return context ? refused("size") : failed(context.error());
    }
    return bytes_text(context->export_secret(f[3], *size));
}

constexpr std::array OPERATIONS = {
    Operation{"verify_ohttp_config", 2, verify_config},
    Operation{"seal_ohttp_request", 4, seal_request},
    Operation{"open_ohttp_response", 3, open_response},
    Operation{"open_ohttp_chunks", 5, open_chunks},
    Operation{"read_ohttp_key_config", 1, read_key_config},
    Operation{"seal_ohttp_request_to_key", 4, seal_to_key},
    Operation{"open_ohttp_request", 3, open_request},
    Operation{"x25519", 2, x25519},
    Operation{"hkdf_sha256", 4, hkdf_sha256},
    Operation{"chacha20_poly1305", 5, chacha20_poly1305},
    Operation{"hpke_seal", 6, hpke_seal},
    Operation{"hpke_export", 5, hpke_export},
};

} // namespace

std::span<const Operation> ohttp_operations() noexcept {
    return OPERATIONS;
}

} // namespace assay::api
