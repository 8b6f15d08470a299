/* Assay: verifiable AI results in the browser
 * Copyright 2026 The Assay Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* Forced in front of every XNNPACK source for the scalar build: hides the processor. One
 * architecture must stay, or an enum is empty; Hexagon without HVX adds no code. */
#pragma once
#include "xnnpack/common.h"

#undef XNN_ARCH_X86
#define XNN_ARCH_X86 0
#undef XNN_ARCH_X86_64
#define XNN_ARCH_X86_64 0
#undef XNN_ARCH_ARM
#define XNN_ARCH_ARM 0
#undef XNN_ARCH_ARM64
#define XNN_ARCH_ARM64 0
#undef XNN_ARCH_RISCV
#define XNN_ARCH_RISCV 0
#undef XNN_ARCH_HEXAGON
#define XNN_ARCH_HEXAGON 1
