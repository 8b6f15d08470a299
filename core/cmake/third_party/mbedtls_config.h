/* Assay: verifiable AI results in the browser
 * Copyright 2026 The Assay Authors
 * SPDX-License-Identifier: Apache-2.0 */

/* mbedTLS 3.6 reduced to the verification of signatures and certificate chains. What is absent is
 * absent on purpose: no random numbers, no clock (the caller compares validity dates with a time
 * that it names), no file system, no private-key operation, no PEM. */
#pragma once

/* Numbers and encodings. ASN1_WRITE is wanted by the signature formats of PK. */
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_OID_C
#define MBEDTLS_ASN1_PARSE_C
#define MBEDTLS_ASN1_WRITE_C

/* Digests. */
#define MBEDTLS_MD_C
#define MBEDTLS_SHA256_C
#define MBEDTLS_SHA384_C
#define MBEDTLS_SHA512_C
/* Its rounds as a loop: what is hashed with it are certificates and votes, a few blocks each. */
#define MBEDTLS_SHA512_SMALLER

/* RSA: PKCS#1 v1.5 for certificates, PSS for receipts. */
#define MBEDTLS_RSA_C
#define MBEDTLS_PKCS1_V15
#define MBEDTLS_PKCS1_V21

/* ECDSA on the curves of certificates and of COSE. NIST_OPTIM: the fast reduction. */
#define MBEDTLS_ECP_C
#define MBEDTLS_ECDSA_C
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED
#define MBEDTLS_ECP_DP_SECP384R1_ENABLED
#define MBEDTLS_ECP_NIST_OPTIM

/* Keys and certificates. */
#define MBEDTLS_PK_C
#define MBEDTLS_PK_PARSE_C
#define MBEDTLS_X509_USE_C
#define MBEDTLS_X509_CRT_PARSE_C
#define MBEDTLS_X509_RSASSA_PSS_SUPPORT

/* The platform layer must not reach for /dev/urandom. */
#define MBEDTLS_NO_PLATFORM_ENTROPY
#define MBEDTLS_DEPRECATED_REMOVED
