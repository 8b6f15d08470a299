// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Proofs of computation. snark.md, ezkl.md. A pin is SHA-256 of what it pins, 32 bytes; several
// stand one after the other. Verifications without a pin are operations of their own and unproven.
#include "core/api/operations.hpp"
#include "core/api/zk_steps.hpp"
#include "core/api/zk_values.hpp"
#include "core/base/memo.hpp"
#include "core/hash/sha2.hpp"
#include "core/zk/bn254/precompiles.hpp"
#include "core/zk/ezkl/descriptor.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

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

std::string ezkl_text(const zk::ezkl::Verified& verified) noexcept {
    return ezkl_value(verified.circuit(), verified.digest(), verified.proof);
}

/// What was read of the files of the last proofs that held under a pin, by the kind of files and
/// the pin: a digest names its file here as it does in the pin itself.
using KnownKeys = Memo<Bytes, zk::ezkl::ReadKey, 2>;
KnownKeys& known_keys() noexcept {
    thread_local KnownKeys keys;
    return keys;
}
Bytes name_of(char kind, BytesView pin) noexcept {
    Bytes name(pin.size() + 1);
    name.front() = static_cast<std::uint8_t>(kind);
    std::copy(pin.begin(), pin.end(), name.begin() + 1);
    return name;
}

/// @param pin empty: none
/// @param verify (known key or null) → Result<Verified>
template <class Verify>
Result<std::string> ezkl_known(char kind, BytesView pin, const Verify& verify) noexcept {
    if (pin.empty()) {
        const auto verified = verify(zk::ezkl::KnownKey{});
        return verified ? Result{ezkl_text(*verified)} : verified.error();
    }
    Bytes name = name_of(kind, pin);
    const zk::ezkl::KnownKey known = known_keys().find(name);
    const auto verified = verify(known);
    if (!verified)
        return verified.error();
    if (verified->key != known)
        known_keys().keep(std::move(name), verified->key);
    return ezkl_text(*verified);
}

Result<std::string> ezkl_files(Fields f, BytesView pin) noexcept {
    const auto source = pin.empty() ? zk::ezkl::SourceBuild::tried : zk::ezkl::SourceBuild::refused;
    return ezkl_known('f', pin, [&](zk::ezkl::KnownKey known) {
        return zk::ezkl::verify_files(f[0], as_text(f[1]), as_text(f[2]), f[3], source,
                                      std::move(known));
    });
}

/// Files and, where the operation has one, their pin as the last field.
/// @param key the files at the start that are pinned, as is an srs
std::string ezkl_verdict(Fields f, std::size_t key,
                         Result<std::string> (*read)(Fields, BytesView pin)) noexcept {
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
    return judged(read(f, pinned ? f.back() : BytesView{}), std::move(checks),
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
        const auto verified = zk::ezkl::verify_files(f[0], as_text(f[1]), as_text(f[2]), f[3],
                                                     zk::ezkl::SourceBuild::tried);
        if (!verified)
            return failure_text(verified.error(), checks);
        checks.passed(PROOF);
        circuit = verified->circuit();
        circuit->digests = {verified->digest()};
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

Result<zk::ezkl::Verified> verify_under_descriptor(Fields f, zk::ezkl::KnownKey known) noexcept {
    zk::ezkl::ReadKey read;
    if (!known) {
        auto descriptor = zk::ezkl::read_descriptor(f[0]);
        if (!descriptor)
            return descriptor.error();
        read.circuits.push_back(std::move(descriptor->circuit));
    }
    auto proof = zk::ezkl::Proof::parse(as_text(f[1]));
    if (!proof)
        return proof.error();
    if (!known) {
        auto srs = zk::ezkl::Srs::read(f[2]);
        if (!srs)
            return srs.error();
        read.srs = *std::move(srs);
        known = std::make_shared<const zk::ezkl::ReadKey>(std::move(read));
    }
    return zk::ezkl::verify(std::move(known), *std::move(proof));
}

Result<std::string> ezkl_descriptor(Fields f, BytesView pin) noexcept {
    return ezkl_known('d', pin, [&](zk::ezkl::KnownKey known) {
        return verify_under_descriptor(f, std::move(known));
    });
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
