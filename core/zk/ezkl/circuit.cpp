// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/zk/ezkl/circuit.hpp"

#include "core/zk/ezkl/key.hpp"

#include <algorithm>
#include <optional>

namespace assay::zk::ezkl {
namespace {

/// Thread counts whose trees of §3.7 are tried, likely ones first.
constexpr std::array<unsigned, 6> THREADS = {4, 1, 2, 0, 8, 16};

std::vector<PublicTensor> tensors_of(const Settings& settings) noexcept {
    std::vector<std::int64_t> scales;
    if (settings.input == Visibility::open)
        scales = settings.input_scales;
    if (settings.output == Visibility::open)
        scales.insert(scales.end(), settings.output_scales.begin(), settings.output_scales.end());
    if (scales.size() != settings.shapes.size())
        return {};
    std::vector<PublicTensor> out;
    for (std::size_t i = 0; i < scales.size(); ++i)
        out.push_back({settings.shapes[i], scales[i]});
    return out;
}

bool has_wide_tables(const Settings& settings) noexcept {
    return (!settings.lookups.empty() && settings.table_columns(settings.lookup_range) > 1) ||
           std::any_of(settings.ranges.begin(), settings.ranges.end(),
                       [&](const Range& range) { return settings.table_columns(range) > 1; });
}

Result<Circuit> compile_with(BytesView file, const KeyHead& head, const Settings& settings,
                             const Flags& flags, std::uint64_t& budget) noexcept {
    Circuit out;
    SelectorGroups groups; // none only where there are no selectors
    for (const unsigned threads : THREADS) {
        auto system = build(settings, flags, threads);
        if (!system)
            return system.error();
        auto key = read_layout(file, head, *system);
        if (!key)
            return key.error();
        if (groups.empty()) {
            auto grouped = group_selectors(*system, *key);
            if (!grouped)
                return grouped.error();
            groups = *std::move(grouped);
        }
        replace_selectors(*system, groups, key->compressed);
        if (system->columns[static_cast<std::size_t>(ColumnKind::fixed)] > MAX_FIXED)
            return Error{ErrorCode::ZK_LIMIT, "settings"};
        if (head.fixed != system->columns[static_cast<std::size_t>(ColumnKind::fixed)])
            return Error{ErrorCode::EZKL_VK_MISMATCH, "key"};
        if (out.fixed.empty() && out.sigma.empty()) {
            if (const auto good = read_points(file, head, *key); !good)
                return good.error();
        } else {
            key->fixed = out.fixed;
            key->sigma = out.sigma;
        }
        const auto digest = key_digest(*system, *key, budget);
        if (!digest)
            return digest.error();
        if (std::none_of(out.digests.begin(), out.digests.end(),
                         [&](const Fr& each) { return equal(each, *digest); }))
            out.digests.push_back(*digest);
        if (out.k != 0)
            continue; // the trees differ, the polynomials do not
        out.k = settings.k;
        out.degree = system->degree();
        out.columns = system->columns;
        out.queries = std::move(system->queries);
        out.expressions = std::move(system->expressions);
        out.gates = std::move(system->gates);
        out.arguments = std::move(system->arguments);
        out.permutation = std::move(system->permutation);
        out.fixed = std::move(key->fixed);
        out.sigma = std::move(key->sigma);
        // A hash of the output stands after the inputs: then what comes where is not said at all.
        if (!is_hashed(settings.output) || settings.shapes.empty()) {
            out.hashes = settings.poseidon_instances;
            out.tensors = tensors_of(settings);
        }
        out.instances = settings.instance_count();
        out.version = settings.version;
        if (!has_wide_tables(settings))
            break;
    }
    return out;
}

} // namespace

Result<std::vector<Circuit>> compile(BytesView file, const Settings& settings) noexcept {
    const auto flags = settings.flags();
    if (!flags)
        return flags.error();
    const auto head = KeyHead::read(file, settings.k);
    if (!head)
        return head.error();
    std::vector<Circuit> out;
    std::optional<Error> first;
    std::uint64_t budget = DIGEST_TEXT_BYTES;
    for (const Flags& each : *flags) {
        auto circuit = compile_with(file, *head, settings, each, budget);
        if (circuit)
            out.push_back(std::move(*circuit));
        else if (circuit.error().code == ErrorCode::ZK_LIMIT)
            return circuit.error(); // what was not looked at might fit as well
        else if (!first)
            first = circuit.error();
    }
    if (out.empty())
        return first.value_or(ErrorCode::EZKL_MALFORMED);
    return out;
}

} // namespace assay::zk::ezkl
