// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// How a call of the transport ends: verdicts of its own, faults of servers, an abort.
import { LoadError, UsageError } from '../../errors/base.js'
import type { Refused } from '../../verify/verdict.js'

export const refused = (code: Refused['code'], category: Refused['category'], message: string, path?: string): Refused =>
  ({ ok: false, code, category, message, checks: [{ name: 'transport', status: 'failed', code, detail: message }], ...(path === undefined ? {} : { path }) })

export const tooLarge = (what: string) => refused('CHAIN_LIMIT_EXCEEDED', 'limit', `${what} are larger than what the core takes`, 'evidence')

export const isUnavailable = (error: unknown): error is LoadError => error instanceof LoadError && (error.code === 'RPC_UNAVAILABLE' || error.code === 'TIMEOUT')
/** No proof came, as opposed to one that failed: only then may the policy's weaker ways be gone. */
export const isAbsent = ({ category, code }: Refused) => category === 'load' || code === 'REGISTRY_NOT_PROVEN'
export const unavailable = (error: LoadError) => refused(error.code, error.category, error.shortMessage)

/** A server's fault of transport as undefined; everything else, an abort too, goes on. */
export const orSilence = <T>(asked: Promise<T>): Promise<T | undefined> =>
  asked.catch((error: unknown) => {
    if (!isUnavailable(error)) throw error
    return undefined
  })

/** An answer for later: what it was, or what it failed with, when it is called. Never rejects while nobody looks. */
export const settled = <T>(asked: Promise<T>): Promise<() => T> =>
  asked.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error
    },
  )

/** What comes within a time; undefined for what does not. */
export async function inTime<T>(ms: number, asked: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)))
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}

/** A call that waits for its turn ends at once when it is aborted. */
export async function endedBy<T>(signal: AbortSignal | undefined, result: Promise<T>): Promise<T> {
  if (!signal) return result
  const ended = new AbortController()
  const abort = new Promise<never>((_, reject) => {
    const end = () => reject(new UsageError('ABORTED', 'The caller aborted the call', { cause: signal.reason }))
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { signal: ended.signal })
  })
  try {
    return await Promise.race([result, abort])
  } finally {
    ended.abort()
  }
}
