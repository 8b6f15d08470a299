// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// StringConcat, StringSplit, StringNormalizer, TfIdfVectorizer.
#include "core/runtime/broadcast.hpp"
#include "core/runtime/elements.hpp"
#include "core/runtime/operators.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace assay::runtime {
namespace {

using onnx::Dims;
using onnx::ElementType;
using onnx::StringPool;

std::string_view text_at(const TensorRef& x, std::size_t index) noexcept {
    return StringPool::text(x.as<std::uint64_t>()[index]);
}

std::uint64_t text_bytes(const TensorRef& x) noexcept {
    return StringPool::bytes_of({x.as<std::uint64_t>(), x.count()});
}

bool all_strings(OpCall& call) noexcept {
    for (const TensorRef& x : call.inputs()) {
        if (x.type != ElementType::string) {
            call.fail_type(x.type);
        }
    }
    return !call.failed();
}

bool is_space(char c) noexcept {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// As Python's str.split: without a delimiter at runs of white space; @p limit cuts, −1 for all.
std::vector<std::string_view> split(std::string_view text, std::string_view delimiter,
                                    std::int64_t limit) {
    std::vector<std::string_view> parts;
    if (!delimiter.empty()) {
        for (std::size_t end = 0; limit != 0 && (end = text.find(delimiter)) != text.npos;
             --limit) {
            parts.push_back(text.substr(0, end));
            text.remove_prefix(end + delimiter.size());
        }
        parts.push_back(text);
        return parts;
    }
    const auto trim = [&text] {
        while (!text.empty() && is_space(text.front())) {
            text.remove_prefix(1);
        }
    };
    for (trim(); !text.empty(); trim()) {
        std::size_t end = 0;
        while (end < text.size() && (limit == 0 || !is_space(text[end]))) {
            ++end;
        }
        std::string_view part = text.substr(0, end);
        while (limit == 0 && !part.empty() && is_space(part.back())) {
            part.remove_suffix(1);
        }
        parts.push_back(part);
        text.remove_prefix(end);
        --limit;
    }
    return parts;
}

} // namespace

void op_string_concat(OpCall& call) noexcept {
    if (!all_strings(call)) {
        return;
    }
    const std::optional<Dims> dims = onnx::broadcast(call.dims(0), call.dims(1));
    if (!dims) {
        return call.fail_shape();
    }
    const TensorRef y = call.out(0, ElementType::string, *dims);
    if (y.data == nullptr) {
        return;
    }
    Walk<2> walk{y.dims,
                 {broadcast_strides(call.dims(0), dims->size()),
                  broadcast_strides(call.dims(1), dims->size())}};
    std::uint64_t bytes = 0;
    std::uint64_t longest = 0;
    for (std::size_t i = 0; i < y.count(); ++i, walk.next()) { // ends where it began
        const std::uint64_t size =
            std::uint64_t{text_at(call.in(0), static_cast<std::size_t>(walk.offset(0))).size()} +
            text_at(call.in(1), static_cast<std::size_t>(walk.offset(1))).size();
        bytes += size + StringPool::OVERHEAD;
        longest = std::max(longest, size);
    }
    if (!call.reserve(bytes + 2 * longest)) { // the text under construction and its growth
        return;
    }
    for (std::size_t i = 0; i < y.count(); ++i, walk.next()) {
        std::string text{text_at(call.in(0), static_cast<std::size_t>(walk.offset(0)))};
        text += text_at(call.in(1), static_cast<std::size_t>(walk.offset(1)));
        y.as<std::uint64_t>()[i] = call.strings().intern(text);
    }
}

void op_string_split(OpCall& call) noexcept {
    if (!all_strings(call) || !call.known(0)) {
        return;
    }
    const TensorRef& x = call.in(0);
    const bool limited = call.attributes().find("maxsplit") != nullptr;
    const std::int64_t limit = limited ? call.integer("maxsplit", 0) : -1;
    const std::string delimiter{call.string("delimiter", "")};
    // A part for every character at most, in lists that grow, and then as a string of its own.
    const std::uint64_t most_parts = text_bytes(x) + x.count();
    // A delimiter may all but fit at every place.
    if (!call.reserve(most_parts * (3 * sizeof(std::string_view) + StringPool::OVERHEAD)) ||
        !call.spend(static_cast<double>(text_bytes(x)) * static_cast<double>(delimiter.size()))) {
        return;
    }
    std::vector<std::vector<std::string_view>> rows;
    std::size_t widest = 0;
    for (std::size_t i = 0; i < x.count(); ++i) {
        rows.push_back(split(text_at(x, i), delimiter, limit));
        widest = std::max(widest, rows.back().size());
    }
    Dims dims(x.dims.begin(), x.dims.end());
    dims.push_back(static_cast<std::int64_t>(widest));
    const TensorRef y = call.out(0, ElementType::string, dims);
    const TensorRef counts = call.out(1, ElementType::int64, x.dims);
    for (std::size_t i = 0; i < rows.size() && !call.inferring(); ++i) {
        for (std::size_t k = 0; y.data != nullptr && k < widest; ++k) {
            y.as<std::uint64_t>()[i * widest + k] =
                k < rows[i].size() ? call.strings().intern(rows[i][k]) : 0;
        }
        if (counts.data != nullptr) {
            counts.as<std::int64_t>()[i] = static_cast<std::int64_t>(rows[i].size());
        }
    }
}

/// Upper and lower case of ASCII; another letter is refused, as its case depends on the locale.
void op_string_normalizer(OpCall& call) noexcept {
    if (!all_strings(call) || !call.known(0)) {
        return;
    }
    const TensorRef& x = call.in(0);
    const std::string_view action = call.string("case_change_action", "NONE");
    const bool exact = call.integer("is_case_sensitive", 0) != 0;
    if (x.dims.size() > 2 || x.dims.empty() || (x.dims.size() == 2 && x.dims[0] != 1)) {
        return call.fail_shape();
    }
    bool foreign = false;
    const auto with_case = [&foreign](std::string_view text, bool upper) {
        std::string out{text};
        for (char& c : out) {
            foreign = foreign || static_cast<unsigned char>(c) > 127;
            if (upper && c >= 'a' && c <= 'z') {
                c = static_cast<char>(c - 32);
            } else if (!upper && c >= 'A' && c <= 'Z') {
                c = static_cast<char>(c + 32);
            }
        }
        return out;
    };
    if (!call.reserve(2 * (text_bytes(x) + x.count() * StringPool::OVERHEAD))) {
        return;
    }
    std::vector<std::string> kept;
    const std::span<const std::string> stopwords = call.attributes().strings("stopwords");
    for (std::size_t i = 0; i < x.count(); ++i) {
        const std::string_view text = text_at(x, i);
        const bool stops =
            std::any_of(stopwords.begin(), stopwords.end(), [&](const std::string& word) {
                return exact ? word == text : with_case(word, false) == with_case(text, false);
            });
        if (!stops) {
            kept.push_back(action == "UPPER"   ? with_case(text, true)
                           : action == "LOWER" ? with_case(text, false)
                                               : std::string{text});
        }
    }
    if (foreign) {
        return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "case of letters outside ASCII");
    }
    if (kept.empty()) {
        kept.emplace_back();
    }
    const auto count = static_cast<std::int64_t>(kept.size());
    const TensorRef y = x.dims.size() == 2 ? call.out(0, ElementType::string, {1, count})
                                           : call.out(0, ElementType::string, {count});
    for (std::size_t i = 0; y.data != nullptr && i < kept.size(); ++i) {
        y.as<std::uint64_t>()[i] = call.strings().intern(kept[i]);
    }
}

