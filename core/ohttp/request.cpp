// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/ohttp/request.hpp"

#include "core/ohttp/hpke.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace assay::ohttp {
namespace {

constexpr std::string_view REQUEST_LABEL = "message/bhttp request";
constexpr std::string_view RESPONSE_LABEL = "message/bhttp response";
constexpr std::string_view CHUNKED_RESPONSE_LABEL = "message/bhttp chunked response";

using Header = std::array<std::uint8_t, 7>;

Header header_of(std::uint8_t key_id) {
    return {key_id,
            KEM_X25519_HKDF_SHA256 >> 8,
            KEM_X25519_HKDF_SHA256 & 0xff,
            KDF_HKDF_SHA256 >> 8,
            KDF_HKDF_SHA256 & 0xff,
            AEAD_CHACHA20_POLY1305 >> 8,
            AEAD_CHACHA20_POLY1305 & 0xff};
}

Bytes info_of(const Header& header) {
    Bytes info(REQUEST_LABEL.size() + 1 + header.size());
    std::copy(REQUEST_LABEL.begin(), REQUEST_LABEL.end(), info.begin());
    std::copy(header.begin(), header.end(), info.end() - header.size());
    return info;
}

Hash32 export_secret(const HpkeContext& context, std::string_view label) {
    Hash32 secret{};
    const Bytes bytes = context.export_secret(as_bytes(label), secret.size());
    std::copy(bytes.begin(), bytes.end(), secret.begin());
    return secret;
}

ResponseContext response_context(const HpkeContext& context) {
    return {context.encapsulated(), export_secret(context, RESPONSE_LABEL),
            export_secret(context, CHUNKED_RESPONSE_LABEL)};
}

constexpr std::size_t SEALED_AT = sizeof(Header) + sizeof(Hash32);
constexpr std::size_t OVERHEAD = SEALED_AT + AEAD_TAG_BYTES;

} // namespace

Result<SealedRequest> seal_request(const VerifiedConfig& config, BytesView plaintext,
                                   BytesView entropy) noexcept {
    return seal_request_to_key(config.key_id(), config.public_key(), plaintext, entropy);
}

Result<SealedRequest> seal_request_to_key(std::uint8_t key_id, BytesView public_key,
                                          BytesView plaintext, BytesView entropy) noexcept {
    if (entropy.size() != ENTROPY_BYTES)
        return Error{ErrorCode::ARGUMENT_INVALID, "entropy"};
    if (plaintext.size() > MAX_REQUEST_BYTES - OVERHEAD)
        return Error{ErrorCode::OHTTP_LIMIT, "request"};
    const Header header = header_of(key_id);
    auto context = HpkeContext::sender(public_key, entropy, info_of(header));
    if (!context)
        return context.error();
    const Bytes sealed = context->seal({}, plaintext);
    Bytes wire(SEALED_AT + sealed.size());
    const Hash32& enc = context->encapsulated();
    auto at = std::copy(header.begin(), header.end(), wire.begin());
    at = std::copy(enc.begin(), enc.end(), at);
    std::copy(sealed.begin(), sealed.end(), at);
    return SealedRequest{std::move(wire), response_context(*context)};
}

Result<OpenedRequest> open_request(std::uint8_t key_id, BytesView secret_key,
                                   BytesView wire) noexcept {
    if (wire.size() > MAX_REQUEST_BYTES)
        return Error{ErrorCode::OHTTP_LIMIT, "request"};
    if (wire.size() < OVERHEAD)
        return ErrorCode::OHTTP_MALFORMED;
    const Header header = header_of(key_id);
    if (!std::equal(header.begin(), header.end(), wire.begin()))
        return ErrorCode::OHTTP_SUITE_UNSUPPORTED;
    auto context = HpkeContext::recipient(secret_key, wire.subspan(sizeof header, sizeof(Hash32)),
                                          info_of(header));
    if (!context)
        return ErrorCode::OHTTP_DECRYPT_FAILED; // a key of small order
    auto plaintext = context->open({}, wire.subspan(SEALED_AT));
    if (!plaintext)
        return plaintext.error();
    return OpenedRequest{std::move(*plaintext), response_context(*context)};
}

} // namespace assay::ohttp
