// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/cli/bundle_source.hpp"

#include "core/base/limits.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace assay::cli {
namespace {

constexpr std::size_t BLOCK_BYTES = std::size_t{1} << 18;
/// Enough to show that a bundle is oversized.
constexpr std::size_t KEPT_BYTES = limits::BUNDLE_BYTES + 1;

std::string_view trim(std::string_view text) noexcept {
    constexpr std::string_view BLANK = " \t\r\n";
    const std::size_t first = text.find_first_not_of(BLANK);
    return first == std::string_view::npos
               ? std::string_view{}
               : text.substr(first, text.find_last_not_of(BLANK) - first + 1);
}

/// Whether the line begins an object and ends where the object does: one of several lines ends
/// within.
bool is_object(const Bytes& line) noexcept {
    const std::string_view text = trim(as_text(line));
    if (!text.starts_with('{')) {
        return false;
    }
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"') {
            in_string = !in_string;
        } else if (in_string) {
            i += c == '\\' ? 1 : 0;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return i + 1 == text.size();
        }
    }
    return false;
}

bool is_named_as_lines(std::string_view file) noexcept {
    return file.ends_with(".ndjson") || file.ends_with(".jsonl");
}

} // namespace

void BundleSource::Close::operator()(std::FILE* file) const noexcept {
    if (file != stdin) {
        std::fclose(file);
    }
}

BundleSource::BundleSource(std::vector<std::string> files, Lines lines)
    : files_{std::move(files)}, lines_{lines} {
    for (const std::string& file : files_) {
        std::error_code error;
        const std::uintmax_t bytes = std::filesystem::file_size(file, error);
        if (error) { // standard input, a pipe
            size_ = 0;
            return;
        }
        size_ += bytes;
    }
}

int BundleSource::get() {
    if (at_ == block_.size()) {
        block_.resize(BLOCK_BYTES);
        block_.resize(std::fread(block_.data(), 1, BLOCK_BYTES, file_.get()));
        at_ = 0;
        position_ += block_.size();
        if (block_.empty()) {
            if (std::ferror(file_.get()) != 0) {
                broken_ = std::strerror(errno);
            }
            return EOF;
        }
    }
    return static_cast<unsigned char>(block_[at_++]);
}

bool BundleSource::read_line(Bytes& line, Overlong overlong) {
    line.clear();
    if (get() == EOF) {
        return false;
    }
    --at_;
    while (get() != EOF) { // one block at a time
        --at_;
        const auto* begin = block_.data() + at_;
        const auto* end = block_.data() + block_.size();
        const auto* stop = std::find(begin, end, '\n');
        const auto taken = std::min(stop, begin + (KEPT_BYTES - line.size()));
        line.insert(line.end(), begin, taken);
        at_ = static_cast<std::size_t>(stop - block_.data());
        if (stop != end) {
            ++at_;
            return true;
        }
        if (overlong == Overlong::stop && line.size() == KEPT_BYTES) {
            return true;
        }
    }
    return true;
}

void BundleSource::read_rest(Bytes& bytes) {
    for (int byte = 0; bytes.size() < KEPT_BYTES && (byte = get()) != EOF;) {
        bytes.push_back(static_cast<std::uint8_t>(byte));
    }
}

bool BundleSource::open_next() {
    while (opened_ < files_.size()) {
        const std::string& name = files_[opened_++];
        file_.reset(name == "-" ? stdin : std::fopen(name.c_str(), "rb"));
        block_.clear();
        at_ = 0;
        line_ = 0;
        broken_.clear();
        if (file_ != nullptr) {
            by_line_ = lines_ == Lines::always || is_named_as_lines(name);
            if (!by_line_) {
                detect();
            }
            return true;
        }
        ahead_.push_back({name, 0, {}, std::strerror(errno)});
        return true;
    }
    return false;
}

/// Finds out by its form whether the file has one bundle a line; puts what it read ahead.
void BundleSource::detect() {
    BundleText first{files_[opened_ - 1], 0, {}};
    const bool ended = !read_line(first.bytes, Overlong::stop);
    ++line_;
    if (first.bytes.size() == KEPT_BYTES) { // refused for its size, whatever follows
    } else if (!ended && is_object(first.bytes)) {
        Bytes second;
        while (read_line(second, Overlong::skip)) {
            ++line_;
            if (!trim(as_text(second)).empty()) {
                first.line = 1;
                by_line_ = true;
                ahead_.push_back(std::move(first));
                ahead_.push_back({files_[opened_ - 1], line_, std::move(second)});
                return;
            }
        }
    } else if (!ended && at_ > 0 && block_[at_ - 1] == '\n') {
        first.bytes.push_back('\n');
        read_rest(first.bytes);
    }
    if (broken_.empty()) {
        ahead_.push_back(std::move(first));
    } else {
        ahead_.push_back({files_[opened_ - 1], 0, {}, broken_});
    }
    file_.reset();
}

bool BundleSource::next(BundleText& out) {
    while (true) {
        if (!ahead_.empty()) {
            out = std::move(ahead_.front());
            ahead_.pop_front();
            return true;
        }
        if (file_ == nullptr && !open_next()) {
            return false;
        }
        if (file_ == nullptr || !ahead_.empty()) {
            continue;
        }
        out = {};
        while (read_line(out.bytes, Overlong::skip)) {
            ++line_;
            if (!trim(as_text(out.bytes)).empty()) {
                out.file = files_[opened_ - 1];
                out.line = line_;
                return true;
            }
        }
        file_.reset();
        if (!broken_.empty()) {
            ahead_.push_back({files_[opened_ - 1], 0, {}, broken_});
        }
    }
}

} // namespace assay::cli
