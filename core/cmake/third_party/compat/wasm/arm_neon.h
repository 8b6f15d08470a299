/* Assay: verifiable AI results in the browser
 * Copyright 2026 The Assay Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* Two wasm kernels of XNNPACK include <arm_neon.h> without using it. Emscripten's own header would
 * serve, but a distribution's copy may need SIMDe. */
#pragma once
#include <wasm_simd128.h>
