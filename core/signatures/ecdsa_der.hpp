// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// ECDSA signatures as X.509 carries them.
#pragma once

#include "core/base/bytes_view.hpp"
#include "core/base/result.hpp"

#include <cstddef>

namespace assay::signatures {

/// @return r || s, @p scalar_bytes each, of a strict DER Ecdsa-Sig-Value (RFC 5480 appendix A);
///   SIGNATURE_MALFORMED when it is not DER, has bytes left over, a negative integer, or one of
///   more than @p scalar_bytes bytes. Whether r and s are in range is for the verification to say.
[[nodiscard]] Result<Bytes> ecdsa_der_to_raw(BytesView der, std::size_t scalar_bytes) noexcept;

} // namespace assay::signatures
