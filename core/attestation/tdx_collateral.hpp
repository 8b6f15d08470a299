// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// What Intel publishes about platforms and quoting enclaves, as one object of text members
/// (attestation.md §2.2, last paragraph): revocation lists, TCB info, QE identity and the chains of
/// their signers. Parsed, not verified: tdx.hpp does that.
#pragma once

#include "core/attestation/pem.hpp"
#include "core/attestation/tdx_quote.hpp"
#include "core/attestation/x509_crl.hpp"
#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::attestation {

/// Largest collateral text; above it the code is TDX_LIMIT. Real ones are up to 20 kB.
inline constexpr std::size_t COLLATERAL_BYTES = std::size_t{1} << 20;

/// As Intel spells them, best first by how much they ask of the platform's owner.
enum class TcbStatus : std::uint8_t {
    up_to_date,
    sw_hardening_needed,
    configuration_needed,
    configuration_and_sw_hardening_needed,
    out_of_date,
    out_of_date_configuration_needed,
    revoked,
};
[[nodiscard]] std::string_view name(TcbStatus status) noexcept;
[[nodiscard]] std::optional<TcbStatus> tcb_status(std::string_view name) noexcept;

inline constexpr std::size_t TCB_COMPONENTS = 16;
using TcbComponents = std::array<std::uint8_t, TCB_COMPONENTS>;

/// One level of an enclave's or module's own versions.
struct SvnLevel {
    std::uint64_t isvsvn;
    TcbStatus status;
    std::vector<std::string> advisories;
};

/// What an enclave or a TDX module looks like.
struct Identity {
    std::string id;
    Bytes mrsigner;
    Bytes attributes;
    Bytes attributes_mask;
    std::vector<SvnLevel> levels; ///< best first

    /// Whether signer and attributes (under the mask) are the given ones.
    [[nodiscard]] bool describes(BytesView signer, BytesView actual) const noexcept;
    /// @return the first level that @p svn reaches; null when there is none. Lives as long as this.
    [[nodiscard]] const SvnLevel* level_of(std::uint64_t svn) const noexcept;
};

/// One level of a platform.
struct PlatformLevel {
    /// Nothing unless there are exactly 16.
    std::optional<TcbComponents> sgx;
    std::optional<TcbComponents> tdx;
    std::uint64_t pcesvn;
    TcbStatus status;
    std::vector<std::string> advisories;
};

/// A JSON text of Intel with its signature and the chain of its signer.
struct SignedText {
    std::string text; ///< exactly what is signed
    Bytes signature;  ///< r || s
    CertificateList chain;
    std::string id;
    std::uint64_t version;
    std::int64_t issue_date;  ///< Unix seconds, inclusive
    std::int64_t next_update; ///< Unix seconds, inclusive
    std::uint64_t evaluation_number;
};

struct TcbInfo : SignedText {
    Bytes fmspc;
    Bytes pce_id;
    std::uint64_t tcb_type; ///< how levels compare; 0 is the only way there is
    std::optional<Identity> module;
    std::vector<Identity> modules;
    std::vector<PlatformLevel> levels; ///< best first
};

struct QeIdentity : SignedText {
    Identity enclave;
    Bytes miscselect;
    Bytes miscselect_mask;
    std::uint64_t isvprodid;
};

/// Owns what it views into, and is not copied.
struct TdxCollateral {
    Bytes root_crl_der;
    Bytes pck_crl_der;
    RevocationList root_crl;
    RevocationList pck_crl;
    TcbInfo tcb_info;
    QeIdentity qe_identity;

    /// @param text the object of text members, JSON; a member that is not used is skipped.
    /// @return TDX_COLLATERAL_MISSING when it is empty, null, or lacks a member; TDX_LIMIT;
    /// TDX_MALFORMED when a member does not parse.
    [[nodiscard]] static Result<TdxCollateral> parse(BytesView text) noexcept;
};

} // namespace assay::attestation
