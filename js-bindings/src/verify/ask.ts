// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The asynchronous form: inputs are read and copied before the first `await`, then the module is loaded, once.
import { isYes } from './call.js'
import { executeWithPlatform } from './execute.js'
import { limitVerdict, valueOf } from './outcome.js'
import type { Prepared, Question } from './call.js'
import type { Machine } from './machine.js'
import type { Verdict } from './verdict.js'

/** Where the module of an entry point comes from; shares one promise. */
export type Load = () => Promise<Machine>

/** A function that answers with a verdict. */
export function ask<I, T>(load: Load, { prepare, read }: Question<I, T>): (input: I) => Promise<Verdict<T>> {
  return async (input) => {
    let prepared: Prepared
    try {
      prepared = prepare(input)
    } catch (error) {
      return limitVerdict(error)
    }
    return read(await executeWithPlatform(await load(), prepared))
  }
}

/** The same, answering with the value. @throws VerificationError when the verdict is not ok. */
export function insist<I, T>(asked: (input: I) => Promise<Verdict<T>>): (input: I) => Promise<T> {
  return async (input) => valueOf(await asked(input))
}

/** The same, answering whether the verdict is a plain yes. */
export function whether<I, T>(asked: (input: I) => Promise<Verdict<T>>, question: Pick<Question<I, T>, 'isYes'> = {}): (input: I) => Promise<boolean> {
  return async (input) => isYes(question, await asked(input))
}
