// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Proofs of computation. snark.md, ezkl.md. A pin is SHA-256 of what it pins, 32 bytes; several
// stand one after the other. Verifications without a pin are operations of their own and unproven.
#include "core/api/operations.hpp"
#include "core/api/zk_steps.hpp"
#include "core/api/zk_values.hpp"
#include "core/hash/sha2.hpp"
#include "core/zk/bn254/precompiles.hpp"
#include "core/zk/ezkl/descriptor.hpp"

#include <array>
#include <optional>

namespace assay::api {
namespace {

std::string judged(const Result<std::string>& value, CheckList checks, TrustLevel trust) noexcept {
    if (!value) {
        checks.failed(PROOF, value.error());
        return failure_text(value.error(), checks);
    }
    checks.passed(PROOF);
    return success_text(*value, checks, trust);
}

void note_no_pin(CheckList& checks) noexcept {
    checks.assumed(PIN, "none was given: the key is taken at face value");
}

/// vk, public, proof.
Result<std::string> snark(const System& system, Fields f) noexcept {
    const auto publics =
        zk::verify_snark(system.equation, {as_text(f[0]), as_text(f[1]), as_text(f[2])});
    if (!publics)
        return publics.error();
    return snark_value(system.name, *publics);
}

std::string snark_verdict(const System& system, Fields f) noexcept {
    CheckList checks;
    const bool pinned = f.size() > 3;
    if (!pinned) {
        note_no_pin(checks);
    } else if (auto refused = refuse_pin(f[3], f.first(1), ErrorCode::ZK_VK_INVALID, checks);
               !refused.empty()) {
        return refused;
    }
    return judged(snark(system, f), std::move(checks),
                  pinned ? TrustLevel::proven : TrustLevel::unproven);
}

/// vk, public, proof, pin of the vk where the operation has one.
template <const System& SYSTEM>
std::string verify_snark(Fields f) noexcept {
    return snark_verdict(SYSTEM, f);
}

Result<std::string> ezkl_files(Fields f, bool pinned) noexcept {
    const auto source = pinned ? zk::ezkl::SourceBuild::refused : zk::ezkl::SourceBuild::tried;
    const auto verified = zk::ezkl::verify_files(f[0], as_text(f[1]), as_text(f[2]), f[3], source);
    if (!verified)
        return verified.error();
    return ezkl_value(verified->circuit, verified->circuit.digests[0], verified->proof);
}

/// Files and, where the operation has one, their pin as the last field.
/// @param key the files at the start that are pinned, as is an srs
std::string ezkl_verdict(Fields f, std::size_t key,
                         Result<std::string> (*read)(Fields, bool pinned)) noexcept {
    CheckList checks;
    const BytesView srs = f[key + 1];
    const bool pinned = f.size() > key + 2;
    if (!pinned) {
        note_no_pin(checks);
    } else {
        std::array<BytesView, 3> files = {f[0], f[1]};
        files[key] = srs;
        const std::span<const BytesView> named{files.data(), key + (srs.empty() ? 0 : 1)};
        if (auto refused = refuse_pin(f.back(), named, ErrorCode::EZKL_VK_MISMATCH, checks);
            !refused.empty())
            return refused;
    }
    return judged(read(f, pinned), std::move(checks),
                  pinned ? TrustLevel::proven : TrustLevel::unproven);
}

/// key, settings, proof, srs (empty: the public ceremony), pins of key, settings and, where one is
/// given, srs. Under a pin a source build needs a descriptor: its key and settings do not settle
/// the constraint system.
std::string verify_ezkl(Fields f) noexcept {
    return ezkl_verdict(f, 2, ezkl_files);
}

/// key, settings, a proof that is known to be good (empty: none), its srs: {"descriptor": hex,
/// "digest"}. Without a proof nothing tells the thread counts apart: the descriptor names all
/// digests. A source build has no version: there a proof is needed, and its maker settles the
/// circuit.
std::string compile_ezkl_key(Fields f) noexcept {
    CheckList checks;
    std::optional<zk::ezkl::Circuit> circuit;
    if (!f[2].empty()) {
        auto verified = zk::ezkl::verify_files(f[0], as_text(f[1]), as_text(f[2]), f[3],
                                               zk::ezkl::SourceBuild::tried);
        if (!verified)
            return failure_text(verified.error(), checks);
        checks.passed(PROOF);
        circuit = std::move(verified->circuit);
    } else {
        const auto settings = zk::ezkl::Settings::parse(as_text(f[1]));
        if (!settings)
            return failure_text(settings.error(), checks);
        const auto good = settings->flags() ? settings->check_limits() : Result<void>::ok();
        if (!good)
            return failure_text(good.error(), checks);
        auto circuits = zk::ezkl::compile(f[0], *settings);
        if (!circuits)
            return failure_text(circuits.error(), checks);
        if (circuits->size() > 1)
            return failure_text({ErrorCode::EZKL_VERSION_UNSUPPORTED, PROOF}, checks);
        circuit = std::move(circuits->front());
    }
    const Bytes descriptor =
        zk::ezkl::write_descriptor({hash::sha256(f[0]), hash::sha256(f[1]), std::move(*circuit)});
    if (const auto good = zk::ezkl::read_descriptor(descriptor); !good)
        return failure_text(good.error(), checks); // beyond what its reader takes
    bytes::JsonWriter value;
    value.object().key("descriptor").hex("", descriptor);
    value.key("digest").hex("0x", hash::sha256(descriptor)).end();
    return success_text(value.take(), checks, TrustLevel::unproven);
}

Result<std::string> ezkl_descriptor(Fields f, bool /*pinned*/) noexcept {
    const auto descriptor = zk::ezkl::read_descriptor(f[0]);
    if (!descriptor)
        return descriptor.error();
    const auto proof = zk::ezkl::Proof::parse(as_text(f[1]));
    if (!proof)
        return proof.error();
    const auto srs = zk::ezkl::Srs::read(f[2]);
    if (!srs)
        return srs.error();
    const auto digest = zk::ezkl::verify(descriptor->circuit, *proof, *srs);
    if (!digest)
        return digest.error();
    return ezkl_value(descriptor->circuit, descriptor->circuit.digests[*digest], *proof);
}

/// descriptor, proof, srs, pins of the descriptor and, where one is given, of the srs.
std::string verify_descriptor(Fields f) noexcept {
    return ezkl_verdict(f, 1, ezkl_descriptor);
}

/// add | mul | pairing, input: {"output": hex} of EIP-196 and EIP-197.
std::string bn254(Fields f) noexcept {
    const std::string_view name = as_text(f[0]);
    Bytes output;
    if (name == "pairing") {
        const auto one = zk::ecpairing(f[1]);
        if (one) {
            output.resize(sizeof(Hash32));
            output.back() = *one ? 1 : 0;
        }
    } else if (name == "add" || name == "mul") {
        const auto point = name == "add" ? zk::ecadd(f[1]) : zk::ecmul(f[1]);
        if (point)
            output.assign(point->begin(), point->end());
    } else {
        return failure_text({ErrorCode::ARGUMENT_INVALID, "operation"}, {});
    }
    if (output.empty())
        return failure_text({ErrorCode::ZK_POINT_INVALID, "input"}, {});
    bytes::JsonWriter value;
    value.object().key("output").hex("", output).end();
    return success_text(value.take(), {}, TrustLevel::unproven);
}

constexpr std::array OPERATIONS = {
    Operation{"bn254", 2, bn254},
    Operation{"verify_groth16", 4, verify_snark<GROTH16>},
    Operation{"verify_groth16_unpinned", 3, verify_snark<GROTH16>},
    Operation{"verify_groth16_batch", 4, groth16_batch},
    Operation{"verify_plonk", 4, verify_snark<PLONK>},
    Operation{"verify_plonk_unpinned", 3, verify_snark<PLONK>},
    Operation{"verify_plonk_batch", 4, plonk_batch},
    Operation{"verify_fflonk", 4, verify_snark<FFLONK>},
    Operation{"verify_fflonk_unpinned", 3, verify_snark<FFLONK>},
    Operation{"verify_fflonk_batch", 4, fflonk_batch},
    Operation{"verify_ezkl", 5, verify_ezkl},
    Operation{"verify_ezkl_unpinned", 4, verify_ezkl},
    Operation{"verify_ezkl_descriptor", 4, verify_descriptor},
    Operation{"verify_ezkl_descriptor_unpinned", 3, verify_descriptor},
    Operation{"verify_ezkl_descriptor_batch", 5, ezkl_batch},
    Operation{"compile_ezkl_key", 4, compile_ezkl_key},
};

} // namespace

const Operation* find_zk_operation(std::string_view name) noexcept {
    return find_in(OPERATIONS, name);
}

} // namespace assay::api
