// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/tdx_quote.hpp"

#include "core/attestation/x509_parts.hpp"
#include "core/bytes/reader.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace assay::attestation {
namespace {

using bytes::Reader;

constexpr std::size_t HEADER_BYTES = 48;
constexpr unsigned BODY_SGX = 1;
constexpr unsigned BODY_TD_1_0 = 2;
constexpr unsigned BODY_TD_1_5 = 3;
/// By body type.
constexpr std::array<std::size_t, 4> BODY_BYTES = {0, SGX_REPORT_BYTES, 584, 648};

constexpr std::array<ReportField, 8> SGX_FIELDS = {{{"cpusvn", 0, 16},
                                                    sgx_report::MISCSELECT,
                                                    sgx_report::ATTRIBUTES,
                                                    {"mrenclave", 64, 32},
                                                    sgx_report::MRSIGNER,
                                                    sgx_report::ISVPRODID,
                                                    sgx_report::ISVSVN,
                                                    sgx_report::REPORT_DATA}};
constexpr std::array<ReportField, 17> TD_FIELDS = {{td_report::TEE_TCB_SVN,
                                                    {"mrseam", 16, 48},
                                                    td_report::MRSIGNERSEAM,
                                                    td_report::SEAMATTRIBUTES,
                                                    td_report::TDATTRIBUTES,
                                                    {"xfam", 128, 8},
                                                    {"mrtd", 136, 48},
                                                    {"mrconfigid", 184, 48},
                                                    {"mrowner", 232, 48},
                                                    {"mrownerconfig", 280, 48},
                                                    {"rtmr0", 328, 48},
                                                    {"rtmr1", 376, 48},
                                                    {"rtmr2", 424, 48},
                                                    {"rtmr3", 472, 48},
                                                    td_report::REPORT_DATA,
                                                    {"tee_tcb_svn_2", 584, 16},
                                                    {"mrservicetd", 600, 48}}};
constexpr std::size_t TD_1_5_ONLY = 2; ///< the last of TD_FIELDS

/// The 48 bytes in front of the body.
Result<void> read_header(Reader& reader, Quote& quote) {
    constexpr std::uint64_t ECDSA_P256 = 2;
    constexpr std::uint64_t TEE_SGX = 0;
    constexpr std::uint64_t TEE_TDX = 0x81;
    constexpr std::array<std::uint8_t, 16> INTEL_QE = {0x93, 0x9a, 0x72, 0x33, 0xf7, 0x9c,
                                                       0x4c, 0xa9, 0x94, 0x0a, 0x0d, 0xb3,
                                                       0x95, 0x7f, 0x06, 0x07};
    const auto header = reader.take(HEADER_BYTES);
    if (!header) {
        return Error{ErrorCode::TDX_MALFORMED, "header"};
    }
    Reader fields{*header};
    const auto version = fields.little_endian(2).value_or(0);
    const auto key_type = fields.little_endian(2).value_or(0);
    const auto tee = fields.little_endian(4).value_or(1);
    if (version < 3 || version > 5) {
        return Error{ErrorCode::TDX_VERSION_UNSUPPORTED, "header"};
    }
    if (key_type != ECDSA_P256) {
        return Error{ErrorCode::TDX_ALG_UNSUPPORTED, "header"};
    }
    // Version 3 knows SGX only.
    if (tee != TEE_SGX && (tee != TEE_TDX || version == 3)) {
        return Error{ErrorCode::TDX_TEE_TYPE, "header"};
    }
    if (!equal(header->subspan(12, INTEL_QE.size()), INTEL_QE)) {
        return Error{ErrorCode::TDX_QE_VENDOR, "header"};
    }
    quote.version = static_cast<unsigned>(version);
    quote.tee = tee == TEE_SGX ? Tee::sgx : Tee::tdx;
    return Result<void>::ok();
}

/// The report; version 5 says which one.
bool read_body(Reader& reader, Quote& quote) {
    quote.body_type = quote.tee == Tee::sgx ? BODY_SGX : BODY_TD_1_0;
    if (quote.version == 5) {
        const auto type = reader.little_endian(2);
        const auto size = reader.little_endian(4);
        if (!size || *type < BODY_SGX || *type > BODY_TD_1_5 ||
            *size != BODY_BYTES[static_cast<std::size_t>(*type)] ||
            (*type == BODY_SGX) != (quote.tee == Tee::sgx)) {
            return false;
        }
        quote.body_type = static_cast<unsigned>(*type);
    }
    const auto body = reader.take(BODY_BYTES[quote.body_type]);
    quote.body = body.value_or(BytesView{});
    return body.has_value();
}

/// Takes u32 length and as many bytes.
std::optional<BytesView> read_block(Reader& reader) {
    const auto size = reader.little_endian(4);
    return size ? reader.take(*size) : std::nullopt;
}

/// QE report and its signature, authentication data, certificates; nothing after them.
Result<void> read_certification(Reader& reader, Quote& quote) {
    constexpr std::uint64_t PCK_CHAIN = 5;
    const auto report = reader.take(SGX_REPORT_BYTES);
    const auto signature = reader.take(64);
    const auto authentication_size = reader.little_endian(2);
    const auto authentication =
        authentication_size ? reader.take(*authentication_size) : std::nullopt;
    const auto type = authentication ? reader.little_endian(2) : std::nullopt;
    if (!report || !signature || !type) {
        return Error{ErrorCode::TDX_MALFORMED, "signature data"};
    }
    if (*type != PCK_CHAIN) {
        return Error{ErrorCode::TDX_CERT_DATA_UNSUPPORTED, "certification data"};
    }
    auto chain = read_block(reader);
    if (!chain || !reader.at_end()) {
        return Error{ErrorCode::TDX_MALFORMED, "certification data"};
    }
    while (!chain->empty() && chain->back() == 0) {
        *chain = chain->first(chain->size() - 1);
    }
    quote.qe_report = *report;
    quote.qe_signature = *signature;
    quote.qe_authentication_data = *authentication;
    quote.chain = *chain;
    return Result<void>::ok();
}

Result<void> read_signature(BytesView data, Quote& quote) {
    constexpr std::uint64_t QE_REPORT_DATA = 6;
    Reader reader{data};
    const auto signature = reader.take(64);
    const auto key = reader.take(64);
    if (!signature || !key) {
        return Error{ErrorCode::TDX_MALFORMED, "signature data"};
    }
    quote.signature = *signature;
    quote.attestation_key = *key;
    if (quote.version == 3) {
        return read_certification(reader, quote);
    }
    const auto type = reader.little_endian(2);
    if (!type) {
        return Error{ErrorCode::TDX_MALFORMED, "certification data"};
    }
    if (*type != QE_REPORT_DATA) {
        return Error{ErrorCode::TDX_CERT_DATA_UNSUPPORTED, "certification data"};
    }
    const auto block = read_block(reader);
    if (!block || !reader.at_end()) {
        return Error{ErrorCode::TDX_MALFORMED, "certification data"};
    }
    Reader inner{*block};
    return read_certification(inner, quote);
}

} // namespace

