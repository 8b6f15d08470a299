// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
#include "core/attestation/tdx_collateral.hpp"

#include "core/attestation/pem.hpp"
#include "core/attestation/policy_values.hpp"
#include "core/bytes/der.hpp"
#include "core/bytes/hex.hpp"
#include "core/bytes/json.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace assay::attestation {
namespace {

using bytes::JsonKind;
using bytes::JsonValue;

constexpr std::array<std::string_view, 7> STATUS_NAMES = {"UpToDate",
                                                          "SWHardeningNeeded",
                                                          "ConfigurationNeeded",
                                                          "ConfigurationAndSWHardeningNeeded",
                                                          "OutOfDate",
                                                          "OutOfDateConfigurationNeeded",
                                                          "Revoked"};

/// Certificates that a chain may have before it is refused for its length.
constexpr std::size_t CHAIN_CERTIFICATES = 4;

/// Reads members of one object. A member that is missing or of another form makes ok() false and
/// reads as nothing, so that the caller asks once, at the end.
class Members {
public:
    Members(const JsonValue& object, bool& ok) noexcept : object_{object}, ok_{ok} {
        ok_ = ok_ && object.is(JsonKind::object);
    }

    [[nodiscard]] const JsonValue* find(std::string_view name, JsonKind kind) noexcept {
        const JsonValue* value = object_.find(name);
        const bool found = value != nullptr && value->is(kind);
        ok_ = ok_ && found;
        return found ? value : nullptr;
    }
    [[nodiscard]] bool has(std::string_view name) const noexcept {
        return object_.find(name) != nullptr;
    }
    [[nodiscard]] std::string_view text(std::string_view name) noexcept {
        const JsonValue* value = find(name, JsonKind::string);
        return value != nullptr ? std::string_view{value->string()} : std::string_view{};
    }
    [[nodiscard]] std::uint64_t number(std::string_view name, std::int64_t most) noexcept {
        const JsonValue* value = find(name, JsonKind::number);
        const std::int64_t number = value != nullptr ? read_integer(*value).value_or(-1) : -1;
        const bool fits = number >= 0 && number <= most;
        ok_ = ok_ && fits;
        return fits ? static_cast<std::uint64_t>(number) : 0;
    }
    [[nodiscard]] Bytes hex(std::string_view name, std::size_t size) noexcept {
        auto value = bytes::from_hex(text(name));
        ok_ = ok_ && value && value->size() == size;
        return std::move(value).value_or(Bytes{});
    }
    /// YYYY-MM-DDThh:mm:ssZ, which is a GeneralizedTime with marks between.
    [[nodiscard]] std::int64_t date(std::string_view name) noexcept {
        constexpr std::string_view FORM = "####-##-##T##:##:##Z";
        const std::string_view date = text(name);
        std::string digits;
        for (std::size_t i = 0; i < date.size() && i < FORM.size(); ++i) {
            if (FORM[i] == '#' || FORM[i] == 'Z') {
                digits.push_back(date[i]);
            } else {
                ok_ = ok_ && date[i] == FORM[i];
            }
        }
        const auto seconds =
            bytes::der_time({bytes::der_tag::GENERALIZED_TIME, as_bytes(digits), {}});
        ok_ = ok_ && seconds && date.size() == FORM.size();
        return seconds.value_or(0);
    }
    [[nodiscard]] TcbStatus status(std::string_view name) noexcept {
        const auto status = tcb_status(text(name));
        ok_ = ok_ && status;
        return status.value_or(TcbStatus::revoked);
    }
    [[nodiscard]] std::span<const JsonValue> list(std::string_view name) noexcept {
        const JsonValue* value = find(name, JsonKind::array);
        return value != nullptr ? value->items() : std::span<const JsonValue>{};
    }

private:
    const JsonValue& object_;
    bool& ok_;
};

constexpr std::int64_t LARGEST_SVN = 65535;

std::vector<std::string> read_advisories(Members& level, bool& ok) {
    std::vector<std::string> advisories;
    if (level.has("advisoryIDs")) {
        for (const JsonValue& id : level.list("advisoryIDs")) {
            ok = ok && id.is(JsonKind::string);
            if (ok) {
                advisories.push_back(id.string());
            }
        }
    }
    return advisories;
}

std::vector<SvnLevel> read_svn_levels(Members& parent, bool& ok) {
    std::vector<SvnLevel> levels;
    for (const JsonValue& item : parent.list("tcbLevels")) {
        Members level{item, ok};
        const JsonValue* tcb = level.find("tcb", JsonKind::object);
        if (tcb != nullptr) {
            levels.push_back({Members{*tcb, ok}.number("isvsvn", LARGEST_SVN),
                              level.status("tcbStatus"), read_advisories(level, ok)});
        }
    }
    return levels;
}

Identity read_module(const JsonValue& value, bool& ok) {
    Members members{value, ok};
    Identity identity{};
    identity.mrsigner = members.hex("mrsigner", td_report::MRSIGNERSEAM.size);
    identity.attributes = members.hex("attributes", td_report::SEAMATTRIBUTES.size);
    identity.attributes_mask = members.hex("attributesMask", td_report::SEAMATTRIBUTES.size);
    return identity;
}

/// [{"svn": 0…255}, …]; nothing when there is no such list or it has not 16 items.
std::optional<TcbComponents> read_components(Members& tcb, std::string_view name, bool& ok) {
    if (!tcb.has(name)) {
        return std::nullopt;
    }
    const auto items = tcb.list(name);
    TcbComponents components{};
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto svn = Members{items[i], ok}.number("svn", 255);
        if (i < components.size()) {
            components[i] = static_cast<std::uint8_t>(svn);
        }
    }
    return items.size() == components.size() ? std::optional{components} : std::nullopt;
}

