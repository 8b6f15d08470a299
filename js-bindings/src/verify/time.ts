// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Moments. api.md: Unix seconds as bigint or number, or RFC 3339 text.
import { UsageError } from '../errors/base.js'
import { jsonInteger, jsonString } from './json_text.js'
import type { JsonText } from './json_text.js'

/** Unix seconds (whole, also negative), or RFC 3339 text such as `2026-11-21T04:00:00Z`. */
export type Time = bigint | number | string

/** Above this a Unix time is milliseconds by mistake. */
const LATEST = 100_000_000_000n

const RFC3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/

function invalid(path: string, what: string): UsageError {
  return new UsageError('POLICY_INVALID', `${path}: ${what}`, { path })
}

function unixSeconds(value: bigint | number, path: string): bigint {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw invalid(path, 'must be whole Unix seconds')
  const seconds = BigInt(value)
  if (seconds > LATEST) throw invalid(path, 'is above 10^11: milliseconds instead of seconds?')
  return seconds
}

/** Whether the date and the time of day exist: `Date.parse` moves the 31st of November to December. */
export function isMoment(value: string): boolean {
  const written = value.slice(0, 19).toUpperCase()
  const local = RFC3339.test(value) ? Date.parse(`${written}Z`) : Number.NaN
  return !Number.isNaN(local) && new Date(local).toISOString().slice(0, 19) === written
}

/** The moment for which evidence is judged; the core reads the text form. */
export function clockText(value: unknown, path: string): JsonText {
  if (typeof value === 'string') {
    if (!RFC3339.test(value)) throw invalid(path, 'must be RFC 3339 text or Unix seconds')
    return jsonString(value, path)
  }
  if (typeof value !== 'bigint' && typeof value !== 'number') throw invalid(path, 'must be Unix seconds or RFC 3339 text')
  return jsonInteger(unixSeconds(value, path))
}

/** A moment inside a policy, as Unix seconds. */
export function momentText(value: unknown, path: string): JsonText {
  if (typeof value === 'string') {
    const milliseconds = isMoment(value) ? Date.parse(value) : Number.NaN
    if (Number.isNaN(milliseconds)) throw invalid(path, 'must be RFC 3339 text or Unix seconds')
    return jsonInteger(unixSeconds(Math.floor(milliseconds / 1000), path))
  }
  if (typeof value !== 'bigint' && typeof value !== 'number') throw invalid(path, 'must be Unix seconds or RFC 3339 text')
  return jsonInteger(unixSeconds(value, path))
}

/** The device's clock, for callers who name no moment. */
export function deviceClockText(): JsonText {
  return jsonInteger(BigInt(Math.floor(Date.now() / 1000)))
}
