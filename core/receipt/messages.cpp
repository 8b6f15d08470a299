// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/receipt/messages.hpp"

#include "core/receipt/canonical.hpp"
#include "core/receipt/python_text.hpp"
#include "core/receipt/request_detail.hpp"

#include <span>
#include <string_view>

namespace assay::receipt {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

constexpr std::string_view DROPPED_MEMBERS = "messages[].*";
constexpr std::string_view ATTACHMENTS = "messages[].attachments";

bool is(const JsonValue* value, JsonKind kind) {
    return value != nullptr && value->is(kind);
}

bool is_text_or_list(const JsonValue* value) {
    return is(value, JsonKind::string) || is(value, JsonKind::array);
}

bool is_text_or_null(const JsonValue& value) {
    return value.is(JsonKind::string) || value.is(JsonKind::null);
}

/// Appends the messages of one request; false stands for a shape that is refused.
class MessageWriter {
public:
    MessageWriter(std::string& out, Dialect dialect, NotCovered& not_covered)
        : out_{out}, dialect_{dialect}, not_covered_{not_covered} {}

    bool append(const JsonValue& message) {
        const JsonValue* role = message.find("role");
        if (!is(role, JsonKind::string))
            return false;
        const std::string& name = role->string();
        if (name == "user")
            return append_user(message);
        if (name == "assistant")
            return append_assistant(message);
        if (name == "system")
            return append_system(message);
        if (name == "developer" && dialect_ == Dialect::client_library)
            return append_system(message); // §3.6: written as system
        if (name == "tool")
            return append_tool(message);
        if (name == "function")
            return append_function(message);
        return false;
    }

private:
    void report_others(const JsonValue& object, std::span<const std::string_view> kept) {
        detail::report_others(object, kept, DROPPED_MEMBERS, not_covered_);
    }

    static void append_role(CanonicalObject& text, std::string_view role) {
        append_canonical_string(text.member("role"), role);
    }

    bool append_system(const JsonValue& message) {
        constexpr std::string_view KEPT[] = {"content", "role"};
        const JsonValue* content = message.find("content");
        if (!is_text_or_list(content))
            return false;
        report_others(message, KEPT);
        CanonicalObject text{out_};
        append_canonical(text.member("content"), *content);
        append_role(text, "system");
        text.end();
        return true;
    }

    bool append_tool(const JsonValue& message) {
        constexpr std::string_view KEPT[] = {"content", "role", "tool_call_id"};
        const JsonValue* content = message.find("content");
        const JsonValue* id = message.find("tool_call_id");
        if (!is_text_or_list(content) || !is(id, JsonKind::string))
            return false;
        report_others(message, KEPT);
        CanonicalObject text{out_};
        append_canonical(text.member("content"), *content);
        append_role(text, "tool");
        append_canonical(text.member("tool_call_id"), *id);
        text.end();
        return true;
    }

    bool append_function(const JsonValue& message) {
        constexpr std::string_view KEPT[] = {"content", "name", "role"};
        const JsonValue* content = message.find("content");
        const JsonValue* name = message.find("name");
        if (!is(content, JsonKind::string) || !is(name, JsonKind::string))
            return false;
        report_others(message, KEPT);
        CanonicalObject text{out_};
        append_canonical(text.member("content"), *content);
        append_canonical(text.member("name"), *name);
        append_role(text, "function");
        text.end();
        return true;
    }

    bool append_assistant(const JsonValue& message) {
        constexpr std::string_view KEPT[] = {"content", "role", "tool_calls"};
        const JsonValue* content = message.find("content");
        const bool absent = content == nullptr || content->is(JsonKind::null);
        if (!absent && !is_text_or_list(content))
            return false;
        report_others(message, KEPT);
        CanonicalObject text{out_};
        if (is_truthy(content))
            append_canonical(text.member("content"), *content);
        else
            append_canonical_string(text.member("content"), "");
        append_role(text, "assistant");
        const JsonValue* calls = message.find("tool_calls");
        if (is_truthy(calls)) {
            text.member("tool_calls");
            if (!append_tool_calls(*calls))
                return false;
        }
        text.end();
        return true;
    }

    bool append_user(const JsonValue& message) {
        constexpr std::string_view KEPT[] = {"content", "role"};
        const JsonValue* content = message.find("content");
        if (!is_text_or_list(content))
            return false;
        report_others(message, KEPT);
        CanonicalObject text{out_};
        text.member("content");
        if (content->is(JsonKind::string)) {
            append_canonical(out_, *content);
        } else if (!append_list(*content)) {
            return false;
        }
        append_role(text, "user");
        text.end();
        return true;
    }

