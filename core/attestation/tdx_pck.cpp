// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/tdx_pck.hpp"

#include "core/attestation/x509_parts.hpp"
#include "core/bytes/der.hpp"

#include <algorithm>
#include <span>

namespace assay::attestation {
namespace {

namespace tag = bytes::der_tag;
using bytes::DerCursor;

/// 1.2.840.113741.1.13.1; the fields inside it have one or two arcs more.
constexpr std::array<std::uint8_t, 9> SGX_EXTENSION = {0x2a, 0x86, 0x48, 0x86, 0xf8,
                                                       0x4d, 0x01, 0x0d, 0x01};
constexpr std::uint8_t TCB = 2;
constexpr std::uint8_t PCESVN = 17;
constexpr std::uint8_t PCE_ID = 3;
constexpr std::uint8_t FMSPC = 4;

/// The content of the only field with this OID in a SEQUENCE OF SEQUENCE { OID, value }.
std::optional<BytesView> find_field(BytesView list, BytesView oid, std::uint8_t value_tag) {
    std::optional<BytesView> found;
    for (DerCursor items{list}; !items.at_end();) {
        const auto item = items.read(tag::SEQUENCE);
        if (!item) {
            return std::nullopt;
        }
        DerCursor fields{item->content};
        const auto name = fields.read(tag::OBJECT_IDENTIFIER);
        if (!name || !equal(name->content, oid)) {
            continue;
        }
        const auto value = fields.read(value_tag);
        if (found || !value || !fields.at_end()) {
            return std::nullopt;
        }
        found = value->content;
    }
    return found;
}

/// The OID below the extension's own.
class FieldOid {
public:
    explicit FieldOid(std::uint8_t arc) noexcept { append(arc); }
    FieldOid(std::uint8_t arc, std::uint8_t next) noexcept {
        append(arc);
        append(next);
    }
    [[nodiscard]] BytesView bytes() const noexcept { return BytesView{bytes_}.first(size_); }

private:
    void append(std::uint8_t arc) noexcept {
        if (size_ == 0) {
            std::copy(SGX_EXTENSION.begin(), SGX_EXTENSION.end(), bytes_.begin());
            size_ = SGX_EXTENSION.size();
        }
        bytes_[size_++] = arc;
    }

    std::array<std::uint8_t, SGX_EXTENSION.size() + 2> bytes_{};
    std::size_t size_ = 0;
};

std::optional<std::uint64_t> find_number(BytesView list, const FieldOid& oid, std::uint64_t most) {
    const auto content = find_field(list, oid.bytes(), tag::INTEGER);
    const auto magnitude = content ? bytes::der_unsigned(*content) : std::nullopt;
    if (!magnitude || magnitude->size() > 2) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (const std::uint8_t byte : *magnitude) {
        value = value << 8 | byte;
    }
    return value <= most ? std::optional{value} : std::nullopt;
}

bool find_octets(BytesView list, std::uint8_t arc, std::span<std::uint8_t> out) {
    const auto content = find_field(list, FieldOid{arc}.bytes(), tag::OCTET_STRING);
    if (!content || content->size() != out.size()) {
        return false;
    }
    std::copy(content->begin(), content->end(), out.begin());
    return true;
}

} // namespace

std::optional<PckPlatform> read_pck_platform(const Certificate& pck) noexcept {
    const auto extension = find_extension(pck, SGX_EXTENSION);
    const auto list = extension ? bytes::der_whole(*extension, tag::SEQUENCE) : std::nullopt;
    const auto tcb =
        list ? find_field(list->content, FieldOid{TCB}.bytes(), tag::SEQUENCE) : std::nullopt;
    PckPlatform platform{};
    if (!tcb || !find_octets(list->content, FMSPC, platform.fmspc) ||
        !find_octets(list->content, PCE_ID, platform.pce_id)) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < platform.components.size(); ++i) {
        const auto svn = find_number(*tcb, {TCB, static_cast<std::uint8_t>(i + 1)}, 0xff);
        if (!svn) {
            return std::nullopt;
        }
        platform.components[i] = static_cast<std::uint8_t>(*svn);
    }
    const auto pcesvn = find_number(*tcb, {TCB, PCESVN}, 0xffff);
    platform.pcesvn = pcesvn.value_or(0);
    return pcesvn ? std::optional{platform} : std::nullopt;
}

} // namespace assay::attestation
