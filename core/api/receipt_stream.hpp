// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// verify_receipt() for an event stream that comes in chunks of any size. The verdict is that of the
// whole text with `response_is` "stream", whatever the chunks. Memory grows with the longest line
// and the tool calls, and with the text that the stream says unless only its hash is kept.
#pragma once

#include "core/api/options.hpp"
#include "core/api/verify_api.hpp"
#include "core/attestation/nitro.hpp"
#include "core/base/verdict.hpp"
#include "core/receipt/receipt.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace assay::api {

class ReceiptStream {
public:
    /// Judges everything but the reply: request, options, attestation. @p call has no response;
    /// nothing of it is needed afterwards. `response_is` may be absent or "stream".
    explicit ReceiptStream(const ReceiptCall& call,
                           receipt::Keep keep = receipt::Keep::text) noexcept;

    /// Takes the next bytes. More than limits::TEXT_BYTES in all are not read: INPUT_LIMIT.
    void push(BytesView chunk) noexcept;
    /// The stream is over; finish() says the same.
    void end() noexcept;
    /// The text that the last push() or end() added: provisional (receipt.md §5.6). Valid until the
    /// next call.
    [[nodiscard]] std::string_view added() const noexcept;

    /// The stream is over. To be called once. @return the verdict's text.
    [[nodiscard]] std::string finish() noexcept;

    /// What already stands in the way of a receipt, whatever comes; nothing when all is well.
    [[nodiscard]] const std::optional<Error>& fault() const noexcept { return fault_; }

private:
    friend std::string verify_receipt(const ReceiptCall& call) noexcept;

    /// Everything up to the reply. @return what stands in the way.
    std::optional<Error> open(const ReceiptCall& call) noexcept;
    [[nodiscard]] std::string conclude(const Result<receipt::VerifiedReceipt>& receipt,
                                       CheckList rows) noexcept;
    /// The view is of key_.
    [[nodiscard]] receipt::KeyAnchor anchor() const noexcept;

    ReceiptStream() noexcept = default;

    CheckList checks_{};
    std::optional<ReceiptOptions> options_{};
    std::optional<attestation::NitroClaims> claims_{};
    std::optional<receipt::Profile> profile_{};
    Bytes key_{};
    std::optional<Error> fault_{};
    std::size_t size_ = 0; ///< of the response so far, bytes
    bool oversized_ = false;
    std::optional<receipt::ReceiptStream> stream_{};
};

} // namespace assay::api
