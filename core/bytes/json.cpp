// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/bytes/json.hpp"

#include "core/base/limits.hpp"
#include "core/base/sort.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/text_run.hpp"
#include "core/bytes/utf8.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace assay::bytes {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool repeats_a_name(const std::vector<JsonMember>& members) {
    if (members.size() < 2)
        return false;
    constexpr auto BY_NAME = [](const JsonMember& a, const JsonMember& b) {
        return a.name < b.name;
    };
    const auto order = sorted_order<BY_NAME>(members);
    return std::adjacent_find(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
               return members[a].name == members[b].name;
           }) != order.end();
}

/// @return the decimal places of the integers that reading @p token as a double and printing it
/// takes: none for an integer and for so few digits that nothing is converted.
std::size_t float_places(std::string_view token) {
    constexpr std::size_t FEW_DIGITS = 15;
    constexpr std::size_t NEAR = 100; // to the power of ten
    constexpr std::size_t FAR = 1000; // no double is there
    std::size_t digits = 0;
    std::size_t scale = 0;
    bool whole = true;
    bool scaled = false;
    for (const char c : token) {
        if (!is_digit(c)) {
            scaled = scaled || c == 'e' || c == 'E';
            whole = whole && c == '-';
        } else if (scaled) {
            scale = std::min(scale * 10 + static_cast<std::size_t>(c - '0'), FAR);
        } else {
            ++digits;
        }
    }
    return whole || (digits <= FEW_DIGITS && scale < NEAR) ? 0 : digits + scale;
}

} // namespace

/// Keeps the containers that are open in a vector instead of on the call stack.
class JsonReader {
public:
    JsonReader(std::string_view text, ErrorCode on_error, JsonBudget& budget) noexcept
        : text_{text}, on_error_{on_error}, budget_{budget} {}

    Result<JsonValue> read() noexcept {
        if (const std::size_t valid = utf8_prefix(text_); valid != text_.size()) {
            at_ = valid;
            return failure();
        }
        std::optional<JsonValue> value = read_tree();
        if (!value)
            return failure();
        skip_space();
        if (at_ != text_.size())
            return failure();
        return std::move(*value);
    }

private:
    /// A container whose end has not been met.
    struct Open {
        std::size_t start;
        JsonKind kind;
        std::vector<JsonValue> items{};
        std::vector<JsonMember> members{};
        std::string name{}; ///< of the member whose value comes next
    };

    [[nodiscard]] Error failure() const { return {on_error_, "offset " + std::to_string(at_)}; }

    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    /// No token has a NUL, so '\0' stands for the end of the text.
    bool accept(char c) {
        if (peek() != c || c == '\0')
            return false;
        ++at_;
        return true;
    }

