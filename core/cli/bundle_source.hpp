// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The evidence bundles in files: one a file, or one a line (NDJSON). A file is read line by line
// when its name ends in .ndjson or .jsonl, when the caller says so, or when its first line is an
// object of its own and more lines follow. Memory holds one bundle, whatever the file's size.
#pragma once

#include "core/base/bytes_view.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace assay::cli {

struct BundleText {
    std::string file;
    std::size_t line = 0; ///< counted from 1; 0: the bundle is the whole file
    Bytes bytes;          ///< of an oversized bundle one byte more than the limit
    std::string unread{}; ///< why the file could not be read (on); then there are no bytes
};

enum class Lines : std::uint8_t { by_form, always };

class BundleSource {
public:
    /// @param files names; "-" is standard input
    BundleSource(std::vector<std::string> files, Lines lines);

    /// @return whether there was another bundle. Blank lines are counted and skipped.
    [[nodiscard]] bool next(BundleText& out);

    /// Bytes read so far, and of all files; the latter 0 when it is not known.
    [[nodiscard]] std::uint64_t position() const noexcept { return position_; }
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

private:
    struct Close {
        void operator()(std::FILE* file) const noexcept;
    };

    enum class Overlong : std::uint8_t { skip, stop };

    bool open_next();
    /// Takes a line without its end; of an oversized one KEPT_BYTES, and skips the rest where
    /// asked.
    /// @return false at the end of the file.
    bool read_line(Bytes& line, Overlong overlong);
    /// Appends what is left of the file.
    void read_rest(Bytes& bytes);
    /// The next byte, or EOF.
    int get();
    void detect();

    std::vector<std::string> files_;
    Lines lines_;
    std::size_t opened_ = 0; ///< of files_
    std::unique_ptr<std::FILE, Close> file_;
    bool by_line_ = false;
    std::size_t line_ = 0;
    std::deque<BundleText> ahead_; ///< read while the form was found out
    std::vector<char> block_;
    std::size_t at_ = 0; ///< in block_
    std::uint64_t position_ = 0;
    std::uint64_t size_ = 0;
    std::string broken_; ///< why the file that is open could not be read on
};

} // namespace assay::cli
