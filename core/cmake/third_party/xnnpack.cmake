# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# XNNPACK from upstream's own source lists. Its CMakeLists.txt knows no wasm kernels and stops on
# an unknown processor, but the lists in it are complete: they are read, and a list that is gone
# stops the configure, so an update of the pinned version is noticed.
set(src ${ASSAY_SOURCES}/xnnpack)

# 1. The library proper.
file(READ ${src}/CMakeLists.txt upstream)
set(files)
foreach(list OPERATOR REFERENCE SUBGRAPH LOGGING XNNPACK TABLE)
    string(REGEX MATCH "SET\\(${list}_SRCS\n([^)]*)\\)" found "${upstream}")
    if(NOT found)
        message(FATAL_ERROR "XNNPACK: upstream's list ${list}_SRCS is gone; adapt xnnpack.cmake")
    endif()
    string(REGEX MATCHALL "src/[^ \n\")]+" entries "${CMAKE_MATCH_1}")
    list(APPEND files ${entries})
endforeach()
# Single-file object libraries of upstream.
list(APPEND files
    src/allocator.c
    src/cache.c
    src/configs/hardware-config.c
    src/datatype.c
    src/indirection.c
    src/memory.c
    src/microkernel-utils.c
    src/microparams-init.c
    src/mutex.c
    src/normalization.c
    src/operator-run.c
    src/operator-utils.c
    src/reference/packing.cc)
list(TRANSFORM files PREPEND ${src}/)

# Upstream's sources of which a few lines are changed.
include(xnnpack_changes.cmake)

# 2. Features. Everything of other processors is off.
set(definitions
    _GNU_SOURCE
    XNN_ENABLE_ASSEMBLY=0
    XNN_ENABLE_DWCONV_MULTIPASS=0
    XNN_ENABLE_GEMM_M_SPECIALIZATION=1
    XNN_ENABLE_HVX=0
    XNN_ENABLE_JIT=0
    XNN_ENABLE_KLEIDIAI=0
    XNN_ENABLE_MEMOPT=1
    XNN_ENABLE_RISCV_VECTOR=0
    XNN_ENABLE_SPARSE=0
    XNN_ENABLE_VSX=0
    # No messages: they would pull stdio into wasm, and an error code says the same.
    XNN_LOG_LEVEL=0)
foreach(feature BF16 DOTPROD FP16_SCALAR FP16_VECTOR I8MM SME SME2)
    list(APPEND definitions XNN_ENABLE_ARM_${feature}=0)
endforeach()

# 3. Kernel lists and the instruction set of each.
set(kernel_lists scalar)
set(common_flags)
set(left_out)
set(front_include)
set(compat)
set(x86_optional
    AVXVNNI AVXVNNIINT8 AVX256SKX AVX256VNNI AVX256VNNIGFNI AVX512F AVX512SKX AVX512VBMI
    AVX512VNNI AVX512VNNIGFNI AVX512AMX AVX512FP16)