Result<Quote> parse_quote(BytesView bytes) noexcept {
    if (bytes.size() > QUOTE_BYTES) {
        return ErrorCode::TDX_LIMIT;
    }
    Quote quote{};
    Reader reader{bytes};
    if (const auto header = read_header(reader, quote); !header) {
        return header.error();
    }
    if (!read_body(reader, quote)) {
        return Error{ErrorCode::TDX_MALFORMED, "body"};
    }
    quote.signed_part = bytes.first(reader.position());
    const auto data = read_block(reader);
    if (!data) {
        return Error{ErrorCode::TDX_MALFORMED, "signature data"};
    }
    if (const auto signature = read_signature(*data, quote); !signature) {
        return signature.error();
    }
    const BytesView rest = bytes.subspan(reader.position());
    if (std::any_of(rest.begin(), rest.end(), [](std::uint8_t byte) { return byte != 0; })) {
        return Error{ErrorCode::TDX_MALFORMED, "bytes after the signature data"};
    }
    return quote;
}

std::span<const ReportField> report_fields(unsigned body_type) noexcept {
    const std::span<const ReportField> td{TD_FIELDS};
    return body_type == BODY_SGX      ? std::span<const ReportField>{SGX_FIELDS}
           : body_type == BODY_TD_1_5 ? td
                                      : td.first(td.size() - TD_1_5_ONLY);
}

} // namespace assay::attestation
