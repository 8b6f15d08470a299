// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// An EZKL proof that holds, made here under a ceremony whose secret is known: every value in it is
// arbitrary, and the last point makes the equation hold. No prover could do so under a real one.
#pragma once

#include "core/zk/ezkl/key.hpp"
#include "core/zk/ezkl/verifier.hpp"

#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace assay::test {

struct EzklSample {
    Bytes key;                 ///< vk.key
    zk::ezkl::Circuit circuit; ///< of it and EZKL_SETTINGS: several digests fit
    zk::ezkl::Srs srs;
    zk::ezkl::Proof proof;
    std::size_t first_scalar; ///< offset
};

inline constexpr zk::Number EZKL_SECRET{0x5eed, 0xfeed, 0xbeef, 0x1234};

/// settings.json of all samples. A table of several columns: the prover's threads change the
/// digest.
inline constexpr std::string_view EZKL_SETTINGS =
    R"({"run_args":{"logrows":6,"num_inner_cols":2,"lookup_range":[-128,127],)"
    R"("input_visibility":"Private","output_visibility":"Public","param_visibility":"Private"},)"
    R"("total_assignments":40,"total_const_size":8,"module_sizes":{"poseidon":[0,[0]]},)"
    R"("required_lookups":["ReLU"],"model_instance_shapes":[[1,4]],)"
    R"("model_input_scales":[],"model_output_scales":[7],"version":"21.0.0"})";

/// @param secret of the ceremony
/// @param digest which of the circuit's digests the prover had
[[nodiscard]] EzklSample ezkl_sample(const zk::Number& secret = EZKL_SECRET,
                                     std::size_t digest = 0);

/// The files of a sample: proof.json, and the ceremony's.
[[nodiscard]] Bytes ezkl_proof_file(const zk::ezkl::Proof& proof);
[[nodiscard]] Bytes ezkl_srs_file(const zk::Number& secret = EZKL_SECRET);

/// The pins of these files as an operation takes them: their SHA-256, one after the other.
[[nodiscard]] Bytes ezkl_pins(std::initializer_list<BytesView> files);

/// The generator of G1, times @p multiple.
[[nodiscard]] zk::G1 ezkl_point(std::uint64_t multiple);

/// The points that a proof is verified with.
[[nodiscard]] zk::ezkl::Srs ezkl_ceremony(const zk::Number& secret);

} // namespace assay::test
