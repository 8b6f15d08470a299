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

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace {

using namespace assay;

using Files = std::map<std::string, Bytes>;

constexpr std::size_t OTHER_THREADS = 1;
const std::string FOLDER = "generated/";

struct Row {
    const char* proof;
    std::size_t digest; ///< of the circuit's
    const char* expect;
};

Bytes bytes_of(std::string_view text) {
    const BytesView view = as_bytes(text);
    return {view.begin(), view.end()};
}

Files make() {
    const auto sample = test::ezkl_sample();
    const auto other = test::ezkl_sample(test::EZKL_SECRET, OTHER_THREADS);
    zk::ezkl::Proof wrong = sample.proof;
    wrong.instances.front()[0] += 1;
    Files files = {
        {"vk.key", sample.key},
        {"settings.json", bytes_of(test::EZKL_SETTINGS)},
        {"sample.srs", test::ezkl_srs_file()},
        {"proof.json", test::ezkl_proof_file(sample.proof)},
        {"other_threads.json", test::ezkl_proof_file(other.proof)},
        {"other_instance.json", test::ezkl_proof_file(wrong)},
    };
    // Compiled without a proof: it holds the digests of all thread counts.
    files["descriptor.bin"] = zk::ezkl::write_descriptor(
        {hash::sha256(files["vk.key"]), hash::sha256(files["settings.json"]), sample.circuit});
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
            out.key(name).hex("", hash::sha256(files[file]));
        out.end().end();
    }
    Files named;
    for (auto& [name, file] : files)
        named[FOLDER + name] = std::move(file);
    named["index.json"] = bytes_of(out.end().end().take() + "\n");
    return named;
}

Bytes read(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

} // namespace

int main(int argc, char** argv) {
    const bool check = argc > 1 && std::strcmp(argv[1], "--check") == 0;
    if (argc != (check ? 3 : 2))
        return 2;
    const std::filesystem::path folder = std::filesystem::path{argv[argc - 1]} / "ezkl";
    int status = 0;
    const Files files = make();
    for (const auto& [name, file] : files) {
        if (!check) {
            std::filesystem::create_directories((folder / name).parent_path());
            std::ofstream{folder / name, std::ios::binary} << as_text(file);
        } else if (read(folder / name) != file) {
            std::fprintf(stderr, "%s differs from what assay_make_ezkl writes\n", name.c_str());
            status = 1;
        }
    }
    std::printf("%zu files\n", files.size());
    return status;
}
