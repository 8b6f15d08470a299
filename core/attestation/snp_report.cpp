// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/snp_report.hpp"

#include "core/bytes/reader.hpp"

#include <algorithm>

namespace assay::attestation {
namespace {

constexpr std::size_t SIGNATURE_AT = 0x2a0;
constexpr std::size_t NUMBER_BYTES = 72; ///< R and S, little-endian
constexpr std::size_t SCALAR_BYTES = 48;
constexpr std::size_t UNSIGNED_AT = SIGNATURE_AT + 2 * NUMBER_BYTES;

constexpr std::array<SnpField, 14> FIELDS = {{{"familyId", 0x10, 16},
                                              {"imageId", 0x20, 16},
                                              snp_field::CURRENT_TCB,
                                              snp_field::REPORT_DATA,
                                              snp_field::MEASUREMENT,
                                              snp_field::HOST_DATA,
                                              {"idKeyDigest", 0xe0, 48},
                                              {"authorKeyDigest", 0x110, 48},
                                              {"reportId", 0x140, 32},
                                              {"reportIdMa", 0x160, 32},
                                              snp_field::REPORTED_TCB,
                                              snp_field::CHIP_ID,
                                              snp_field::COMMITTED_TCB,
                                              {"launchTcb", 0x1f0, 8}}};

constexpr std::array<std::string_view, 5> TCB_PARTS = {"fmc", "bl", "tee", "snp", "ucode"};

bool is_zero(BytesView bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

std::uint64_t number(BytesView report, std::size_t at, std::size_t size) {
    return bytes::Reader{report.subspan(at, size)}.little_endian(size).value_or(0);
}

std::uint32_t u32(BytesView report, std::size_t at) {
    return static_cast<std::uint32_t>(number(report, at, 4));
}

} // namespace

std::string_view name(SnpLine line) noexcept {
    constexpr std::array<std::string_view, SNP_LINES> NAMES = {"Milan", "Genoa", "Turin"};
    return NAMES[static_cast<std::size_t>(line)];
}

SnpTcb SnpTcb::read(BytesView bytes, SnpLine line) noexcept {
    return line == SnpLine::turin ? SnpTcb{{bytes[0], bytes[1], bytes[2], bytes[3], bytes[7]}}
                                  : SnpTcb{{0, bytes[0], bytes[1], bytes[6], bytes[7]}};
}

bool SnpTcb::covers(const SnpTcb& other) const noexcept {
    return std::equal(parts.begin(), parts.end(), other.parts.begin(),
                      [](std::uint8_t own, std::uint8_t least) { return own >= least; });
}

std::span<const std::string_view> snp_tcb_parts() noexcept {
    return TCB_PARTS;
}

std::span<const SnpField> snp_fields() noexcept {
    return FIELDS;
}

BytesView SnpReport::signed_part() const noexcept {
    return bytes.first(SIGNATURE_AT);
}

std::optional<std::array<std::uint8_t, 96>> SnpReport::signature() const noexcept {
    std::array<std::uint8_t, 2 * SCALAR_BYTES> raw{};
    for (const std::size_t i : {0U, 1U}) {
        const BytesView value = bytes.subspan(SIGNATURE_AT + i * NUMBER_BYTES, NUMBER_BYTES);
        if (!is_zero(value.subspan(SCALAR_BYTES))) {
            return std::nullopt;
        }
        std::reverse_copy(value.begin(), value.begin() + SCALAR_BYTES,
                          raw.begin() + static_cast<std::ptrdiff_t>(i * SCALAR_BYTES));
    }
    return raw;
}

Result<SnpReport> parse_snp_report(BytesView bytes) noexcept {
    constexpr std::uint32_t ECDSA_P384_SHA384 = 1;
    constexpr std::uint32_t MASKED_CHIP_ID = 0x02;
    if (bytes.size() != SNP_REPORT_BYTES) {
        return Error{ErrorCode::SNP_MALFORMED, "report"};
    }
    SnpReport report{};
    report.bytes = bytes;
    report.version = u32(bytes, 0);
    if (report.version != 2 && report.version != 3 && report.version != 5) {
        return Error{ErrorCode::SNP_VERSION_UNSUPPORTED, "version"};
    }
    if (u32(bytes, 0x34) != ECDSA_P384_SHA384) {
        return Error{ErrorCode::SNP_ALG_UNSUPPORTED, "signature algorithm"};
    }
    const std::uint32_t flags = u32(bytes, 0x48);
    const std::uint32_t key = flags >> 2 & 0x07U;
    if (key > static_cast<std::uint32_t>(SnpKey::vlek)) {
        return Error{ErrorCode::SNP_KEY_KIND, "signing key"};
    }
    if (!is_zero(bytes.subspan(UNSIGNED_AT))) {
        return Error{ErrorCode::SNP_MALFORMED, "bytes after the signature"};
    }
    report.guest_svn = u32(bytes, 4);
    report.policy = number(bytes, 8, 8);
    report.vmpl = u32(bytes, 0x30);
    report.platform_info = number(bytes, 0x40, 8);
    report.masked_chip_id = (flags & MASKED_CHIP_ID) != 0;
    report.key = static_cast<SnpKey>(key);
    report.family = report.version >= 3 ? bytes[0x188] : 0;
    report.model = report.version >= 3 ? bytes[0x189] : 0;
    return report;
}

} // namespace assay::attestation
