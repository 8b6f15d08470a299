// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/api/verdict_json.hpp"

namespace assay::api {
namespace {

void write_checks(bytes::JsonWriter& out, const std::vector<Check>& checks) noexcept {
    out.array();
    for (const Check& check : checks) {
        out.object();
        out.key("name").string(check.name);
        out.key("status").string(name(check.status));
        if (check.code) {
            out.key("code").string(info(*check.code).name);
        }
        if (!check.detail.empty()) {
            out.key("detail").string(check.detail);
        }
        if (!check.children.empty()) {
            out.key("children");
            write_checks(out, check.children);
        }
        out.end();
    }
    out.end();
}

} // namespace

std::string success_text(const std::string& value, const CheckList& checks,
                         TrustLevel trust) noexcept {
    bytes::JsonWriter out;
    out.object();
    out.key("ok").boolean(true);
    out.key("value").raw(value);
    out.key("checks");
    write_checks(out, checks.items());
    out.key("trust").string(name(trust));
    out.end();
    return out.take();
}

std::string failure_text(const Error& error, const CheckList& checks) noexcept {
    const CodeInfo& row = info(error.code);
    bytes::JsonWriter out;
    out.object();
    out.key("ok").boolean(false);
    out.key("code").string(row.name);
    out.key("category").string(name(row.category));
    if (!row.message.empty()) {
        out.key("message").string(row.message);
    }
    if (!error.path.empty()) {
        out.key("path").string(error.path.view());
    }
    out.key("checks");
    write_checks(out, checks.items());
    out.end();
    return out.take();
}

} // namespace assay::api