    void skip_space() {
        while (peek() <= ' ' &&
               (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r'))
            ++at_;
    }

    [[nodiscard]] std::string_view since(std::size_t start) const {
        return text_.substr(start, at_ - start);
    }

    std::optional<JsonValue> read_tree() {
        while (true) {
            skip_space();
            if (!take(budget_.values))
                return std::nullopt;
            if (read_short_integer())
                continue;
            const bool container = peek() == '{' || peek() == '[';
            if (container) {
                if (!open())
                    return std::nullopt;
                if (!accept(open_.back().kind == JsonKind::object ? '}' : ']')) {
                    if (!begin_element())
                        return std::nullopt;
                    continue;
                }
            }
            std::optional<JsonValue> value = container ? close() : read_scalar();
            // The value is complete; so may be the containers around it.
            while (value && !open_.empty()) {
                append(std::move(*value));
                skip_space();
                if (accept(',')) {
                    if (!begin_element())
                        return std::nullopt;
                    break;
                }
                if (!accept(open_.back().kind == JsonKind::object ? '}' : ']'))
                    return std::nullopt;
                value = close();
            }
            if (!value || open_.empty())
                return value;
        }
    }

    /// An element of an array with the comma behind it, when it is a few digits: most of the text
    /// of a proof. @return false, and nothing is read, for anything else.
    bool read_short_integer() {
        constexpr std::size_t LONGEST = 9;
        static_assert(LONGEST <= limits::JSON_INTEGER_DIGITS);
        if (open_.empty() || open_.back().kind != JsonKind::array)
            return false;
        std::size_t end = at_;
        while (end < text_.size() && is_digit(text_[end]))
            ++end;
        const std::string_view digits{text_.data() + at_, end - at_};
        if (digits.empty() || digits.size() > LONGEST || (digits[0] == '0' && digits.size() > 1) ||
            end == text_.size() || text_[end] != ',')
            return false;
        open_.back().items.push_back(JsonValue{JsonKind::number, digits});
        at_ = end + 1;
        return true;
    }

    bool open() {
        if (open_.size() == limits::JSON_DEPTH)
            return false;
        open_.push_back(Open{at_, peek() == '{' ? JsonKind::object : JsonKind::array});
        ++at_;
        skip_space();
        return true;
    }

    /// Before an element: an object's name and colon, nothing for an array.
    bool begin_element() {
        Open& top = open_.back();
        if (top.kind == JsonKind::array)
            return true;
        skip_space();
        std::optional<std::string> name = read_string();
        if (!name)
            return false;
        top.name = std::move(*name);
        skip_space();
        return accept(':');
    }

    void append(JsonValue&& value) {
        Open& top = open_.back();
        if (top.kind == JsonKind::array)
            top.items.push_back(std::move(value));
        else
            top.members.push_back(JsonMember{std::move(top.name), std::move(value)});
    }

    std::optional<JsonValue> close() {
        Open top = std::move(open_.back());
        open_.pop_back();
        if (top.kind == JsonKind::array)
            return JsonValue{since(top.start), std::move(top.items)};
        if (repeats_a_name(top.members))
            return std::nullopt;
        return JsonValue{since(top.start), std::move(top.members)};
    }

    std::optional<JsonValue> read_scalar() {
        const std::size_t start = at_;
        if (peek() == '"') {
            std::optional<std::string> text = read_string();
            if (!text)
                return std::nullopt;
            return JsonValue{since(start), std::move(*text)};
        }
        if (peek() == '-' || is_digit(peek())) {
            if (!read_number())
                return std::nullopt;
            if (!take(budget_.float_places, float_places(since(start))))
                return std::nullopt;
            return JsonValue{JsonKind::number, since(start)};
        }
        if (accept_word("true") || accept_word("false"))
            return JsonValue{JsonKind::boolean, since(start)};
        if (accept_word("null"))
            return JsonValue{JsonKind::null, since(start)};
        return std::nullopt;
    }

    bool accept_word(std::string_view word) {
        if (!text_.substr(at_).starts_with(word))
            return false;
        at_ += word.size();
        return true;
    }

    std::size_t skip_digits() {
        const std::size_t start = at_;
        while (is_digit(peek()))
            ++at_;
        return at_ - start;
    }

    /// Uses some of what the budget has left. @return false, as INPUT_LIMIT, when it has less.
    bool take(std::size_t& left, std::size_t wanted = 1) {
        if (left < wanted) {
            on_error_ = ErrorCode::INPUT_LIMIT;
            return false;
        }
        left -= wanted;
        return true;
    }

    bool read_number() {
        accept('-');
        std::size_t digits = 1;
        if (!accept('0'))
            digits = skip_digits();
        if (digits == 0)
            return false;
        bool integer = true;
        if (accept('.')) {
            integer = false;
            if (skip_digits() == 0)
                return false;
        }
        if (accept('e') || accept('E')) {
            integer = false;
            if (!accept('+'))
                accept('-');
            if (skip_digits() == 0)
                return false;
        }
        return !integer || digits <= limits::JSON_INTEGER_DIGITS;
    }

    std::optional<std::string> read_string() {
        if (!accept('"'))
            return std::nullopt;
        const std::size_t start = at_;
        at_ += plain_run<Plain::utf8>(text_.substr(at_));
        std::string out{since(start)};
        if (accept('"'))
            return out;
        if (!read_escaped(out))
            return std::nullopt;
        return out;
    }

    /// Appends the rest of a string from its first escape on.
    bool read_escaped(std::string& out) {
        RunWriter writer{out};
        while (accept('\\')) {
            if (!read_escape(writer))
                return false;
            at_ += writer.copy_run<Plain::utf8>(text_.substr(at_));
        }
        return accept('"'); // else the end or a control character
    }

    /// @return what backslash and @p letter stand for; 0 when they stand for nothing.
    static char unescaped(char letter) {
        switch (letter) {
        case '"':
        case '\\':
        case '/':
            return letter;
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        default:
            return '\0';
        }
    }

    bool read_escape(RunWriter& out) {
        if (accept('u'))
            return read_unicode_escape(out);
        const char value = unescaped(peek());
        if (value == '\0')
            return false;
        ++at_;
        out.put(value);
        return true;
    }

    bool read_unicode_escape(RunWriter& out) {
        const std::optional<char32_t> unit = read_four_digits();
        if (!unit)
            return false;
        char32_t code_point = *unit;
        if (is_high_surrogate(code_point) && text_.substr(at_).starts_with("\\u")) {
            const std::size_t before = at_;
            at_ += 2;
            const std::optional<char32_t> low = read_four_digits();
            if (!low)
                return false;
            if (*low >= 0xdc00 && *low <= 0xdfff)
                code_point = 0x10000 + ((code_point - 0xd800) << 10) + (*low - 0xdc00);
            else
                at_ = before; // an escape of its own; the high surrogate stays alone
        }
        put_code_point(out, code_point);
        return true;
    }

    static bool is_high_surrogate(char32_t unit) { return unit >= 0xd800 && unit <= 0xdbff; }

    std::optional<char32_t> read_four_digits() {
        char32_t value = 0;
        for (int i = 0; i < 4; ++i) {
            const auto digit = hex_digit(peek());
            if (!digit)
                return std::nullopt;
            value = value << 4 | *digit;
            ++at_;
        }
        return value;
    }

    std::string_view text_;
    ErrorCode on_error_;
    JsonBudget& budget_;
    std::size_t at_ = 0;
    std::vector<Open> open_{};
};

Result<JsonValue> parse_json(std::string_view text, ErrorCode on_error,
                             JsonBudget& budget) noexcept {
    return JsonReader{text, on_error, budget}.read();
}

Result<JsonValue> parse_json(std::string_view text, ErrorCode on_error) noexcept {
    JsonBudget budget;
    return parse_json(text, on_error, budget);
}

} // namespace assay::bytes