    /// The content list of a user.
    bool append_list(const JsonValue& content) {
        if (dialect_ == Dialect::verbatim) {
            append_canonical(out_, content);
            return true;
        }
        if (dialect_ == Dialect::python_text) {
            std::string printed;
            append_python_text(printed, content);
            append_canonical_string(out_, printed);
            return true;
        }
        CanonicalArray parts{out_};
        for (const JsonValue& part : content.items()) {
            parts.item();
            if (!append_part(part))
                return false;
        }
        parts.end();
        return true;
    }

    /// §3.4 "stripped".
    bool append_part(const JsonValue& part) {
        if (part.is(JsonKind::string)) {
            append_text_part(part.string());
            return true;
        }
        if (!part.is(JsonKind::object))
            return false;
        const JsonValue* type = part.find("type");
        if (type != nullptr && !is_text_or_null(*type))
            return false;
        if (!is(type, JsonKind::string) || type->string() != "text")
            return append_attachment(part, type);

        constexpr std::string_view KEPT[] = {"text", "type"};
        const JsonValue* text = part.find("text");
        if (text != nullptr && !is_text_or_null(*text))
            return false;
        report_others(part, KEPT);
        append_text_part(is(text, JsonKind::string) ? std::string_view{text->string()} : "");
        return true;
    }

    void append_text_part(std::string_view content) {
        CanonicalObject text{out_};
        append_canonical_string(text.member("text"), content);
        append_canonical_string(text.member("type"), "text");
        text.end();
    }

    bool append_attachment(const JsonValue& part, const JsonValue* type) {
        const JsonValue* file = part.find("file");
        const JsonValue* name = is(file, JsonKind::object) ? file->find("filename") : nullptr;
        if (!is_truthy(name))
            name = part.find("filename");
        if (is_truthy(name) && !name->is(JsonKind::string))
            return false;
        not_covered_.add(ATTACHMENTS);
        CanonicalObject text{out_};
        if (is_truthy(name))
            append_canonical(text.member("filename"), *name);
        append_or(text.member("type"), type, "null");
        text.end();
        return true;
    }

    /// @p value as it is, or @p instead when it is absent.
    static void append_or(std::string& out, const JsonValue* value, std::string_view instead) {
        if (value == nullptr)
            out += instead;
        else
            append_canonical(out, *value);
    }

    bool append_tool_calls(const JsonValue& calls) {
        if (!calls.is(JsonKind::array))
            return false;
        CanonicalArray list{out_};
        for (const JsonValue& call : calls.items()) {
            list.item();
            if (!append_tool_call(call))
                return false;
        }
        list.end();
        return true;
    }

    bool append_tool_call(const JsonValue& call) {
        constexpr std::string_view KEPT[] = {"function", "id", "type"};
        constexpr std::string_view KEPT_OF_FUNCTION[] = {"arguments", "name"};
        if (!call.is(JsonKind::object))
            return false;
        const JsonValue* function = call.find("function");
        if (function != nullptr && !function->is(JsonKind::object))
            return false;
        const JsonValue* arguments = nullptr;
        const JsonValue* name = nullptr;
        report_others(call, KEPT);
        if (function != nullptr) {
            arguments = function->find("arguments");
            name = function->find("name");
            report_others(*function, KEPT_OF_FUNCTION);
        }
        const JsonValue* id = call.find("id");
        const JsonValue* type = call.find("type");
        for (const JsonValue* value : {id, type, name}) {
            if (value != nullptr && !is_text_or_null(*value))
                return false;
        }

        const bool rewritten = dialect_ == Dialect::client_library; // §3.6
        const std::string_view empty = rewritten ? "\"\"" : "null";
        CanonicalObject text{out_};
        CanonicalObject inner{text.member("function")};
        append_or(inner.member("arguments"), arguments, empty);
        append_or(inner.member("name"), name, empty);
        inner.end();
        append_or(text.member("id"), id, empty);
        append_or(text.member("type"), type, rewritten ? "\"function\"" : "null");
        text.end();
        return true;
    }

    std::string& out_;
    Dialect dialect_;
    NotCovered& not_covered_;
};

} // namespace

Result<void> append_messages(std::string& out, const JsonValue& messages, Dialect dialect,
                             NotCovered& not_covered) noexcept {
    const auto refused = [](std::string path) {
        return Error{ErrorCode::RECEIPT_REQUEST_UNSUPPORTED, std::move(path)};
    };
    if (!messages.is(JsonKind::array) || messages.items().empty())
        return refused("messages");
    MessageWriter writer{out, dialect, not_covered};
    CanonicalArray list{out};
    for (std::size_t i = 0; i < messages.items().size(); ++i) {
        const JsonValue& message = messages.items()[i];
        list.item();
        if (!message.is(JsonKind::object) || !writer.append(message))
            return refused("messages[" + std::to_string(i) + "]");
    }
    list.end();
    return Result<void>::ok();
}

} // namespace assay::receipt
