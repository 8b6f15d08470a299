// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// AMD SEV-SNP attestation reports of versions 2, 3 and 5, taken apart: attestation.md §3.1. All
/// numbers are little-endian. Nothing here is verified.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace assay::attestation {

inline constexpr std::size_t SNP_REPORT_BYTES = 1184;

/// Product lines, each with a root of its own.
enum class SnpLine : std::uint8_t { milan, genoa, turin };
inline constexpr std::size_t SNP_LINES = 3;
/// @return "Milan", "Genoa", "Turin".
[[nodiscard]] std::string_view name(SnpLine line) noexcept;

/// The key that signed: of the chip, or loaded by a cloud.
enum class SnpKey : std::uint8_t { vcek, vlek };

/// Security versions of the firmware's parts; fmc is 0 where a product line has none.
struct SnpTcb {
    /// FMC, boot loader, TEE, SNP firmware, microcode.
    std::array<std::uint8_t, 5> parts;

    /// @param bytes the eight bytes of a TCB_VERSION.
    [[nodiscard]] static SnpTcb read(BytesView bytes, SnpLine line) noexcept;
    /// Whether every part is at least that of @p other.
    [[nodiscard]] bool covers(const SnpTcb& other) const noexcept;
};
/// Names of the parts in policies, in their order: fmc, bl, tee, snp, ucode.
[[nodiscard]] std::span<const std::string_view> snp_tcb_parts() noexcept;

/// A field of bytes, by the name that claims give it.
struct SnpField {
    std::string_view name;
    std::uint16_t offset;
    std::uint8_t size;

    /// @param report SNP_REPORT_BYTES.
    [[nodiscard]] BytesView in(BytesView report) const noexcept {
        return report.subspan(offset, size);
    }
};
namespace snp_field {
inline constexpr SnpField CURRENT_TCB{"currentTcb", 0x38, 8};
inline constexpr SnpField REPORT_DATA{"reportData", 0x50, 64};
inline constexpr SnpField MEASUREMENT{"measurement", 0x90, 48};
inline constexpr SnpField HOST_DATA{"hostData", 0xc0, 32};
inline constexpr SnpField REPORTED_TCB{"reportedTcb", 0x180, 8};
inline constexpr SnpField CHIP_ID{"chipId", 0x1a0, 64};
inline constexpr SnpField COMMITTED_TCB{"committedTcb", 0x1e0, 8};
} // namespace snp_field
/// Those above and the others, in the order of the report.
[[nodiscard]] std::span<const SnpField> snp_fields() noexcept;

/// Views into the report.
struct SnpReport {
    BytesView bytes;
    std::uint32_t version;
    std::uint32_t guest_svn;
    std::uint64_t policy; ///< of the guest: bit 17 one, bit 19 DEBUG
    std::uint32_t vmpl;
    std::uint64_t platform_info;
    bool masked_chip_id; ///< flag: CHIP_ID is left out
    SnpKey key;
    std::uint8_t family; ///< of the processor, and its model; 0 before version 3
    std::uint8_t model;

    [[nodiscard]] BytesView signed_part() const noexcept;
    /// @return r || s, big-endian, 96 bytes; nothing when one is longer than 48 bytes.
    [[nodiscard]] std::optional<std::array<std::uint8_t, 96>> signature() const noexcept;
};

/// §3.2 step 1. @return SNP_MALFORMED for another length, and when bytes that no signature covers
/// are not zero; SNP_VERSION_UNSUPPORTED, SNP_ALG_UNSUPPORTED, SNP_KEY_KIND.
[[nodiscard]] Result<SnpReport> parse_snp_report(BytesView bytes) noexcept;

} // namespace assay::attestation
