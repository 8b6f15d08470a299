// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/zk_steps.hpp"

#include "core/api/zk_values.hpp"
#include "core/bytes/reader.hpp"
#include "core/hash/keccak256.hpp"
#include "core/hash/sha2.hpp"
#include "core/zk/ezkl/descriptor.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace assay::api {
namespace {

/// The fields of many calls in one, each a u32 little-endian length and as many bytes.
/// @return nothing for another form and for more than MAX_ITEMS.
constexpr std::size_t MAX_ITEMS = 8192;
std::vector<BytesView> split_items(BytesView list) noexcept {
    bytes::Reader reader{list};
    std::vector<BytesView> out;
    while (!reader.at_end()) {
        const auto length = reader.little_endian(sizeof(std::uint32_t));
        const auto item = length ? reader.take(*length) : std::nullopt;
        if (!item || out.size() == MAX_ITEMS)
            return {};
        out.push_back(*item);
    }
    return out;
}

/// The seed of a batch's weights: the caller's entropy and everything that is verified.
Result<Hash32> seed_of(BytesView entropy, Fields rest) noexcept {
    if (entropy.size() != sizeof(Hash32))
        return Error{ErrorCode::ARGUMENT_INVALID, "entropy"};
    hash::Keccak256 hash;
    hash.update(entropy);
    for (const BytesView each : rest)
        hash.update(hash::sha256(each));
    return hash.finish();
}

/// The proofs of a batch, which share a key.
class Items {
public:
    Items() = default;
    Items(const Items&) = delete;
    Items& operator=(const Items&) = delete;
    virtual ~Items() = default;
    /// @return the value of one, and what must hold for it.
    virtual Result<std::string> read(std::size_t index, zk::Equation& equation) noexcept = 0;
};

/// Whether the equations of items @p from to before @p end hold, all of which can be read.
bool all_hold(Items& items, std::size_t from, std::size_t end, const Hash32& seed) noexcept {
    zk::Combination all{seed};
    for (; from < end; ++from) {
        zk::Equation equation;
        static_cast<void>(items.read(from, equation));
        all.add(equation);
    }
    return std::move(all).holds();
}

/// Judges each item by itself but for its equation, then all equations at once; when those do not
/// hold the first that does not is found by halves.
std::string judge(Items& items, std::size_t count, const Hash32& seed, ErrorCode invalid,
                  CheckList& checks) noexcept {
    const auto fail = [&](ErrorCode code, std::size_t index) {
        const Error error{code, '[' + std::to_string(index) + ']'};
        checks.failed(PROOF, error);
        return failure_text(error, checks);
    };
    zk::Combination all{seed};
    bytes::JsonWriter value;
    value.object().key("items").array();
    ErrorCode unreadable{};
    std::size_t end = 0; // of those that can be read
    for (; end < count; ++end) {
        zk::Equation equation;
        const auto item = items.read(end, equation);
        if (!item) {
            unreadable = item.error().code;
            break;
        }
        all.add(equation);
        value.raw(*item);
    }
    if (!std::move(all).holds()) {
        std::size_t first = 0;
        for (std::size_t last = end; last - first > 1;) {
            const std::size_t middle = first + (last - first) / 2;
            (all_hold(items, first, middle, seed) ? first : last) = middle;
        }
        return fail(invalid, first);
    }
    if (end < count)
        return fail(unreadable, end);
    checks.passed(PROOF);
    return success_text(value.end().end().take(), checks, TrustLevel::proven);
}

std::string snark_batch(const System& system, Fields f) noexcept {
    CheckList checks;
    const auto refuse = [&](const Error& error) { return failure_text(error, checks); };
    if (auto refused = refuse_pin(f[1], f.first(1), ErrorCode::ZK_VK_INVALID, checks);
        !refused.empty())
        return refused;
    const auto items = split_items(f[3]);
    if (items.empty() || items.size() % 2 != 0)
        return refuse({ErrorCode::ARGUMENT_INVALID, "batch"});
    const auto seed = seed_of(f[2], f);
    if (!seed)
        return refuse(seed.error());
    class Proofs final : public Items {
    public:
        Proofs(const System& system, BytesView key, const std::vector<BytesView>& items) noexcept
            : system_{system}, key_{key}, items_{items} {}
        Result<std::string> read(std::size_t index, zk::Equation& equation) noexcept override {
            auto claim = system_.equation(
                {as_text(key_), as_text(items_[2 * index]), as_text(items_[2 * index + 1])});
            if (!claim)
                return claim.error();
            equation = std::move(claim->equation);
            return snark_value(system_.name, claim->publics);
        }

    private:
        const System& system_;
        BytesView key_;
        const std::vector<BytesView>& items_;
    } proofs{system, f[0], items};
    return judge(proofs, items.size() / 2, *seed, ErrorCode::ZK_PROOF_INVALID, checks);
}

} // namespace

