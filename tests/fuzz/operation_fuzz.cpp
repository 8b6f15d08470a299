// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Any operation with any fields. The first byte is an operation's number, and the rest its fields;
// or FRAME, and the rest is a frame as the module gets it; or BATCH, the number of what a batch
// asks for, and the fields of its items. A verdict is well-formed, the same when a frame asks for
// it again, and in a batch what it is alone.
#include "core/api/operations.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/reader.hpp"

#include "tests/fuzz/fields.hpp"
#include "tests/fuzz/operation_names.hpp"
#include "tests/fuzz/verdict.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace assay;
using namespace assay::test;
using api::Operation;

constexpr std::uint8_t FRAME = 0xff;
constexpr std::uint8_t BATCH = 0xfe;

const Operation& operation_named(std::string_view name) {
    const Operation* found = api::find_operation(name);
    require(found != nullptr);
    return *found;
}

/// Whether a yes of the operation says that something was checked.
bool judges(std::string_view name) {
    return name.starts_with("verify_") || name.starts_with("authenticate_") ||
           name.starts_with("check_") || name == "recover_address";
}

void append_field(Bytes& out, BytesView field) {
    for (unsigned shift = 0; shift < 32; shift += 8)
        out.push_back(static_cast<std::uint8_t>(field.size() >> shift));
    out.insert(out.end(), field.begin(), field.end());
}

Bytes frame_of(std::string_view name, std::span<const BytesView> fields) {
    Bytes frame;
    append_field(frame, as_bytes(name));
    for (const BytesView field : fields)
        append_field(frame, field);
    return frame;
}

/// The verdict, which a frame gives too.
std::string ask(const Operation& operation, std::span<const BytesView> fields) {
    std::string verdict = operation.run(fields);
    require(api::run_frame(frame_of(operation.name, fields)) == verdict);
    return verdict;
}

/// ERC-1271: one word is a yes, and the data of a call says what it was made of.
constexpr std::array<std::uint8_t, 4> MAGIC = {0x16, 0x26, 0xba, 0x7e};

bool is_magic(BytesView returned) {
    Hash32 word{};
    std::copy(MAGIC.begin(), MAGIC.end(), word.begin());
    return std::equal(returned.begin(), returned.end(), word.begin(), word.end());
}

void check_call(std::string_view hex, BytesView digest, BytesView signature) {
    constexpr std::size_t WORD = 32;
    const auto data = bytes::from_hex(hex.substr(2));
    require(data && data->size() % WORD == MAGIC.size());
    bytes::Reader reader{*data};
    require(std::ranges::equal(*reader.take(MAGIC.size()), MAGIC));
    require(std::ranges::equal(*reader.take(WORD), digest));
    for (const std::size_t number : {2 * WORD, signature.size()}) {
        require(std::ranges::count(*reader.take(WORD - 8), 0) == WORD - 8);
        require(*reader.big_endian(8) == number);
    }
    require(std::ranges::equal(*reader.take(signature.size()), signature));
    require(reader.remaining() < WORD);
    while (!reader.at_end())
        require(*reader.u8() == 0);
}

void judge(std::string_view name, BytesView rest) {
    const Operation& operation = operation_named(name);
    bytes::Reader reader{rest};
    const std::vector<BytesView> fields = take_fields(reader, operation.fields);
    const std::string verdict = ask(operation, fields);
    const JsonValue json = read_json(verdict);
    const bool ok = require_verdict(json, judges(name));
    if (name == "verify_erc1271_result")
        require(ok == is_magic(fields[0]));
    if (name == "erc1271_call_data" && ok)
        check_call(text_of(json.find("value")->find("data")), fields[0], fields[1]);
}

/// A frame as it comes: what it names may answer with a list (a batch of messages).
void judge_frame(BytesView frame) {
    const std::string verdict = api::run_frame(frame);
    require(api::run_frame(frame) == verdict);
    const JsonValue json = read_json(verdict);
    if (!json.is(JsonKind::array))
        require_verdict(json, false);
}

/// Of a signature: its row is the one that it has alone.
void compare_row(const JsonValue& row, std::size_t index, const JsonValue& alone) {
    const JsonValue* only = &alone.find("checks")->items().front();
    require(text_of(row.find("name")) == "signature[" + std::to_string(index) + ']');
    require(text_of(row.find("status")) == text_of(only->find("status")));
    const JsonValue* code = row.find("code");
    require((code == nullptr) == (only->find("code") == nullptr));
    require(code == nullptr || code->string() == only->find("code")->string());
}

void compare_signatures(const JsonValue& together, const std::vector<std::string>& alone) {
    const bool ok = require_verdict(together, true);
    const auto rows = together.find("checks")->items();
    require(rows.size() == alone.size());
    std::size_t first = alone.size(); // that fails
    for (std::size_t i = 0; i < alone.size(); ++i) {
        const JsonValue verdict = read_json(alone[i]);
        const bool holds = require_verdict(verdict, true);
        compare_row(rows[i], i, verdict);
        if (holds && ok)
            require(together.find("value")->find("items")->items()[i].raw() ==
                    verdict.find("value")->raw());
        if (holds || first != alone.size())
            continue;
        first = i;
        require(!ok && together.find("code")->string() == verdict.find("code")->string());
        require(text_of(together.find("path")) == '[' + std::to_string(i) + ']');
    }
    require(ok == (first == alone.size()));
}

/// The number of what is asked for, then the fields of the items.
void judge_batch(BytesView rest) {
    constexpr std::size_t MOST = 6;
    if (rest.size() < 2)
        return;
    const Operation& operation = operation_named(BATCHED[rest[0] % BATCHED.size()]);
    bytes::Reader reader{rest.subspan(1)};
    Bytes items;
    std::vector<std::string> alone;
    while (!reader.at_end() && alone.size() < MOST) {
        const std::vector<BytesView> fields = take_fields(reader, operation.fields);
        for (const BytesView field : fields)
            append_field(items, field);
        alone.push_back(operation.run(fields));
    }
    const std::array<BytesView, 2> fields = {as_bytes(operation.name), items};
    const std::string verdict = api::run_frame(frame_of("verify_batch", fields));
    const JsonValue together = read_json(verdict);
    if (!together.is(JsonKind::array))
        return compare_signatures(together, alone);
    require(together.items().size() == alone.size());
    for (std::size_t i = 0; i < alone.size(); ++i) {
        require(together.items()[i].raw() == alone[i]);
        require_verdict(together.items()[i], judges(operation.name));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const bool complete = know_all();
    if (!complete || size == 0)
        return 0;
    const BytesView rest{data + 1, size - 1};
    if (data[0] == FRAME)
        judge_frame(rest);
    else if (data[0] == BATCH)
        judge_batch(rest);
    else
        judge(NAMES[data[0] % NAMES.size()], rest);
    return 0;
}
