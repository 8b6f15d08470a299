// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
/// @file
/// ECDSA with P-384 and SHA-384 (FIPS 186-5 §6.4, RFC 9053 §2.1): attestation.md §4 and §4.1.
/// Whoever judges a document asks a P384Verifier, so that a platform that is faster than this
/// module (WebCrypto) can answer: record the questions, let the platform answer them, replay the
/// answers.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::signatures {

inline constexpr std::size_t P384_KEY_BYTES = 97;       ///< 04 || x || y
inline constexpr std::size_t P384_SIGNATURE_BYTES = 96; ///< r || s, big-endian

/// @return ok; SIGNATURE_MALFORMED when the key is no uncompressed point on the curve or the
/// signature has another length (in this order); SIGNATURE_INVALID when r or s is zero or >= n, or
/// the equation fails. High s is valid. Not constant-time: all inputs are public.
[[nodiscard]] Result<void> verify_p384(BytesView public_key, BytesView message,
                                       BytesView signature) noexcept;

/// The same for a message whose SHA-384 is known; SIGNATURE_MALFORMED also for a digest of another
/// length than 48 bytes.
[[nodiscard]] Result<void> verify_p384_digest(BytesView public_key, BytesView digest,
                                              BytesView signature) noexcept;

/// @return whether r and s of a 96-byte r || s lie in [1, n-1].
[[nodiscard]] bool has_p384_scalars(BytesView signature) noexcept;

/// One signature to check. The views must live as long as the call that takes the task.
struct P384Task {
    BytesView public_key; ///< P384_KEY_BYTES, on the curve
    BytesView message;    ///< whole; the verifier hashes it
    BytesView signature;  ///< P384_SIGNATURE_BYTES
};

class P384Verifier {
public:
    P384Verifier() = default;
    P384Verifier(const P384Verifier&) = delete;
    P384Verifier& operator=(const P384Verifier&) = delete;
    virtual ~P384Verifier() = default;

    [[nodiscard]] virtual bool verify(const P384Task& task) noexcept = 0;
};

/// Checks the signature itself.
class CoreP384Verifier final : public P384Verifier {
public:
    [[nodiscard]] bool verify(const P384Task& task) noexcept override;
};

/// Keeps copies of the tasks and answers yes to each: what it lets pass is not verified.
class RecordingP384Verifier final : public P384Verifier {
public:
    struct Record {
        Bytes public_key;
        Bytes message;
        Bytes signature;
    };

    [[nodiscard]] bool verify(const P384Task& task) noexcept override;
    [[nodiscard]] const std::vector<Record>& records() const noexcept { return records_; }

private:
    std::vector<Record> records_;
};

/// Gives the platform's answers, in the order in which the questions were recorded.
class ReplayP384Verifier final : public P384Verifier {
public:
    /// @param results one byte each, 1 = the signature verifies; must outlive the verifier.
    explicit ReplayP384Verifier(BytesView results) noexcept : results_{results} {}

    /// @return the next answer; false when they have run out.
    [[nodiscard]] bool verify(const P384Task& task) noexcept override;
    /// @return whether more answers were wanted than there are.
    [[nodiscard]] bool exhausted() const noexcept { return exhausted_; }

private:
    BytesView results_;
    std::size_t next_ = 0;
    bool exhausted_ = false;
};

} // namespace assay::signatures
