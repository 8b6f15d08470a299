// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Counts what holds.
const results = { passed: 0, failed: 0 }

/** Runs one named check; an exception is a failure and the rest goes on. @returns what the check returned */
export async function check(name, run) {
  try {
    const value = await run()
    results.passed += 1
    console.log(`ok   ${name}`)
    return value
  } catch (error) {
    results.failed += 1
    console.log(`FAIL ${name}\n     ${String(error.stack ?? error).replaceAll('\n', '\n     ')}`)
    return undefined
  }
}

/** Prints the closing line. @returns the exit status */
export function conclude() {
  console.log(`${results.passed} passed, ${results.failed} failed`)
  return results.failed === 0 && results.passed > 0 ? 0 : 1
}
