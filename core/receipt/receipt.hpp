// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// Verification of one inference receipt (receipt.md §1 to §9): every profile; the reply as JSON,
/// as a whole event stream or as a stream that comes in chunks.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"
#include "core/base/verdict.hpp"
#include "core/receipt/freshness.hpp"
#include "core/receipt/output.hpp"
#include "core/receipt/profile.hpp"
#include "core/receipt/reply.hpp"
#include "core/receipt/request.hpp"
#include "core/receipt/stream_reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::receipt {

/// The key that the receipt must be signed with, from a verified attestation or a registry record,
/// never from the reply.
struct KeyAnchor {
    BytesView spki; ///< DER SubjectPublicKeyInfo; must outlive the call
    /// When given, the key must have this id; in the legacy format nothing else looks at the id.
    std::optional<Hash32> expected_tee_id{};
};

/// What an enclave signed. Only verify() makes one. The values here are the ones to show: they are
/// never to be read again from the reply.
class VerifiedReceipt {
public:
    [[nodiscard]] OutputKind kind() const noexcept { return kind_; }
    /// §5.4: the output can be read as text and as tool calls. An application that runs tools must
    /// take it as "the enclave said these bytes".
    [[nodiscard]] bool kind_ambiguous() const noexcept { return kind_ambiguous_; }
    /// O, UTF-8; empty unless output_kept().
    [[nodiscard]] const std::string& output() const noexcept { return output_; }
    /// False for the text of a stream with Keep::hash: O is what its push() calls added.
    [[nodiscard]] bool output_kept() const noexcept { return output_kept_; }
    [[nodiscard]] std::uint64_t timestamp() const noexcept { return timestamp_; } ///< Unix seconds
    [[nodiscard]] const Hash32& tee_id() const noexcept { return tee_id_; }
    [[nodiscard]] const Hash32& request_hash() const noexcept { return request_hash_; }
    /// Nothing in the legacy format, which signs the output itself (§9).
    [[nodiscard]] const std::optional<Hash32>& output_hash() const noexcept { return output_hash_; }
    /// §4, §5.5: what is in the request or the reply and is bound by nothing; sorted by code point,
    /// generalised UTF-8.
    [[nodiscard]] const std::vector<std::string>& not_covered() const noexcept {
        return not_covered_;
    }
    [[nodiscard]] Profile profile() const noexcept { return profile_; }

private:
    friend class Verification;
    VerifiedReceipt() noexcept = default;

    OutputKind kind_{};
    bool kind_ambiguous_{};
    bool output_kept_ = true;
    std::string output_;
    std::uint64_t timestamp_{};
    Hash32 tee_id_{};
    Hash32 request_hash_{};
    std::optional<Hash32> output_hash_{};
    std::vector<std::string> not_covered_;
    Profile profile_{};
};

/// Makes the checks of §7 in their order; the first that fails names the code.
/// @param request the raw text that the profile reads: for gw-stripped the body that the enclave
///   received, for sdk the body that was given to the client library
/// @param now the verifier's clock, seconds since 1970
/// @param checks gets one row per check made and, on success, one per path that is not covered
/// @return INPUT_LIMIT for a request or reply of more than limits::JSON_VALUES values or
///   limits::UNCOVERED_PATHS paths, else the codes of §7.
///   What the caller must still check: that he trusts the key, and that the profile is that of the
///   enclave's build (profile.hpp). A receipt has no nonce: within the age limit an identical
///   request can be answered with an older reply (§8).
[[nodiscard]] Result<VerifiedReceipt> verify(const KeyAnchor& anchor, Profile profile,
                                             std::string_view request, std::string_view response,
                                             ResponseIs response_is,
                                             const FreshnessPolicy& freshness, std::int64_t now,
                                             CheckList& checks) noexcept;

/// verify() for an event stream that comes in chunks of any size. Of the request a hash is kept, of
/// the reply the text that may be O, or its hash: the outcome is the same as for the whole.
class ReceiptStream {
public:
    /// @param request as for verify(); read here
    ReceiptStream(Profile profile, std::string_view request, Keep keep = Keep::text) noexcept;

    /// Takes the next bytes. The caller bounds their sum.
    void push(std::string_view chunk) noexcept { reader_.push(chunk); }
    /// As of StreamReader.
    void end() noexcept { reader_.end(); }
    [[nodiscard]] std::string_view added() const noexcept { return reader_.added(); }

    /// The stream is over: makes the checks. To be called once; arguments and errors as verify().
    [[nodiscard]] Result<VerifiedReceipt> finish(const KeyAnchor& anchor,
                                                 const FreshnessPolicy& freshness, std::int64_t now,
                                                 CheckList& checks) noexcept;

private:
    Profile profile_;
    Result<RequestDigest> request_;
    StreamReader reader_;
};

} // namespace assay::receipt
