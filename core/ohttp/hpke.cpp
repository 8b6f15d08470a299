// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/ohttp/hpke.hpp"

#include "core/hash/hkdf.hpp"
#include "core/ohttp/x25519.hpp"

#include <algorithm>
#include <cassert>
#include <initializer_list>

namespace assay::ohttp {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view KEM_SUITE = "KEM\x00\x20"sv;
constexpr std::string_view HPKE_SUITE = "HPKE\x00\x20\x00\x01\x00\x03"sv;
constexpr std::string_view VERSION = "HPKE-v1";
constexpr std::uint8_t MODE_BASE = 0;

Bytes concat(std::initializer_list<BytesView> parts) {
    std::size_t size = 0;
    for (const BytesView part : parts)
        size += part.size();
    Bytes out(size);
    auto at = out.begin();
    for (const BytesView part : parts)
        at = std::copy(part.begin(), part.end(), at);
    return out;
}

/// §4, with the suite of the KEM or of the whole.
Hash32 labeled_extract(std::string_view suite, BytesView salt, std::string_view label,
                       BytesView input_key) {
    return hash::hkdf_extract(
        salt, concat({as_bytes(VERSION), as_bytes(suite), as_bytes(label), input_key}));
}

Bytes labeled_expand(std::string_view suite, const Hash32& key, std::string_view label,
                     BytesView info, std::size_t size) {
    assert(size <= hash::HKDF_MAX_BYTES);
    const std::uint8_t length[] = {static_cast<std::uint8_t>(size >> 8),
                                   static_cast<std::uint8_t>(size)};
    return *hash::hkdf_expand(
        key, concat({length, as_bytes(VERSION), as_bytes(suite), as_bytes(label), info}), size);
}

template <std::size_t N>
void expand_into(std::array<std::uint8_t, N>& out, std::string_view suite, const Hash32& key,
                 std::string_view label, BytesView info) {
    const Bytes bytes = labeled_expand(suite, key, label, info, N);
    std::copy(bytes.begin(), bytes.end(), out.begin());
}

} // namespace

Hash32 derive_secret_key(BytesView input_key) noexcept {
    Hash32 secret{};
    expand_into(secret, KEM_SUITE, labeled_extract(KEM_SUITE, {}, "dkp_prk", input_key), "sk", {});
    return secret;
}

HpkeContext::HpkeContext(const Hash32& encapsulated, const Hash32& shared, BytesView recipient_key,
                         BytesView info) noexcept
    : encapsulated_{encapsulated} {
    // §4.1 ExtractAndExpand
    Hash32 secret{};
    expand_into(secret, KEM_SUITE, labeled_extract(KEM_SUITE, {}, "eae_prk", shared),
                "shared_secret", concat({encapsulated, recipient_key}));
    // §5.1 KeySchedule with an empty pre-shared key
    const Bytes context =
        concat({BytesView{&MODE_BASE, 1}, labeled_extract(HPKE_SUITE, {}, "psk_id_hash", {}),
                labeled_extract(HPKE_SUITE, {}, "info_hash", info)});
    const Hash32 schedule = labeled_extract(HPKE_SUITE, secret, "secret", {});
    expand_into(key_, HPKE_SUITE, schedule, "key", context);
    expand_into(base_nonce_, HPKE_SUITE, schedule, "base_nonce", context);
    expand_into(exporter_secret_, HPKE_SUITE, schedule, "exp", context);
}

Result<HpkeContext> HpkeContext::sender(BytesView recipient_key, BytesView ephemeral_input,
                                        BytesView info) noexcept {
    const Hash32 ephemeral = derive_secret_key(ephemeral_input);
    const auto shared = x25519(ephemeral, recipient_key);
    if (!shared)
        return shared.error();
    return HpkeContext{x25519_public_key(ephemeral), *shared, recipient_key, info};
}

Result<HpkeContext> HpkeContext::recipient(BytesView secret_key, BytesView encapsulated,
                                           BytesView info) noexcept {
    const auto shared = x25519(secret_key, encapsulated);
    if (!shared)
        return shared.error();
    Hash32 enc{};
    std::copy(encapsulated.begin(), encapsulated.end(), enc.begin());
    return HpkeContext{enc, *shared, x25519_public_key(secret_key), info};
}

Bytes HpkeContext::seal(BytesView aad, BytesView plaintext) noexcept {
    return ohttp::seal(key_, nonce_of(base_nonce_, sequence_++), aad, plaintext);
}

Result<Bytes> HpkeContext::open(BytesView aad, BytesView sealed) noexcept {
    auto plaintext = ohttp::open(key_, nonce_of(base_nonce_, sequence_), aad, sealed);
    if (plaintext)
        ++sequence_;
    return plaintext;
}

Bytes HpkeContext::export_secret(BytesView exporter_context, std::size_t size) const noexcept {
    return labeled_expand(HPKE_SUITE, exporter_secret_, "sec", exporter_context, size);
}

} // namespace assay::ohttp
