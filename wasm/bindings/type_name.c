/* Assay: verifiable AI results in the browser
 * Copyright 2026 The Assay Authors
 * SPDX-License-Identifier: Apache-2.0
 *
 * Embind prints the address of a type that nobody bound, for an error message: the one use of
 * sprintf in the module (siprintf, as the compiler makes it), and 4 kB of printf behind it. The
 * link puts this in its place (-Wl,--wrap=siprintf); the bindings bind every type that they use, so
 * nobody reads the text. */
int __wrap_siprintf(char* text, const char* format, ...);

int __wrap_siprintf(char* text, const char* format, ...) {
    (void) format;
    text[0] = '?';
    text[1] = '\0';
    return 1;
}
