# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# libsodium: the curve of Ed25519, X25519, ChaCha20-Poly1305 (IETF). Without upstream's configure: the
# portable files, and sodium_support.c for the few runtime functions they call.
set(src ${ASSAY_SOURCES}/sodium/src/libsodium)
set(files
    crypto_core/ed25519/ref10/ed25519_ref10.c
    crypto_scalarmult/curve25519/scalarmult_curve25519.c
    crypto_scalarmult/curve25519/ref10/x25519_ref10.c
    crypto_aead/chacha20poly1305/aead_chacha20poly1305.c
    crypto_stream/chacha20/stream_chacha20.c
    crypto_stream/chacha20/ref/chacha20_ref.c
    crypto_onetimeauth/poly1305/onetimeauth_poly1305.c
    crypto_onetimeauth/poly1305/donna/poly1305_donna.c
    crypto_verify/verify.c)
list(TRANSFORM files PREPEND ${src}/)
add_library(sodium STATIC ${files} sodium_support.c)
if(EMSCRIPTEN)
    # The curves: 11 kB less for 6 % of an Ed25519 verification. The comparisons: once a message.
    set_source_files_properties(
        ${src}/crypto_core/ed25519/ref10/ed25519_ref10.c
        ${src}/crypto_scalarmult/curve25519/ref10/x25519_ref10.c
        ${src}/crypto_verify/verify.c
        sodium_support.c
        PROPERTIES COMPILE_OPTIONS -Oz)
endif()
# Public keys are made by the ladder (core/ohttp/x25519.cpp): upstream's shortcut, which a table of
# functions names, would bring the 30 kB of multiples of Ed25519's base point.
set_source_files_properties(${src}/crypto_scalarmult/curve25519/ref10/x25519_ref10.c PROPERTIES
    COMPILE_DEFINITIONS ge25519_scalarmult_base=assay_no_base_table)

set(VERSION ${ASSAY_SODIUM_VERSION})
# As in configure.ac of the pinned version; nothing here reads them.
set(SODIUM_LIBRARY_VERSION_MAJOR 26)
set(SODIUM_LIBRARY_VERSION_MINOR 4)
set(SODIUM_LIBRARY_MINIMAL_DEF "#define SODIUM_LIBRARY_MINIMAL 1")
configure_file(${src}/include/sodium/version.h.in generated/sodium/version.h @ONLY)

target_include_directories(sodium PRIVATE
    ${CMAKE_CURRENT_BINARY_DIR}/generated
    ${CMAKE_CURRENT_BINARY_DIR}/generated/sodium
    ${src}/include
    ${src}/include/sodium)
target_compile_definitions(sodium PRIVATE CONFIGURED=1 NATIVE_LITTLE_ENDIAN=1 SODIUM_STATIC=1)
install(TARGETS sodium ARCHIVE DESTINATION lib)
install(FILES ${src}/include/sodium.h DESTINATION include/sodium)
# The group operations, which the public headers do not offer (core/signatures/ed25519.cpp), with what
# their headers include.
install(FILES
    ${src}/include/sodium/private/common.h
    ${src}/include/sodium/private/ed25519_ref10.h
    ${src}/include/sodium/private/ed25519_ref10_fe_25_5.h
    DESTINATION include/sodium/private)
install(FILES ${src}/include/sodium/export.h ${src}/include/sodium/utils.h DESTINATION include/sodium)
install(DIRECTORY ${src}/include/sodium ${CMAKE_CURRENT_BINARY_DIR}/generated/sodium
    DESTINATION include/sodium
    FILES_MATCHING PATTERN "*.h" PATTERN "private" EXCLUDE)
