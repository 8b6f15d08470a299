// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A reply under every profile, as JSON and as a stream; the stream also in pieces, which must say
// the same. The first byte is the size of a piece.
#include "core/base/bytes_view.hpp"
#include "core/receipt/output.hpp"
#include "core/receipt/reply.hpp"
#include "core/receipt/stream_reader.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace assay;
using namespace assay::receipt;

constexpr int PROFILES = 9;

/// All that a reply says, as text.
std::string summary(Result<Reply> reply) {
    if (!reply) {
        return std::string{info(reply.error().code).name} + std::string{reply.error().path.view()};
    }
    std::string out = std::to_string(reply->fields.timestamp) + reply->text + "|" + reply->calls +
                      "|" + reply->statement;
    for (const Tools tools : {Tools::absent, Tools::present}) {
        Reply copy = *reply;
        const auto output = select_output(copy, tools);
        if (!output) {
            out += info(output.error().code).name;
            continue;
        }
        NotCovered paths;
        std::move(copy.unbound).report(output->kind, paths);
        for (const std::string& path : paths.sorted()) {
            out += "|" + path;
        }
        if (tools == Tools::present && is_tool_call_list(output->text)) {
            out += "|ambiguous";
        }
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::size_t step = std::size_t{data[0]} + 1;
    const std::string_view text = as_text({data + 1, size - 1});
    for (int i = 0; i < PROFILES; ++i) {
        const auto profile = static_cast<Profile>(i);
        (void) summary(read_reply(text, profile, ResponseIs::json));
        StreamReader reader{profile};
        for (std::size_t at = 0; at < text.size(); at += step) {
            reader.push(text.substr(at, step));
        }
        if (summary(reader.finish()) != summary(read_reply(text, profile, ResponseIs::stream))) {
            std::abort();
        }
    }
    return 0;
}
