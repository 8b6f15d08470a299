// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/print.hpp"

#include "core/bytes/json.hpp"
#include "core/bytes/json_writer.hpp"
#include "core/bytes/utf8.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace assay::cli {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

struct Style {
    const char* symbol;
    const char* colour;
};

Style style_of(std::string_view status) noexcept {
    if (status == "passed") {
        return {"✓", "\x1b[32m"};
    }
    if (status == "failed") {
        return {"✗", "\x1b[31m"};
    }
    if (status == "assumed") {
        return {"~", "\x1b[33m"};
    }
    return {"·", "\x1b[2m"};
}

/// Colour only for a person: on a terminal, and not against NO_COLOR.
bool use_colour() noexcept {
    return isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr;
}

std::string_view text_of(const JsonValue& object, std::string_view member) noexcept {
    const JsonValue* value = object.find(member);
    return value != nullptr && value->kind() == JsonKind::string ? std::string_view{value->string()}
                                                                 : std::string_view{};
}

void print_checks(const JsonValue& checks, int depth) noexcept {
    for (const JsonValue& check : checks.items()) {
        const std::string_view status = text_of(check, "status");
        const Style style = style_of(status);
        const bool colour = use_colour();
        const std::string name = printable(text_of(check, "name"));
        const std::string code{text_of(check, "code")};
        const std::string detail = printable(text_of(check, "detail"));
        std::printf("%*s%s%s%s %s", 2 + 2 * depth, "", colour ? style.colour : "", style.symbol,
                    colour ? "\x1b[0m" : "", name.c_str());
        if (status != "passed") {
            std::printf(" [%.*s%s%s]", static_cast<int>(status.size()), status.data(),
                        code.empty() ? "" : " ", code.c_str());
        }
        std::printf("%s%s\n", detail.empty() ? "" : ": ", detail.c_str());
        if (const JsonValue* children = check.find("children")) {
            print_checks(*children, depth + 1);
        }
    }
}

int status_of(const JsonValue& verdict) noexcept {
    if (verdict.find("ok")->boolean()) {
        return EXIT_VERIFIED;
    }
    const std::string_view category = text_of(verdict, "category");
    return category == "rejected" || category == "policy" ? EXIT_REFUSED : EXIT_OTHER;
}

} // namespace

std::string printable(std::string_view text) noexcept {
    constexpr std::string_view REPLACEMENT = "\xef\xbf\xbd";
    const bool utf8 = bytes::is_utf8(text);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
        const auto last = static_cast<unsigned char>(i + 2 < text.size() ? text[i + 2] : 0);
        const bool c1 = byte == 0xc2 && next >= 0x80 && next <= 0x9f;
        // U+200E, U+200F, U+2028 to U+202E; U+2066 to U+2069
        const bool turns =
            byte == 0xe2 &&
            ((next == 0x80 && ((last >= 0x8e && last <= 0x8f) || (last >= 0xa8 && last <= 0xae))) ||
             (next == 0x81 && last >= 0xa6 && last <= 0xa9));
        if (byte < 0x20 || byte == 0x7f || (byte > 0x7f && !utf8)) {
            out += REPLACEMENT;
        } else if (c1 || turns) {
            out += REPLACEMENT;
            i += c1 ? 1 : 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string located(const std::string& verdict, const std::string& file,
                    std::uint64_t line) noexcept {
    bytes::JsonWriter where;
    where.object();
    if (line > 0) {
        where.key("line").unsigned_number(line);
    }
    if (!file.empty()) {
        where.key("file").string(file);
    }
    where.end();
    std::string text = where.take();
    text.back() = ',';
    return text + verdict.substr(1);
}

void complain(const std::string& subject, ErrorCode code, std::string_view why,
              Output output) noexcept {
    if (output == Output::text) {
        std::fprintf(stderr, "assay: %s: %s\n", printable(subject).c_str(), printable(why).c_str());
        return;
    }
    bytes::JsonWriter verdict;
    verdict.object().key("ok").boolean(false).key("code").string(info(code).name);
    verdict.key("category").string(name(info(code).category)).key("message").string(why);
    verdict.key("checks").array().end().end();
    std::printf("%s\n", located(verdict.take(), subject, 0).c_str());
}

int exit_status(const std::string& verdict) noexcept {
    const auto parsed = bytes::parse_json(verdict, ErrorCode::ARGUMENT_INVALID);
    return parsed ? status_of(*parsed) : EXIT_OTHER;
}

int print_verdict(const std::string& verdict, const std::string& subject, const char* word,
                  Output output) noexcept {
    const auto parsed = bytes::parse_json(verdict, ErrorCode::ARGUMENT_INVALID);
    if (!parsed) {
        std::fprintf(stderr, "assay: the core returned no verdict\n");
        return EXIT_OTHER;
    }
    const int status = status_of(*parsed);
    if (output == Output::json) {
        std::printf("%s\n", located(verdict, subject, 0).c_str());
        return status;
    }
    if (status == EXIT_VERIFIED) {
        const std::string trust{text_of(*parsed, "trust")};
        std::printf("%s: %s%s%s%s\n", printable(subject).c_str(), word,
                    trust.empty() ? "" : " (trust: ", trust.c_str(), trust.empty() ? "" : ")");
    } else {
        const std::string code{text_of(*parsed, "code")};
        const std::string category{text_of(*parsed, "category")};
        const std::string message{text_of(*parsed, "message")};
        const std::string path = printable(text_of(*parsed, "path"));
        std::printf("%s: refused: %s (%s): %s%s%s\n", printable(subject).c_str(), code.c_str(),
                    category.c_str(), message.c_str(), path.empty() ? "" : ", at ", path.c_str());
    }
    if (const JsonValue* checks = parsed->find("checks")) {
        print_checks(*checks, 0);
    }
    return status;
}

} // namespace assay::cli
