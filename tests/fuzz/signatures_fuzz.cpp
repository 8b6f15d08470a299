// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The first byte chooses an operation on signatures, the rest becomes its fields: each as long as
// the operation expects where there are bytes enough, the last one takes what is left. Nothing but
// a signature's codes may come out, and the usage code of an address that is none.
#include "core/api/operations.hpp"
#include "core/signatures/secp256k1.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

struct Call {
    std::string_view operation;
    std::array<std::size_t, 3> lengths; ///< of the leading fields; 0 = what is left
    std::string_view mode;              ///< the last field; empty: there is none
};

constexpr std::array CALLS = {
    Call{"verify_ecdsa", {33, 32, 64}, "strict"},
    Call{"verify_ecdsa", {65, 32, 64}, "malleable"},
    Call{"verify_ecdsa_der", {65, 32, 0}, "strict"},
    Call{"recover_address", {32, 65, 0}, "malleable"},
    Call{"verify_schnorr", {32, 32, 64}, ""},
    Call{"verify_ed25519", {32, 16, 64}, "rfc8032"},
    Call{"verify_ed25519", {32, 16, 64}, "zip215"},
    Call{"verify_p256", {65, 16, 64}, ""},
    Call{"verify_p384", {97, 16, 96}, ""},
    Call{"verify_rsa_pss", {294, 16, 0}, ""},
    Call{"verify_rsa_pkcs1", {294, 16, 0}, ""},
    Call{"verify_message", {16, 65, 20}, "strict"},
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    if (size == 0) {
        return 0;
    }
    const Call& call = CALLS[data[0] % CALLS.size()];
    BytesView rest{data + 1, size - 1};
    const api::Operation* operation = api::find_operation(call.operation);
    if (operation == nullptr) {
        std::abort();
    }
    std::array<BytesView, 4> fields{};
    const std::size_t leading = operation->fields - (call.mode.empty() ? 0 : 1);
    for (std::size_t i = 0; i < leading; ++i) {
        const std::size_t wanted = call.lengths[i];
        const std::size_t length = wanted == 0 || wanted > rest.size() ? rest.size() : wanted;
        fields[i] = rest.first(length);
        rest = rest.subspan(length);
    }
    if (!call.mode.empty()) {
        fields[leading] = as_bytes(call.mode);
    }
    const std::string verdict = operation->run(api::Fields{fields}.first(operation->fields));
    constexpr std::size_t ADDRESS = 2;
    if (call.operation == "verify_message" &&
        fields[ADDRESS].size() != sizeof(signatures::Address)) {
        if (!verdict.starts_with(R"({"ok":false,"code":"ARGUMENT_INVALID")"))
            std::abort();
        return 0;
    }
    constexpr std::array<std::string_view, 4> ANSWERS = {
        R"({"ok":true,)", R"({"ok":false,"code":"SIGNATURE_MALFORMED")",
        R"({"ok":false,"code":"SIGNATURE_INVALID")",
        R"({"ok":false,"code":"SIGNATURE_UNSUPPORTED")"};
    for (const std::string_view answer : ANSWERS) {
        if (verdict.starts_with(answer)) {
            return 0;
        }
    }
    std::abort();
}
