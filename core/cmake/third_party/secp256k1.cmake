# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# libsecp256k1: ECDSA verify and recover, Schnorr verify. One translation unit of ours includes
# upstream's files, without upstream's configure step.
set(src ${ASSAY_SOURCES}/secp256k1)
add_library(secp256k1 STATIC secp256k1_unit.c)
target_include_directories(secp256k1 PRIVATE ${src} ${src}/include ${src}/src)
if(EMSCRIPTEN)
    # What upstream marks inline is inlined; more of it is 12 kB and no faster.
    target_compile_options(secp256k1 PRIVATE -fno-inline-functions -fno-unroll-loops)
    # clang has __int128 for wasm32 and would call __multi3 for each product: 3 times slower.
    # Natively it is twice as fast, and what is compared with wasm is another arithmetic then.
    target_compile_definitions(secp256k1 PRIVATE USE_FORCE_WIDEMUL_INT64=1)
    # mbedTLS's SHA-256 in the place of an unrolled one of 7 kB; natively the tests sign.
    target_compile_definitions(secp256k1 PRIVATE
        ASSAY_SHARED_SHA256=1 "MBEDTLS_CONFIG_FILE=\"assay_mbedtls_config.h\"")
    target_include_directories(secp256k1 PRIVATE
        ${CMAKE_CURRENT_BINARY_DIR}/config ${ASSAY_SOURCES}/mbedtls/include)
endif()
target_compile_definitions(secp256k1 PRIVATE
    ENABLE_MODULE_RECOVERY=1
    ENABLE_MODULE_EXTRAKEYS=1
    ENABLE_MODULE_SCHNORRSIG=1
    # 2^(8-2) points: within 2 to 13 % of window 15 at a fortieth of the size.
    ECMULT_WINDOW_SIZE=8
    # Signing is not used: the smallest table that upstream ships (2 kB).
    COMB_BLOCKS=2
    COMB_TEETH=5
    # Our unit defines the two callbacks: upstream's print through stdio, which wasm need not carry.
    USE_EXTERNAL_DEFAULT_CALLBACKS=1)
install(TARGETS secp256k1 ARCHIVE DESTINATION lib)
install(FILES
    ${src}/include/secp256k1.h
    ${src}/include/secp256k1_recovery.h
    ${src}/include/secp256k1_extrakeys.h
    ${src}/include/secp256k1_schnorrsig.h
    DESTINATION include/secp256k1)