if(EMSCRIPTEN)
    # The level is chosen by predefined macros: the configs need the flags of the best kernels.
    list(APPEND kernel_lists wasm wasmsimd)
    list(APPEND common_flags -msimd128)
    if(ASSAY_WASM_SIMD STREQUAL "relaxed")
        list(APPEND kernel_lists wasmrelaxedsimd)
        set(flags_wasmrelaxedsimd -mrelaxed-simd)
        # Not the other kernels: the compiler cache has those from the plain build.
        set_property(SOURCE ${files} APPEND PROPERTY COMPILE_OPTIONS -mrelaxed-simd)
    endif()
    list(APPEND definitions XNN_ENABLE_CPUINFO=0)
    set(compat compat/wasm)
    # Weights are laid out by pack_f32.c; what it does not take goes to the reference, renamed.
    set_property(SOURCE ${src}/src/reference/packing.cc APPEND PROPERTY COMPILE_DEFINITIONS
        xnn_pack_f32_gemm_gio_w=assay_reference_pack_f32_gemm_gio_w
        xnn_pack_f32_conv_goki_w=assay_reference_pack_f32_conv_goki_w)
    list(APPEND files
        ${CMAKE_CURRENT_SOURCE_DIR}/compat/wasm/pack_f32.c
        ${src}/src/x32-packw/gen/x32-packw-x8-gemm-gio-scalar.c)
    foreach(file IN LISTS files)
        if(file MATCHES "^${src}/src/subgraph/")
            set_property(SOURCE ${file} APPEND PROPERTY COMPILE_OPTIONS
                -include ${CMAKE_CURRENT_SOURCE_DIR}/compat/wasm/unused_operators.h)
        elseif(file MATCHES "/src/operators/(convolution-nhwc|fully-connected-nc)\\.c$")
            set_property(SOURCE ${file} APPEND PROPERTY COMPILE_OPTIONS
                -include ${CMAKE_CURRENT_SOURCE_DIR}/compat/wasm/column_blocks.h)
        endif()
    endforeach()
    # This one has the names of the kernels that are left out below.
    set(dwconv ${CMAKE_CURRENT_SOURCE_DIR}/compat/wasm/dwconv_9p8c.c)
    list(APPEND files ${dwconv})
    if(ASSAY_WASM_SIMD STREQUAL "relaxed")
        set_property(SOURCE ${dwconv} APPEND PROPERTY COMPILE_OPTIONS -mrelaxed-simd)
        set(left_out 9p8c-minmax-wasmrelaxedsimd-fma 9p8c-wasmrelaxedsimd-fma)
    else()
        set(left_out 9p8c-minmax-wasmsimd-x86 9p8c-wasmsimd)
    endif()
    list(TRANSFORM left_out REPLACE "(.+)" "src/f32-dwconv/gen/f32-dwconv-\\1.c")
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$" AND NOT ASSAY_XNNPACK_ISAS STREQUAL "scalar")
    # Upstream's flags for each list. The first eight the configs name without a macro, so they
    # cannot be left out: that is "base".
    list(APPEND kernel_lists sse sse2 ssse3 sse41 avx f16c fma3 avx2)
    set(flags_sse -msse -mno-sse2)
    set(flags_sse2 -msse2 -mno-sse3)
    set(flags_ssse3 -mssse3 -mno-sse4.1)
    set(flags_sse41 -msse4.1 -mno-sse4.2)
    set(flags_avx -mavx -mno-avx2 -mno-fma -mno-f16c)
    set(flags_f16c -mf16c -mno-avx2 -mno-fma)
    set(flags_fma3 -mf16c -mfma -mno-avx2)
    set(flags_avx2 -mf16c -mfma -mavx2)
    set(flags_avxvnni ${flags_avx2} -mavxvnni)
    set(flags_avx512f -mavx512f)
    set(flags_avx512skx -mf16c -mfma -mavx512f -mavx512cd -mavx512bw -mavx512dq -mavx512vl)
    set(flags_avx256skx ${flags_avx512skx})
    set(flags_avx512vbmi ${flags_avx512skx} -mavx512vbmi)
    set(flags_avx512vnni ${flags_avx512skx} -mavx512vnni)
    set(flags_avx256vnni ${flags_avx512vnni})
    set(flags_avx512vnnigfni ${flags_avx512vnni} -mgfni)
    set(flags_avx256vnnigfni ${flags_avx512vnnigfni})
    set(enabled)
    if(ASSAY_XNNPACK_ISAS STREQUAL "all")
        # What g++ 12 can build; AMX and FP16 need gcc 13, AVXVNNIINT8 clang 17.
        set(enabled AVXVNNI AVX256SKX AVX256VNNI AVX256VNNIGFNI AVX512F AVX512SKX AVX512VBMI
            AVX512VNNI AVX512VNNIGFNI)
    elseif(NOT ASSAY_XNNPACK_ISAS STREQUAL "base")
        message(FATAL_ERROR "ASSAY_XNNPACK_ISAS is '${ASSAY_XNNPACK_ISAS}'; it is base, all or scalar")
    endif()
    foreach(isa IN LISTS x86_optional)
        if(isa IN_LIST enabled)
            string(TOLOWER ${isa} list)
            list(APPEND kernel_lists ${list})
            list(APPEND definitions XNN_ENABLE_${isa}=1)
        else()
            list(APPEND definitions XNN_ENABLE_${isa}=0)
        endif()
    endforeach()
    # Upstream asks libcpuinfo; compat/x86/cpuinfo.h answers from the compiler's own detection.
    list(APPEND definitions XNN_ENABLE_CPUINFO=1)
    set(compat compat/x86)
else()
    # Any processor: hide the architecture. By -include, because quoted includes of files in src/
    # pass by an include directory.
    foreach(isa IN LISTS x86_optional)
        list(APPEND definitions XNN_ENABLE_${isa}=0)
    endforeach()
    list(APPEND definitions XNN_ENABLE_CPUINFO=0)
    set(front_include "SHELL:-include ${CMAKE_CURRENT_SOURCE_DIR}/compat/scalar/no_architecture.h")
