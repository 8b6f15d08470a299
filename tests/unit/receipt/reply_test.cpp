// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/reply.hpp"

#include "tests/unit/support/codes.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace assay::receipt {
namespace {

using test::outcome;

constexpr const char* HASH = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";

/// The five fields as text, one of them replaced by @p value (JSON text).
std::string fields(std::string_view name = {}, std::string_view value = {}) {
    const std::string hash = "\"" + std::string{HASH} + "\"";
    std::string out;
    for (const std::string_view field : RECEIPT_FIELD_NAMES) {
        std::string text = field == "tee_signature" ? "\"AAAA\"" : hash;
        if (field == "tee_timestamp")
            text = "7";
        if (field == name)
            text = value;
        out += (out.empty() ? "\"" : ",\"") + std::string{field} + "\":" + text;
    }
    return out;
}

std::string read_json(std::string_view members) {
    const std::string text = "{" + std::string{members} + "}";
    return outcome(read_reply(text, Profile::gw_stripped, ResponseIs::json));
}

std::string read_stream(std::string_view text) {
    return outcome(read_reply(text, Profile::gw_stripped, ResponseIs::stream));
}

TEST_CASE("a reply has five fields", "[reply]") {
    CHECK(read_json(fields()) == "OK");
    CHECK(read_json("") == "RECEIPT_BAD_FIELD");
    const std::string all = fields();
    for (const std::string_view name : RECEIPT_FIELD_NAMES) {
        std::string text = all;
        text.replace(text.find(name), 1, "T"); // a member of another name
        CHECK(read_json(text) == "RECEIPT_BAD_FIELD");
    }
}

TEST_CASE("hashes are 64 digits with or without 0x", "[reply]") {
    const std::string digits = HASH;
    for (const char* name : {"tee_id", "tee_request_hash", "tee_output_hash"}) {
        CHECK(read_json(fields(name, "\"0x" + digits + "\"")) == "OK");
        for (const char* bad : {"\"\"", "\"0x\"", "null", "7", "[]"})
            CHECK(read_json(fields(name, bad)) == "RECEIPT_BAD_FIELD");
        CHECK(read_json(fields(name, "\"0X" + digits + "\"")) == "RECEIPT_BAD_FIELD");
        CHECK(read_json(fields(name, "\"0x0x" + digits.substr(2) + "\"")) == "RECEIPT_BAD_FIELD");
        CHECK(read_json(fields(name, "\"" + digits.substr(1) + "\"")) == "RECEIPT_BAD_FIELD");
        CHECK(read_json(fields(name, "\"" + digits + "0\"")) == "RECEIPT_BAD_FIELD");
        CHECK(read_json(fields(name, "\"g" + digits.substr(1) + "\"")) == "RECEIPT_BAD_FIELD");
    }
}

TEST_CASE("a timestamp is an integer below 2^64, as number or text", "[reply]") {
    const auto read = [](std::string_view value) {
        const std::string text = "{" + fields("tee_timestamp", value) + "}";
        const auto reply = read_reply(text, Profile::gw_stripped, ResponseIs::json);
        return reply ? std::to_string(reply->fields.timestamp) : outcome(reply);
    };
    CHECK(read("0") == "0");
    CHECK(read("-0") == "0");
    CHECK(read("\"0\"") == "0");
    CHECK(read("18446744073709551615") == "18446744073709551615");
    CHECK(read("\"18446744073709551615\"") == "18446744073709551615");
    for (const char* bad : {"18446744073709551616",
                            "\"18446744073709551616\"",
                            "99999999999999999999",
                            "100000000000000000000",
                            "-1",
                            "1.0",
                            "1e3",
                            "true",
                            "null",
                            "\"\"",
                            "\"-1\"",
                            "\"-0\"",
                            "\"+1\"",
                            "\"01\"",
                            "\"00\"",
                            "\" 1\"",
                            "\"1 \"",
                            "\"1.0\"",
                            "\"1e3\"",
                            "\"0x1\"",
                            "\"\xd9\xa3\"",
                            "[1]"}) {
        INFO(bad);
        CHECK(read(bad) == "RECEIPT_BAD_FIELD");
    }
}

TEST_CASE("a signature is canonical base64", "[reply]") {
    CHECK(read_json(fields("tee_signature", "\"QQ==\"")) == "OK");
    for (const char* bad : {"\"\"", "\"QQ\"", "\"QR==\"", "\"QQ==\\n\"", "\"Q-==\"", "null", "1"})
        CHECK(read_json(fields("tee_signature", bad)) == "RECEIPT_BAD_FIELD");
}

TEST_CASE("a body is one strict object without error", "[reply][negative]") {
    CHECK(read_json(fields() + ",\"error\":null") == "RECEIPT_BAD_FIELD");
    CHECK(read_json(fields() + ",\"tee_id\":1") == "RECEIPT_BAD_FIELD");
    CHECK(read_json(fields() + ",\"x\":[{\"a\":1,\"a\":1}]") == "RECEIPT_BAD_FIELD");
    CHECK(read_json(fields() + ",\"x\":NaN") == "RECEIPT_BAD_FIELD");
    for (const char* text : {"", "[]", "null", "data: {}", "\xef\xbb\xbf{}"})
        CHECK(outcome(read_reply(text, Profile::gw_stripped, ResponseIs::json)) ==
              "RECEIPT_BAD_FIELD");
}

TEST_CASE("a stream's lines end at LF, CR LF or CR", "[reply]") {
    const std::string final_frame = "{" + fields() + "}";
    for (const char* end : {"\n", "\r\n", "\r", "\n\n", ""})
        CHECK(read_stream("data:" + final_frame + end) == "OK");
    // The text of all frames shows which lines were taken for one.
    const auto text_of = [&](const std::string& text) {
        const auto reply = read_reply(text, Profile::gw_stripped, ResponseIs::stream);
        return reply ? reply->text : outcome(reply);
    };
    const auto frame = [](const std::string& content) {
        return R"({"choices":[{"delta":{"content":")" + content + "\"}}]}";
    };
    CHECK(text_of("data: " + frame("a") + "\rdata:" + frame("b") + "\r\ndata:\t" + frame("c") +
                  " \t\n\rdata: " + final_frame) == "abc");
    // U+2028 and U+0085 stand inside strings.
    CHECK(text_of("data: " + frame("\xe2\x80\xa8 \xc2\x85") + "\ndata: " + final_frame) ==
          "\xe2\x80\xa8 \xc2\x85");
    // Comments, other fields and indented lines are no frames; a byte order mark is no white space.
    CHECK(text_of(": c\nevent: x\nid: 1\nretry: 5\n data: {\ndata {\nData: {\ndata: [DONE]\ndata:\n"
                  "data:  \n\xef\xbb\xbf"
                  "data: {\ndata: " +
                  final_frame + "\ndata: [DONE]") == "");
    CHECK(text_of("\xef\xbb\xbf"
                  "data: " +
                  frame("a") + "\ndata: " + final_frame) == "");
    // A frame after the final one is a frame as well.
    CHECK(text_of("data: " + final_frame + "\ndata: [DONE]\ndata: " + frame("z")) == "z");
}

