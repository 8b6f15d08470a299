// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Refused: private
#include "core/receipt/receipt.hpp"

void show(const assay::receipt::VerifiedReceipt& receipt);

#ifdef ALLOWED
void caller(const assay::receipt::VerifiedReceipt& receipt) {
    show(receipt);
}
#else
void caller() {
    show(assay::receipt::VerifiedReceipt{});
}
#endif