endif()

# Kernels are many and small: a few dozen in one translation unit take a fraction of the time.
set(per_unit 24)
set(kernels)
set(seen ${left_out})
function(assay_kernel_units name entries flags)
    list(TRANSFORM entries REPLACE "(.+)" "#include \"${src}/\\1\"\n")
    list(LENGTH entries count)
    set(units)
    foreach(first RANGE 0 ${count} ${per_unit})
        if(first EQUAL count)
            break()
        endif()
        list(SUBLIST entries ${first} ${per_unit} unit)
        list(JOIN unit "" text)
        set(file ${CMAKE_CURRENT_BINARY_DIR}/kernels/${name}_${first}.c)
        file(WRITE ${file} "${text}")
        set_property(SOURCE ${file} DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
            APPEND PROPERTY COMPILE_OPTIONS -fno-math-errno ${flags})
        list(APPEND units ${file})
    endforeach()
    set(kernels ${kernels} ${units} PARENT_SCOPE)
endfunction()
# Kernels that bound floats, or choose the larger one: keep_nan.h.
set(bounding "^src/(f32-(avgpool|conv-hwc2chw|dwconv|dwconv2d-chw|gemm|igemm|maxpool|pavgpool|ppmm|qc8w-gemm|spmm|vclamp|vmulcaddc|vrelu)|qd8-f32-qc[48]w-i?gemm)/")
set(choosing "^src/f32-vbinary/")
set(flags_choosing -DASSAY_TWO_VALUES)
foreach(list IN LISTS kernel_lists)
    # PROD lists only: the NON_PROD ones hold kernels that no config uses, but for those that
    # xnnpack_changes.cmake puts in.
    include(${src}/cmake/gen/${list}_microkernels.cmake)
    string(TOUPPER ${list} upper)
    set(entries ${PROD_${upper}_MICROKERNEL_SRCS} ${put_in_${list}})
    list(REMOVE_ITEM entries ${seen})
    list(APPEND seen ${entries})
    if(list MATCHES "^wasm(relaxed)?simd$")
        set(keep_nan -include ${CMAKE_CURRENT_SOURCE_DIR}/compat/wasm/keep_nan.h)
        foreach(kind bounding choosing)
            set(kept ${entries})
            list(FILTER kept INCLUDE REGEX ${${kind}})
            list(REMOVE_ITEM entries ${kept})
            assay_kernel_units(${list}_${kind} "${kept}" "${flags_${list}};${keep_nan};${flags_${kind}}")
        endforeach()
    endif()
    assay_kernel_units(${list} "${entries}" "${flags_${list}}")
endforeach()

# 4. Upstream generates this file with Python. The identifier keys weight caches, which are not
# used: the pinned commit serves.
file(CONFIGURE OUTPUT build_identifier.c @ONLY CONTENT [[
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
static const uint8_t identifier[] = "@ASSAY_XNNPACK_VERSION@";
size_t xnn_experimental_get_build_identifier_size(void) { return sizeof identifier; }
const void* xnn_experimental_get_build_identifier_data(void) { return identifier; }
bool xnn_experimental_check_build_identifier(const void* data, size_t size) {
    return size == sizeof identifier && memcmp(data, identifier, size) == 0;
}
]])

add_library(XNNPACK STATIC ${files} ${kernels} ${CMAKE_CURRENT_BINARY_DIR}/build_identifier.c)
set_target_properties(XNNPACK PROPERTIES
    C_STANDARD 99
    C_EXTENSIONS ON
    CXX_STANDARD 17)
if(compat)
    target_include_directories(XNNPACK BEFORE PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/${compat})
endif()
target_include_directories(XNNPACK PRIVATE
    ${src}/include ${src}/src ${src} ${ASSAY_SOURCES}/fxdiv/include)
target_compile_definitions(XNNPACK PRIVATE ${definitions})
target_compile_options(XNNPACK PRIVATE
    ${common_flags}
    $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions>
    $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>
    # xnnpack/math.h calls rint without including it under wasm: an error in clang 21.
    "SHELL:-include math.h"
    ${front_include})
target_link_libraries(XNNPACK PUBLIC pthreadpool)
install(TARGETS XNNPACK ARCHIVE DESTINATION lib)
install(FILES ${src}/include/xnnpack.h DESTINATION include/XNNPACK)
