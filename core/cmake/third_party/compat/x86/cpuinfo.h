/* Assay: verifiable AI results in the browser
 * Copyright 2026 The Assay Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* The calls that XNNPACK makes to libcpuinfo on x86-64, answered by the compiler's own detection
 * (__builtin_cpu_supports) and, where g++ 12 has no name for a feature, by cpuid. */
#pragma once

#include <cpuid.h>
#include <stdbool.h>
#include <stddef.h>

enum cpuinfo_uarch {
    cpuinfo_uarch_unknown,
    cpuinfo_uarch_zen,
    cpuinfo_uarch_zen4,
    cpuinfo_uarch_dhyana,
};

struct cpuinfo_core {
    enum cpuinfo_uarch uarch;
};

static inline bool cpuinfo_initialize(void) {
    __builtin_cpu_init();
    return true;
}

/* The microarchitecture only picks between kernels of equal results. */
static inline const struct cpuinfo_core* cpuinfo_get_core(unsigned index) {
    static const struct cpuinfo_core core = {cpuinfo_uarch_unknown};
    (void) index;
    return &core;
}

#define ASSAY_CPUINFO(name, feature)                   \
    static inline bool cpuinfo_has_x86_##name(void) {  \
        return __builtin_cpu_supports(feature) != 0;   \
    }
ASSAY_CPUINFO(ssse3, "ssse3")
ASSAY_CPUINFO(sse4_1, "sse4.1")
ASSAY_CPUINFO(avx, "avx")
ASSAY_CPUINFO(fma3, "fma")
ASSAY_CPUINFO(avx2, "avx2")
ASSAY_CPUINFO(avx512f, "avx512f")
ASSAY_CPUINFO(avx512bw, "avx512bw")
ASSAY_CPUINFO(avx512dq, "avx512dq")
ASSAY_CPUINFO(avx512vl, "avx512vl")
ASSAY_CPUINFO(avx512vbmi, "avx512vbmi")
ASSAY_CPUINFO(avx512vnni, "avx512vnni")
ASSAY_CPUINFO(gfni, "gfni")
#undef ASSAY_CPUINFO

static inline bool cpuinfo_has_x86_f16c(void) {
    unsigned a, b, c, d;
    return __builtin_cpu_supports("avx") && __get_cpuid(1, &a, &b, &c, &d) && (c & bit_F16C) != 0;
}

/* AVX-VNNI: leaf 7, sub-leaf 1, bit 4 of EAX; AVX2 stands for the operating system's support. */
static inline bool cpuinfo_has_x86_avxvnni(void) {
    unsigned a, b, c, d;
    return __builtin_cpu_supports("avx2") && __get_cpuid_count(7, 1, &a, &b, &c, &d) &&
           (a & (1u << 4)) != 0;
}

static inline bool cpuinfo_has_x86_amx_int8(void) {
    return false;
}
