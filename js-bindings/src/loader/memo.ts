// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A promise made on first use and shared; a failure is forgotten, so that the next call tries again.

/** @returns a function that shares the promise of `make` until it is rejected. */
export function memoize<T>(make: () => Promise<T>): () => Promise<T> {
  let shared: Promise<T> | undefined
  return () => {
    if (shared === undefined) {
      const attempt = make()
      shared = attempt
      attempt.catch(() => {
        if (shared === attempt) shared = undefined
      })
    }
    return shared
  }
}
