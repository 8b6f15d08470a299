// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Files of bundles as the command reads them. The first byte says how (bit 0: every line a bundle;
// bits 1 to 3: an object begins before the text, so that a block of the reader ends in it), then a
// file and what is left of the input as another one. What comes out is what a few lines over the
// whole text say: no line lost or joined, each under its number, wherever a block ends. An
// oversized line is told as such, once a run.
#include "core/base/limits.hpp"
#include "core/bytes/reader.hpp"
#include "core/cli/bundle_source.hpp"

#include "tests/fuzz/fields.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace {

using namespace assay;
using cli::BundleSource;
using cli::BundleText;
using cli::Lines;
using test::require;

/// A file in memory, with a name.
class MemoryFile {
public:
    MemoryFile() : handle_{memfd_create("ndjson", 0)} { require(handle_ >= 0); }
    [[nodiscard]] std::string name() const { return "/proc/self/fd/" + std::to_string(handle_); }
    void write(std::string_view text) const {
        require(ftruncate(handle_, 0) == 0);
        require(pwrite(handle_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()));
    }

private:
    int handle_;
};

/// A bundle as it is read; views, since a block's size is copied slowly under a sanitizer.
struct Row {
    std::string_view file;
    std::size_t line;
    std::string_view text;
};

constexpr std::string_view BLANK = " \t\r\n";

bool is_blank(std::string_view text) {
    return text.find_first_not_of(BLANK) == std::string_view::npos;
}

/// The text without what stands in strings.
std::string without_strings(std::string_view text) {
    std::string out;
    bool quoted = false;
    bool escaped = false;
    for (const char c : text) {
        if (!quoted || (c == '"' && !escaped))
            out += c;
        quoted = quoted != (c == '"' && !escaped);
        escaped = quoted && c == '\\' && !escaped;
    }
    return out;
}

/// Begins an object and ends where that does.
bool is_object(std::string_view text) {
    const std::size_t first = text.find_first_not_of(BLANK);
    if (first == std::string_view::npos || text[first] != '{')
        return false;
    const std::string bare =
        without_strings(text.substr(first, text.find_last_not_of(BLANK) - first + 1));
    std::ptrdiff_t depth = 0;
    const auto end = std::ranges::find_if(bare, [&depth](char c) {
        depth += std::ptrdiff_t{c == '{' || c == '['} - std::ptrdiff_t{c == '}' || c == ']'};
        return depth == 0;
    });
    return end != bare.end() && end + 1 == bare.end();
}

/// What the reader's header promises of a file with this text.
void expect(std::vector<Row>& out, std::string_view file, std::string_view text, Lines lines) {
    std::vector<Row> rows;
    std::size_t number = 0;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        ++number;
        if (!is_blank(line))
            rows.push_back({file, number, line});
    }
    const std::string_view first = text.substr(0, text.find('\n'));
    if (lines == Lines::by_form && !(is_object(first) && rows.size() > 1))
        rows = {{file, 0, is_object(first) ? first : text}};
    out.insert(out.end(), rows.begin(), rows.end());
}

void require_rows(BundleSource& source, const std::vector<Row>& expected) {
    BundleText text;
    for (const Row& row : expected) {
        require(source.next(text) && text.unread.empty());
        require(text.file == row.file && text.line == row.line && as_text(text.bytes) == row.text);
    }
    require(!source.next(text));
}

/// A line of more than a bundle's bytes gives one byte too many, which every judge refuses, and the
/// line after it is the next one.
bool keep_apart_oversized(const MemoryFile& file) {
    constexpr std::size_t KEPT = limits::BUNDLE_BYTES + 1;
    const std::string name = file.name();
    const std::string longer = '{' + std::string(KEPT + 4, 'x') + '}';
    const std::string_view kept = std::string_view{longer}.substr(0, KEPT);
    file.write("{}\n" + longer + "\n{ }\n");
    for (const Lines lines : {Lines::always, Lines::by_form}) {
        BundleSource source{{name}, lines};
        require_rows(source, {{name, 1, "{}"}, {name, 2, kept}, {name, 3, "{ }"}});
    }
    file.write(longer + "\n{}\n");
    BundleSource whole{{name}, Lines::by_form};
    require_rows(whole, {{name, 0, kept}});
    return true;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::array<MemoryFile, 2> files;
    static const bool kept_apart = keep_apart_oversized(files[0]);
    if (!kept_apart || size == 0)
        return 0;
    constexpr std::size_t BLOCK_BYTES = std::size_t{1} << 18; // of the reader
    constexpr std::uint8_t FILLED = 0xe;
    const Lines lines = (data[0] & 1) != 0 ? Lines::always : Lines::by_form;
    bytes::Reader reader{{data + 1, size - 1}};
    const BytesView first = test::take_fields(reader, 1)[0];
    static std::array<std::string, 2> texts; // keep their memory
    texts[0].clear();
    if ((data[0] & FILLED) == FILLED) {
        texts[0].assign(BLOCK_BYTES - (data[0] >> 4) % (first.size() + 1), 'x');
        texts[0].front() = '{';
    }
    texts[0].append(as_text(first));
    texts[1].assign(as_text(*reader.take(reader.remaining())));
    static const std::array<std::string, 2> names = {files[0].name(), files[1].name()};
    std::vector<Row> expected;
    for (std::size_t i = 0; i < files.size(); ++i) {
        files[i].write(texts[i]);
        expect(expected, names[i], texts[i], lines);
    }
    BundleSource source{{names[0], names[1]}, lines};
    require_rows(source, expected);
    require(source.position() == source.size() &&
            source.size() == texts[0].size() + texts[1].size());
    return 0;
}
