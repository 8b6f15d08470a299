// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Codes, their categories and what a person is told about them (api.md "Verdict").
import { CODE_MESSAGES, CODE_TABLE } from './codes.generated.js'

/** Every code that Assay can return or throw; spelled the same in C++, JSON, TypeScript and the docs. */
export type ErrorCode = keyof typeof CODE_TABLE

/** Who has to act on a failure; each code has exactly one category. */
export type Category = (typeof CODE_TABLE)[ErrorCode][1]

/** The codes of one category, e.g. `CodeOf<'usage'>`. */
export type CodeOf<C extends Category> = {
  [code in ErrorCode]: (typeof CODE_TABLE)[code][1] extends C ? code : never
}[ErrorCode]

/** What `explain` tells about a code. */
export type Explanation = {
  readonly code: ErrorCode
  /** The same failure in the WebAssembly interface. */
  readonly number: number
  readonly category: Category
  /** One line for a person, in English. */
  readonly message: string
  /** Anchor in the package's `docs/codes.md`. */
  readonly docsPath: string
}

/** @returns whether `value` is a code of this version. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(CODE_TABLE, value)
}

/** @returns the category of `code`. */
export function categoryOf(code: ErrorCode): Category {
  return CODE_TABLE[code][1]
}

/** @returns the anchor of `code` in the documentation. */
export function docsPathOf(code: ErrorCode): string {
  return `docs/codes.md#${code.toLowerCase()}`
}

/** @returns the number of `code` in the WebAssembly interface. */
export function codeNumber(code: ErrorCode): number {
  return CODE_TABLE[code][0]
}

/** @returns the code with this number of the WebAssembly interface; undefined when there is none. */
export function codeNumbered(number: number): ErrorCode | undefined {
  for (const code of Object.keys(CODE_TABLE) as ErrorCode[]) if (CODE_TABLE[code][0] === number) return code
  return undefined
}

/**
 * What a code means and who has to act on it.
 *
 * @throws TypeError when `code` is no code of this version.
 */
export function explain(code: ErrorCode): Explanation {
  if (!isErrorCode(code)) throw new TypeError(`Not an error code: ${String(code)}`)
  const [number, category] = CODE_TABLE[code]
  return { code, number, category, message: CODE_MESSAGES[code], docsPath: docsPathOf(code) }
}
