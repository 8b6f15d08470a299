// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The committed sample evidence (demo/samples/evidence), as the calls of core/api take it.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/bytes/base64.hpp"
#include "core/bytes/json.hpp"

#include <catch2/catch_test_macros.hpp>

#include <fstream>
#include <iterator>
#include <string>

namespace assay::test {

inline std::string read_sample(const std::string& name) {
    std::ifstream file{std::string{ASSAY_SAMPLES} + "/" + name, std::ios::binary};
    REQUIRE(file.good());
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// One receipt file of the samples, taken apart.
struct SampleReceipt {
    std::string request;
    std::string response;
    Bytes key;

    static SampleReceipt read(const std::string& name) {
        const std::string text = read_sample(name);
        const auto object = bytes::parse_json(text, ErrorCode::ARGUMENT_INVALID);
        REQUIRE(object.has_value());
        const auto key = bytes::from_base64(object->find("key")->string());
        REQUIRE(key.has_value());
        return {object->find("request")->string(), object->find("response")->string(), *key};
    }
};

/// The moment that the samples were made for.
inline constexpr const char* SAMPLE_NOW = "1795176000";

/// A verdict text, read back; the text lives as long as this.
class ReadVerdict {
public:
    explicit ReadVerdict(std::string text) : text_{std::move(text)}, value_{parse(text_)} {}

    [[nodiscard]] bool ok() const { return value_.find("ok")->boolean(); }
    [[nodiscard]] std::string code() const { return ok() ? "OK" : value_.find("code")->string(); }
    [[nodiscard]] const bytes::JsonValue& operator*() const { return value_; }
    [[nodiscard]] const std::string& text() const { return text_; }

    /// Status of the check @p name anywhere in the tree, "" when it is not there.
    [[nodiscard]] std::string status(const std::string& name) const {
        return status(*value_.find("checks"), name);
    }

private:
    static bytes::JsonValue parse(const std::string& text) {
        auto value = bytes::parse_json(text, ErrorCode::ARGUMENT_INVALID);
        REQUIRE(value.has_value());
        return std::move(*value);
    }
    static std::string status(const bytes::JsonValue& checks, const std::string& name) {
        for (const auto& check : checks.items()) {
            if (check.find("name")->string() == name)
                return check.find("status")->string();
            if (const auto* children = check.find("children")) {
                if (auto found = status(*children, name); !found.empty())
                    return found;
            }
        }
        return "";
    }

    std::string text_;
    bytes::JsonValue value_;
};

} // namespace assay::test