std::string refuse_pin(BytesView pin, std::span<const BytesView> files, ErrorCode mismatch,
                       CheckList& checks) noexcept {
    const auto refuse = [&](ErrorCode code) {
        const Error error{code, PIN};
        checks.failed(PIN, error);
        return failure_text(error, checks);
    };
    if (pin.size() != sizeof(Hash32) * files.size())
        return refuse(ErrorCode::POLICY_INVALID);
    for (const BytesView file : files) {
        const Hash32 digest = hash::sha256(file);
        if (!std::equal(digest.begin(), digest.end(), pin.begin()))
            return refuse(mismatch);
        pin = pin.subspan(sizeof(Hash32));
    }
    checks.passed(PIN);
    return {};
}

std::string groth16_batch(Fields f) noexcept {
    return snark_batch(GROTH16, f);
}
std::string plonk_batch(Fields f) noexcept {
    return snark_batch(PLONK, f);
}
std::string fflonk_batch(Fields f) noexcept {
    return snark_batch(FFLONK, f);
}

std::string ezkl_batch(Fields f) noexcept {
    CheckList checks;
    const auto refuse = [&](const Error& error) { return failure_text(error, checks); };
    const std::span<const BytesView> pinned = f.first(f[1].empty() ? 1U : 2U);
    if (auto refused = refuse_pin(f[2], pinned, ErrorCode::EZKL_VK_MISMATCH, checks);
        !refused.empty())
        return refused;
    auto descriptor = zk::ezkl::read_descriptor(f[0]);
    if (!descriptor)
        return refuse(descriptor.error());
    zk::ezkl::Circuit& circuit = descriptor->circuit;
    const auto srs = zk::ezkl::Srs::read(f[1]);
    if (!srs)
        return refuse(srs.error());
    const auto items = split_items(f[4]);
    if (items.empty())
        return refuse({ErrorCode::ARGUMENT_INVALID, "batch"});
    const auto seed = seed_of(f[3], f);
    if (!seed)
        return refuse(seed.error());
    class Proofs final : public Items {
    public:
        Proofs(zk::ezkl::Circuit& circuit, const zk::ezkl::Srs& srs,
               const std::vector<BytesView>& items) noexcept
            : circuit_{circuit}, srs_{srs}, items_{items} {}
        Result<std::string> read(std::size_t index, zk::Equation& equation) noexcept override {
            const auto proof = zk::ezkl::Proof::parse(as_text(items_[index]));
            if (!proof)
                return proof.error();
            auto& digests = circuit_.digests;
            if (digests.size() > 1) { // which is its own shows only in its equation
                const auto digest = zk::ezkl::verify(circuit_, *proof, srs_);
                if (!digest)
                    return digest.error();
                std::swap(digests.front(), digests[*digest]); // the next is tried under it first
            } else {
                auto claim = zk::ezkl::equation_of(circuit_, *proof, srs_);
                if (!claim)
                    return claim.error();
                equation = *std::move(claim);
            }
            return ezkl_value(circuit_, digests.front(), *proof);
        }

    private:
        zk::ezkl::Circuit& circuit_;
        const zk::ezkl::Srs& srs_;
        const std::vector<BytesView>& items_;
    } proofs{circuit, *srs, items};
    return judge(proofs, items.size(), *seed, ErrorCode::EZKL_PROOF_INVALID, checks);
}

} // namespace assay::api
