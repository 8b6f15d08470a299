// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Writes the family ezkl/ of own vectors: proofs that hold, under a ceremony whose secret is known
// (ezkl_sample.hpp). With --check it compares instead and ends with status 1 on a difference.
//   assay_make_ezkl [--check] tests/vectors
#include "core/bytes/hex.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/hash/sha2.hpp"
#include "core/zk/ezkl/descriptor.hpp"

#include "tests/unit/zk/ezkl_sample.hpp"
#include "tests/vectors/generate/files.hpp"

#include <string>
#include <utility>

namespace {

using namespace assay;

constexpr std::size_t OTHER_THREADS = 1;
const std::string FOLDER = "generated/";

struct Row {
    const char* proof;
    std::size_t digest; ///< of the circuit's
    const char* expect;
};

std::string text_of(BytesView bytes) {
    return std::string{as_text(bytes)};
}

test::Files make() {
    const auto sample = test::ezkl_sample();
    const auto other = test::ezkl_sample(test::EZKL_SECRET, OTHER_THREADS);
    zk::ezkl::Proof wrong = sample.proof;
    wrong.instances.front()[0] += 1;
    test::Files files = {
        {"vk.key", text_of(sample.key)},
        {"settings.json", std::string{test::EZKL_SETTINGS}},
        {"sample.srs", text_of(test::ezkl_srs_file())},
        {"proof.json", text_of(test::ezkl_proof_file(sample.proof))},
        {"other_threads.json", text_of(test::ezkl_proof_file(other.proof))},
        {"other_instance.json", text_of(test::ezkl_proof_file(wrong))},
    };
    const auto digest_of = [&files](const char* name) {
        return hash::sha256(as_bytes(files[name]));
    };
    // Compiled without a proof: it holds the digests of all thread counts.
    files["descriptor.bin"] = text_of(zk::ezkl::write_descriptor(
        {digest_of("vk.key"), digest_of("settings.json"), sample.circuit}));
    bytes::JsonWriter out;
    out.object().key("entries").array();
    for (const Row& row :
         {Row{"proof.json", 0, "OK"}, Row{"other_threads.json", OTHER_THREADS, "OK"},
          Row{"other_instance.json", 0, "EZKL_PROOF_INVALID"}}) {
        out.object().key("id").string(row.proof).key("kind").string("generated");
        out.key("expect").string(row.expect);
        for (const auto& [name, file] : {std::pair{"vk", "vk.key"},
                                         {"settings", "settings.json"},
                                         {"proof", row.proof},
                                         {"srs", "sample.srs"}})
            out.key(name).string(FOLDER + file);
        Hash32 digest;
        math::write_big_endian(zk::number_of(sample.circuit.digests[row.digest]), digest);
        out.key("vk_digest").hex("0x", digest);
        out.key("sha256").object();
        for (const auto& [name, file] :
             {std::pair{"vk", "vk.key"}, {"settings", "settings.json"}, {"srs", "sample.srs"}})
            out.key(name).hex("", digest_of(file));
        out.end().end();
    }
    test::Files named;
    for (auto& [name, file] : files)
        named["ezkl/" + FOLDER + name] = std::move(file);
    named["ezkl/index.json"] = out.end().end().take() + "\n";
    return named;
}

} // namespace

int main(int argc, char** argv) {
    return test::write_or_check(argc, argv, "assay_make_ezkl", make);
}
