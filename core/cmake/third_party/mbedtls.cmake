# Assay: verifiable AI results in the browser
# Copyright 2026 The Assay Authors
# SPDX-License-Identifier: Apache-2.0
#
# mbedTLS: verification only (RSA PKCS#1 and PSS, ECDSA P-256/P-384, X.509 chains). No entropy,
# no clock, no file system: see mbedtls_config.h.
set(src ${ASSAY_SOURCES}/mbedtls)
set(files
    asn1parse asn1write bignum bignum_core bignum_mod bignum_mod_raw constant_time ecdsa ecp
    ecp_curves md oid pk pk_ecc pk_wrap pkparse platform platform_util rsa rsa_alt_helpers sha256
    sha512 x509 x509_crt)
list(TRANSFORM files PREPEND ${src}/library/)
list(TRANSFORM files APPEND .c)
add_library(mbedtls STATIC ${files})
# Under a name of its own: mbedTLS includes the file by quotes from the folder in which its default
# mbedtls_config.h lies, which would win.
configure_file(mbedtls_config.h ${CMAKE_CURRENT_BINARY_DIR}/config/assay_mbedtls_config.h COPYONLY)
target_include_directories(mbedtls PRIVATE
    ${CMAKE_CURRENT_BINARY_DIR}/config ${src}/include ${src}/library)
target_compile_definitions(mbedtls PRIVATE "MBEDTLS_CONFIG_FILE=\"assay_mbedtls_config.h\"")
install(TARGETS mbedtls ARCHIVE DESTINATION lib)
install(DIRECTORY ${src}/include/mbedtls ${src}/include/psa DESTINATION include/mbedtls)
install(FILES mbedtls_config.h DESTINATION include/mbedtls RENAME assay_mbedtls_config.h)