TEST_CASE("a profile without streams reads none", "[reply][negative]") {
    const std::string text = "data: {" + fields() + "}";
    for (const Profile profile : {Profile::completions_a, Profile::completions_b,
                                  Profile::legacy_chat, Profile::legacy_completions})
        CHECK(outcome(read_reply(text, profile, ResponseIs::stream)) == "RECEIPT_BAD_FIELD");
    CHECK(outcome(read_reply(text, Profile::gw_repr_a, ResponseIs::stream)) == "OK");
}

TEST_CASE("a stream has one final frame", "[reply][negative]") {
    const std::string final_frame = "data: {" + fields() + "}\n";
    CHECK(read_stream("") == "RECEIPT_BAD_FIELD");
    CHECK(read_stream("data: {}\ndata: [DONE]\n") == "RECEIPT_BAD_FIELD");
    CHECK(read_stream(final_frame + final_frame) == "RECEIPT_BAD_FIELD");
    CHECK(read_stream(final_frame + "data: {\"tee_x\":null}") == "RECEIPT_BAD_FIELD");
    CHECK(read_stream("data: {\"tee_\":1}") == "RECEIPT_BAD_FIELD");
}

TEST_CASE("every frame is a strict object without error", "[reply][negative]") {
    const std::string final_frame = "data: {" + fields() + "}\n";
    for (const char* frame : {"{", "[]", "1", "null", "{\"error\":{}}", "{\"a\":1,\"a\":2}",
                              "[done]", "[DONE] x", "{\"x\":NaN}", "{} {}"}) {
        INFO(frame);
        CHECK(read_stream("data: " + std::string{frame} + "\n" + final_frame) ==
              "RECEIPT_BAD_FIELD");
        CHECK(read_stream(final_frame + "data: " + frame) == "RECEIPT_BAD_FIELD");
    }
}

TEST_CASE("the frames of a stream share one count of values", "[reply][negative]") {
    std::string frame = "data: {\"a\":[0";
    for (int i = 0; i < 400'000; ++i)
        frame += ",0";
    frame += "]}\n";
    const std::string final_frame = "data: {" + fields() + "}\n";
    std::string text;
    for (int i = 0; i < 5; ++i)
        text += frame;
    CHECK(read_stream(text + final_frame) == "OK");
    CHECK(read_stream(text + frame + final_frame) == "INPUT_LIMIT");
}

TEST_CASE("a stream that is cut is no reply", "[reply][mutation]") {
    const std::string text = "data: {\"a\":1}\n\ndata: {" + fields() + "}";
    REQUIRE(read_stream(text) == "OK");
    for (std::size_t size = 0; size < text.size(); ++size)
        CHECK(read_stream(std::string_view{text}.substr(0, size)) == "RECEIPT_BAD_FIELD");
}

} // namespace
} // namespace assay::receipt