PlatformLevel read_platform_level(const JsonValue& value, bool& ok) {
    Members members{value, ok};
    PlatformLevel level{};
    level.status = members.status("tcbStatus");
    if (const JsonValue* object = members.find("tcb", JsonKind::object)) {
        Members tcb{*object, ok};
        level.sgx = read_components(tcb, "sgxtcbcomponents", ok);
        level.tdx = read_components(tcb, "tdxtcbcomponents", ok);
        level.pcesvn = tcb.number("pcesvn", LARGEST_SVN);
    }
    level.advisories = read_advisories(members, ok);
    return level;
}

void read_head(Members& members, SignedText& document) {
    document.id = members.text("id");
    document.version = members.number("version", LARGEST_SVN);
    document.issue_date = members.date("issueDate");
    document.next_update = members.date("nextUpdate");
    document.evaluation_number = members.number("tcbEvaluationDataNumber", INT32_MAX);
}

bool read_tcb_info(const JsonValue& value, TcbInfo& info) {
    bool ok = true;
    Members members{value, ok};
    read_head(members, info);
    info.fmspc = members.hex("fmspc", 6);
    info.pce_id = members.hex("pceId", 2);
    info.tcb_type = members.has("tcbType") ? members.number("tcbType", LARGEST_SVN) : 0;
    if (const JsonValue* module = value.find("tdxModule")) {
        info.module = read_module(*module, ok);
    }
    if (members.has("tdxModuleIdentities")) {
        for (const JsonValue& item : members.list("tdxModuleIdentities")) {
            Identity module = read_module(item, ok);
            Members fields{item, ok};
            module.id = fields.text("id");
            module.levels = read_svn_levels(fields, ok);
            info.modules.push_back(std::move(module));
        }
    }
    for (const JsonValue& level : members.list("tcbLevels")) {
        info.levels.push_back(read_platform_level(level, ok));
    }
    return ok;
}

bool read_qe_identity(const JsonValue& value, QeIdentity& identity) {
    bool ok = true;
    Members members{value, ok};
    read_head(members, identity);
    identity.miscselect = members.hex("miscselect", sgx_report::MISCSELECT.size);
    identity.miscselect_mask = members.hex("miscselectMask", sgx_report::MISCSELECT.size);
    identity.isvprodid = members.number("isvprodid", LARGEST_SVN);
    identity.enclave.mrsigner = members.hex("mrsigner", sgx_report::MRSIGNER.size);
    identity.enclave.attributes = members.hex("attributes", sgx_report::ATTRIBUTES.size);
    identity.enclave.attributes_mask = members.hex("attributesMask", sgx_report::ATTRIBUTES.size);
    identity.enclave.levels = read_svn_levels(members, ok);
    return ok;
}

