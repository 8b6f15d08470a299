// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/proof.hpp"

#include "core/bytes/hex.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace assay::evidence {
namespace {

constexpr std::array<std::string_view, 4> SYSTEMS = {"groth16", "plonk", "fflonk", "ezkl"};

/// The member's text; empty without one.
std::string text_of(const BundleValue& part, std::string_view name) noexcept {
    const auto member = part.find(name);
    return member ? member->text().value_or(std::string{}) : std::string{};
}

/// A file of JSON: its text as it was, or the object or array in it. Empty without one.
std::string file_of(const BundleValue& part, std::string_view name, char open) noexcept {
    const auto member = part.find(name);
    if (!member || member->text()) {
        return text_of(part, name);
    }
    const std::string value = member->json().value_or(std::string{});
    return value.starts_with(open) ? value : std::string{};
}

} // namespace

std::string_view name(Proof::System system) noexcept {
    return SYSTEMS[static_cast<std::size_t>(system)];
}

Result<Proof> read_proof(const BundleValue& part) noexcept {
    constexpr std::array<std::string_view, 5> KNOWN = {"system", "proof", "publicSignals",
                                                       "keyDigest", "key"};
    const Error malformed{ErrorCode::EVIDENCE_MALFORMED, "zk"};
    if (!part.is_object_of(KNOWN)) {
        return malformed;
    }
    const auto system = std::find(SYSTEMS.begin(), SYSTEMS.end(), text_of(part, "system"));
    const auto digest = bytes::hash_from_hex_0x(text_of(part, "keyDigest"));
    if (system == SYSTEMS.end() || !digest) {
        return malformed;
    }
    Proof proof{.system = static_cast<Proof::System>(system - SYSTEMS.begin()),
                .proof = file_of(part, "proof", '{'),
                .public_signals = file_of(part, "publicSignals", '['),
                .key_digest = *digest};
    const bool snarkjs = proof.system != Proof::System::ezkl;
    const bool fits = snarkjs ? !proof.public_signals.empty() : !part.find("publicSignals");
    if (proof.proof.empty() || !fits) {
        return malformed;
    }
    if (const auto key = part.find("key")) {
        auto bytes = key->binary();
        if (!bytes || bytes->empty()) {
            return malformed;
        }
        proof.key = *std::move(bytes);
    }
    for (const auto& [size, path] : {std::pair{proof.proof.size(), "zk.proof"},
                                     std::pair{proof.public_signals.size(), "zk.publicSignals"},
                                     std::pair{proof.key.size(), "zk.key"}}) {
        if (size > PROOF_FILE_BYTES) {
            return Error{ErrorCode::INPUT_LIMIT, path};
        }
    }
    return proof;
}

} // namespace assay::evidence