void op_tfidf_vectorizer(OpCall& call) noexcept {
    const TensorRef& x = call.in(0);
    const bool of_strings = x.type == ElementType::string;
    if (!of_strings && x.type != ElementType::int32 && x.type != ElementType::int64) {
        return call.fail_type(x.type);
    }
    const auto counts = call.attributes().integers("ngram_counts");
    const auto indexes = call.attributes().integers("ngram_indexes");
    const auto numbers = call.attributes().integers("pool_int64s");
    const auto words = call.attributes().strings("pool_strings");
    const auto weights = call.attributes().reals("weights");
    const std::string_view mode = call.string("mode", "");
    const std::int64_t shortest = call.integer("min_gram_length", 1);
    const std::int64_t longest = call.integer("max_gram_length", 1);
    const std::int64_t skips = call.integer("max_skip_count", 0);
    if (mode != "TF" && mode != "IDF" && mode != "TFIDF") {
        return call.fail(ErrorCode::ONNX_UNSUPPORTED_ATTRIBUTE, "mode");
    }
    const std::size_t pool = of_strings ? words.size() : numbers.size();
    std::int64_t columns = 0;
    for (const std::int64_t index : indexes) {
        if (index < 0 || index >= INT32_MAX) {
            return call.fail(ErrorCode::ONNX_MALFORMED, "ngram_indexes");
        }
        columns = std::max(columns, index + 1);
    }
    std::int64_t before = 0;
    for (const std::int64_t first : counts) {
        if (first < before || first > static_cast<std::int64_t>(pool)) {
            return call.fail(ErrorCode::ONNX_MALFORMED, "ngram_counts");
        }
        before = first;
    }
    if (!weights.empty() && weights.size() != indexes.size()) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "weights");
    }
    if (x.dims.empty() || x.dims.size() > 2 || shortest < 1 || longest < shortest || skips < 0) {
        return call.fail_shape();
    }
    Dims dims(x.dims.begin(), x.dims.end() - 1);
    dims.push_back(columns);
    const TensorRef y = call.out(0, ElementType::float32, dims);
    if (y.data == nullptr) {
        return;
    }
    // Words and numbers alike become numbers; those that the pool does not have are −1.
    std::map<std::string_view, std::int64_t> known;
    for (std::size_t i = 0; i < words.size(); ++i) {
        known.try_emplace(words[i], static_cast<std::int64_t>(i));
    }
    const auto word_id = [&known](std::string_view word) {
        const auto found = known.find(word);
        return found == known.end() ? -1 : found->second;
    };
    std::map<std::vector<std::int64_t>, std::size_t> grams; // to the position in ngram_indexes
    std::size_t entry = 0;
    for (std::size_t n = 0; n < counts.size(); ++n) {
        const std::size_t end =
            n + 1 < counts.size() ? static_cast<std::size_t>(counts[n + 1]) : pool;
        for (std::size_t at = static_cast<std::size_t>(counts[n]); at + n + 1 <= end && end <= pool;
             at += n + 1) {
            std::vector<std::int64_t> gram;
            for (std::size_t k = 0; k <= n; ++k) {
                gram.push_back(of_strings ? word_id(words[at + k]) : numbers[at + k]);
            }
            grams.try_emplace(std::move(gram), entry++);
        }
    }
    if (entry > indexes.size()) {
        return call.fail(ErrorCode::ONNX_MALFORMED, "ngram_indexes");
    }
    const auto length = static_cast<std::size_t>(x.dims.back());
    // Neither a gram nor the steps of one are longer than the row.
    const auto most = static_cast<std::size_t>(std::min(longest, x.dims.back()));
    const std::int64_t most_skips = std::min(skips, x.dims.back());
    std::vector<std::int64_t> items(x.count());
    if (of_strings) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            items[i] = word_id(text_at(x, i));
        }
    } else {
        read_elements(x.type, x.data, items.size(), items.data());
    }
    std::fill_n(y.as<float>(), y.count(), 0.0F);
    for (std::size_t row = 0; length != 0 && row < items.size() / length; ++row) {
        std::vector<double> found(indexes.size());
        for (std::int64_t skip = 0; skip <= most_skips; ++skip) {
            const auto step = static_cast<std::size_t>(skip + 1);
            for (auto n = static_cast<std::size_t>(std::min(shortest, x.dims.back() + 1));
                 n <= most; ++n) {
                const std::uint64_t reach = std::uint64_t{n - 1} * step;
                for (std::size_t at = 0; at + reach < length; ++at) {
                    if (n == 1 && skip > 0) {
                        break; // a single item skips nothing
                    }
                    if (!call.spend(48 * static_cast<double>(n))) {
                        return;
                    }
                    std::vector<std::int64_t> gram;
                    for (std::size_t k = 0; k < n; ++k) {
                        gram.push_back(items[row * length + at + k * step]);
                    }
                    if (const auto hit = grams.find(gram); hit != grams.end()) {
                        found[hit->second] += 1;
                    }
                }
            }
        }
        for (std::size_t i = 0; i < entry; ++i) { // there may be more indexes than n-grams
            const double weight = weights.empty() ? 1 : static_cast<double>(weights[i]);
            const double value = mode == "TF"    ? found[i]
                                 : mode == "IDF" ? (found[i] > 0 ? weight : 0)
                                                 : found[i] * weight;
            if (found[i] > 0) {
                y.as<float>()[row * static_cast<std::size_t>(columns) +
                              static_cast<std::size_t>(indexes[i])] = static_cast<float>(value);
            }
        }
    }
}

} // namespace assay::runtime