/// The signed text @p name with its companions …_signature and …_issuer_chain.
template <typename Document>
bool read_signed(const JsonValue& collateral, const std::string& name,
                 bool (*read)(const JsonValue&, Document&), Document& document) {
    constexpr std::size_t SIGNATURE_BYTES = 64;
    bool ok = true;
    Members members{collateral, ok};
    document.text = members.text(name);
    document.signature = members.hex(name + "_signature", SIGNATURE_BYTES);
    auto chain = CertificateList::parse(members.text(name + "_issuer_chain"), CHAIN_CERTIFICATES);
    const auto value = bytes::parse_json(document.text, ErrorCode::TDX_MALFORMED);
    if (!ok || !chain || !value) {
        return false;
    }
    document.chain = *std::move(chain);
    return read(*value, document);
}

bool read_list(const JsonValue& collateral, std::string_view name, Bytes& der,
               RevocationList& list) {
    bool ok = true;
    auto bytes = bytes::from_hex(Members{collateral, ok}.text(name));
    if (!bytes) {
        return false;
    }
    der = *std::move(bytes);
    const auto parsed = parse_revocation_list(der);
    list = parsed.value_or(RevocationList{});
    return ok && parsed;
}

} // namespace

std::string_view name(TcbStatus status) noexcept {
    return STATUS_NAMES[static_cast<std::size_t>(status)];
}

std::optional<TcbStatus> tcb_status(std::string_view name) noexcept {
    const auto found = std::find(STATUS_NAMES.begin(), STATUS_NAMES.end(), name);
    return found != STATUS_NAMES.end()
               ? std::optional{static_cast<TcbStatus>(found - STATUS_NAMES.begin())}
               : std::nullopt;
}

bool Identity::describes(BytesView signer, BytesView actual) const noexcept {
    bool same = std::equal(signer.begin(), signer.end(), mrsigner.begin(), mrsigner.end()) &&
                actual.size() == attributes.size() && actual.size() == attributes_mask.size();
    for (std::size_t i = 0; same && i < actual.size(); ++i) {
        same = ((actual[i] ^ attributes[i]) & attributes_mask[i]) == 0;
    }
    return same;
}

const SvnLevel* Identity::level_of(std::uint64_t svn) const noexcept {
    for (const SvnLevel& level : levels) {
        if (level.isvsvn <= svn) {
            return &level;
        }
    }
    return nullptr;
}

Result<TdxCollateral> TdxCollateral::parse(BytesView text) noexcept {
    constexpr std::array<const char*, 4> PARTS = {"root_ca_crl", "pck_crl", "tcb_info",
                                                  "qe_identity"};
    constexpr std::array<const char*, 4> COMPANIONS = {
        "tcb_info_signature", "tcb_info_issuer_chain", "qe_identity_signature",
        "qe_identity_issuer_chain"};
    if (text.empty()) {
        return ErrorCode::TDX_COLLATERAL_MISSING;
    }
    if (text.size() > COLLATERAL_BYTES) {
        return ErrorCode::TDX_LIMIT;
    }
    const auto object = bytes::parse_json(as_text(text), ErrorCode::TDX_MALFORMED);
    if (!object) {
        return object.error();
    }
    if (object->is(JsonKind::null)) {
        return ErrorCode::TDX_COLLATERAL_MISSING;
    }
    if (!object->is(JsonKind::object)) {
        return Error{ErrorCode::TDX_MALFORMED, "collateral"};
    }
    for (const auto& names : {PARTS, COMPANIONS}) {
        for (const char* member : names) {
            if (object->find(member) == nullptr) {
                return Error{ErrorCode::TDX_COLLATERAL_MISSING, member};
            }
        }
    }
    // Never used: the list's issuer stands in the quote.
    const JsonValue* unused = object->find("pck_crl_issuer_chain");
    if (unused != nullptr && !unused->is(JsonKind::string)) {
        return Error{ErrorCode::TDX_MALFORMED, "pck_crl_issuer_chain"};
    }
    TdxCollateral collateral{};
    const std::array<bool, PARTS.size()> parsed = {
        read_list(*object, PARTS[0], collateral.root_crl_der, collateral.root_crl),
        read_list(*object, PARTS[1], collateral.pck_crl_der, collateral.pck_crl),
        read_signed(*object, PARTS[2], read_tcb_info, collateral.tcb_info),
        read_signed(*object, PARTS[3], read_qe_identity, collateral.qe_identity)};
    for (std::size_t i = 0; i < parsed.size(); ++i) {
        if (!parsed[i]) {
            return Error{ErrorCode::TDX_MALFORMED, PARTS[i]};
        }
    }
    return Result<TdxCollateral>{std::move(collateral)};
}

} // namespace assay::attestation
