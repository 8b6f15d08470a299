// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A stream in chunks says what the whole text says, wherever the chunks end.
#include "core/hash/keccak256.hpp"
#include "core/receipt/receipt.hpp"
#include "core/receipt/stream_reader.hpp"

#include "tests/unit/receipt/sample.hpp"
#include "tests/unit/support/codes.hpp"
#include "tests/unit/support/rsa_signer.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

namespace assay::receipt {
namespace {

using test::Call;
using test::outcome;

/// Everything that a reply says, as one text.
std::string summary(Result<Reply> reply) {
    if (!reply)
        return outcome(reply) + " " + std::string{reply.error().path.view()};
    const auto fault = [](const std::optional<Error>& error) {
        return error ? std::string{info(error->code).name} + " " + std::string{error->path.view()}
                     : "-";
    };
    std::string out = std::to_string(reply->fields.timestamp) + "|" + fault(reply->fault) + "|" +
                      reply->text + "|" + reply->calls;
    for (const OutputKind kind : {OutputKind::text, OutputKind::tool_calls}) {
        UnboundMembers unbound = reply->unbound;
        NotCovered paths;
        std::move(unbound).report(kind, paths);
        for (const std::string& path : paths.sorted())
            out += "|" + path;
    }
    return out;
}

std::string in_pieces(std::string_view text, std::size_t first, std::size_t size) {
    StreamReader reader{Profile::gw_stripped};
    reader.push(text.substr(0, first));
    for (std::size_t at = first; at < text.size(); at += size)
        reader.push(text.substr(at, size));
    return summary(reader.finish());
}

std::vector<std::string> streams() {
    const Call call = test::call_with_tools();
    const std::vector<std::string> frames = {
        R"({"id":"1","choices":[{"index":0,"delta":{"role":"assistant","content":"é"}}]})",
        R"({"choices":[{"delta":{"content":["\ud83d\ude00",{"text":"b","cite":1}]}}]})",
        R"({"choices":[{"delta":{"tool_calls":[{"index":1,"id":"i","x":1},{"function":{"name":"f"}}]}}]})",
        R"({"choices":[],"usage":{"n":1}})"};
    const std::string final_members =
        R"("choices":[{"delta":{"content":""},"finish_reason":"tool_calls"}],)";
    const std::string text = test::stream_reply(call, frames, final_members, "O");
    std::string mixed =
        ": comment\r\nevent: x\rdata:\t{\"a\":1} \r\n\r\n" + text + "data: {\"z\":1}";
    std::string broken = text;
    broken.insert(broken.find("usage"), "\"");
    const std::string fault =
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":-1}]}}]}\n" + text;
    const std::string marked = "\xef\xbb\xbf" + text;
    return {text, mixed, broken, fault, marked, text + text, "data", "", "data: [DONE]"};
}

TEST_CASE("chunks may end anywhere", "[stream]") {
    for (const std::string& text : streams()) {
        const std::string whole =
            summary(read_reply(text, Profile::gw_stripped, ResponseIs::stream));
        for (std::size_t at = 0; at <= text.size(); ++at) {
            INFO(text << " cut at " << at);
            REQUIRE(in_pieces(text, at, text.size() + 1) == whole);
        }
        for (const std::size_t size : {1, 2, 3, 5, 16})
            CHECK(in_pieces(text, size, size) == whole);
    }
}

TEST_CASE("the samples reach what they are for", "[stream]") {
    const auto texts = streams();
    CHECK(in_pieces(texts[0], 9, 9).find("response.tool_calls[].*") != std::string::npos);
    CHECK(in_pieces(texts[0], 9, 9).find("response.content[].*") != std::string::npos);
    CHECK(in_pieces(texts[0], 9, 9).find(R"("id": "i")") != std::string::npos);
    CHECK(in_pieces(texts[1], 9, 9).find("response.z") != std::string::npos);
    CHECK(in_pieces(texts[2], 9, 9).starts_with("RECEIPT_BAD_FIELD frame 3: offset"));
    CHECK(in_pieces(texts[3], 9, 9).find("|RECEIPT_BAD_FIELD frame 0") != std::string::npos);
    CHECK(in_pieces(texts[5], 9, 9) == "RECEIPT_BAD_FIELD second final frame");
}

TEST_CASE("a text that is not kept is handed out and hashed", "[stream]") {
    for (const std::string& text : streams()) {
        const auto whole = read_reply(text, Profile::gw_stripped, ResponseIs::stream);
        for (const std::size_t size : {std::size_t{1}, std::size_t{7}, text.size() + 1}) {
            INFO(text << " by " << size);
            StreamReader reader{Profile::gw_stripped, Keep::hash};
            std::string added;
            for (std::size_t at = 0; at < text.size(); at += size) {
                reader.push(std::string_view{text}.substr(at, size));
                added += reader.added();
            }
            reader.end();
            added += reader.added();
            auto reply = reader.finish();
            REQUIRE(outcome(reply) == outcome(whole));
            if (!reply)
                continue;
            REQUIRE(added == whole->text);
            REQUIRE(reply->hashed);
            const Hash32 hash = reply->hashed->hash.update(as_bytes(reply->text)).finish();
            REQUIRE(hash == hash::keccak256(as_bytes(whole->text)));
            REQUIRE(reply->calls == whole->calls);
        }
    }
}

TEST_CASE("a receipt stream verifies what came", "[stream]") {
    Call call;
    const std::string text = test::stream_reply(
        call, {R"({"choices":[{"delta":{"content":"Hi."},"index":0}]})"}, "", "Hi.");
    const Bytes key = test::rsa_spki();
    const auto finish = [&](std::string_view given, std::string_view request) {
        ReceiptStream stream{Profile::gw_stripped, request};
        for (const char& byte : given)
            stream.push({&byte, 1});
        CheckList checks;
        return stream.finish({key}, call.freshness, call.now, checks);
    };
    const auto receipt = finish(text, call.request);
    REQUIRE(receipt);
    CHECK(receipt->output() == "Hi.");
    CHECK(receipt->not_covered() == std::vector<std::string>{"response.index"});
    CHECK(outcome(finish(text, "{}")) == "RECEIPT_REQUEST_UNSUPPORTED");
    CHECK(outcome(finish(std::string_view{text}.substr(0, text.size() / 2), call.request)) ==
          "RECEIPT_BAD_FIELD");
}

TEST_CASE("lines that are no frames take no room", "[stream]") {
    StreamReader reader{Profile::gw_stripped};
    const std::string comment(1 << 16, ':');
    for (int i = 0; i < 4096; ++i)
        reader.push(comment); // one line of 256 MiB
    reader.push("\ndata: {\"tee_x\":1}");
    CHECK(summary(reader.finish()) == "RECEIPT_BAD_FIELD tee_id");
}

TEST_CASE("the slots of a stream are bounded", "[stream][negative]") {
    StreamReader reader{Profile::gw_stripped};
    for (int i = 0; i < 66; ++i) {
        std::string frame = "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{}";
        for (int j = 0; j < 1000; ++j)
            frame += ",{\"index\":" + std::to_string(1000 * i + j) + "}";
        reader.push(frame + "]}}]}\n");
    }
    std::string fields = test::stream_reply(Call{}, {}, "", "");
    reader.push(fields);
    const auto reply = reader.finish();
    REQUIRE(reply);
    REQUIRE(reply->fault);
    CHECK(reply->fault->code == ErrorCode::INPUT_LIMIT);
}

} // namespace
} // namespace assay::receipt
