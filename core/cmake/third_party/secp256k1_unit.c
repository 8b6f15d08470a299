/* Assay: verifiable AI results in the browser
 * Copyright 2026 The Assay Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* libsecp256k1 as one translation unit; the definitions come from secp256k1.cmake. */
#ifdef ASSAY_SHARED_SHA256
#include "secp256k1_sha256.h"
#endif
#include "src/secp256k1.c"
#include "src/precomputed_ecmult.c"
#include "src/precomputed_ecmult_gen.c"

#include <stdlib.h>

/* Called when a precondition of the library is broken: our bug, never a property of the input. */
void secp256k1_default_illegal_callback_fn(const char* message, void* data) {
    (void) message;
    (void) data;
    abort();
}

void secp256k1_default_error_callback_fn(const char* message, void* data) {
    (void) message;
    (void) data;
    abort();
}
