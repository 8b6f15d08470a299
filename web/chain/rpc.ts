// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A small client for JSON over HTTP: one question to one of several servers, none of which is trusted. Time-outs, retries
// with jitter and back-off, a limit on what is read, abort. What an answer is worth is for the core to say.
import { LoadError, UsageError } from '../../errors/base.js'

/** The part of `fetch` that the client uses. */
export type FetchLike = (url: string, init: typeof PRIVATE & { method?: string; headers?: Record<string, string>; body?: string; signal: AbortSignal }) => Promise<Response>

export type RpcOptions = {
  readonly fetch?: FetchLike
  /** One request; default 10 s. */
  readonly timeoutMs?: number
  /** One call, with all its attempts and its wait for calls before it; default 30 s. */
  readonly totalMs?: number
  /** Attempts a server beyond the first, after faults of transport only; default 1. */
  readonly retries?: number
  /** Before the second attempt; doubles, with jitter; default 250. */
  readonly backoffMs?: number
  /** Bytes of one answer; default 2 MiB. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal
}

/** What was sent and received, for budgets of round trips and bytes. */
export type Traffic = { requests: number; received: number }

/** Nothing of the user goes to a server, nothing old comes from a cache, and no server names another one. */
const PRIVATE = { redirect: 'error', credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' } as const

/** Default, least and most. */
const LIMITS = { timeoutMs: [10_000, 1, 600_000], totalMs: [30_000, 1, 3_600_000], retries: [1, 0, 10], backoffMs: [250, 0, 60_000], maxBytes: [2 << 20, 1, 64 << 20] } as const
type Limit = keyof typeof LIMITS

/** @throws UsageError CONFIG_INVALID for a limit that is none */
export function readLimits(options: RpcOptions): { readonly [name in Limit]: number } {
  const read = (name: Limit): number => {
    const [usual, least, most] = LIMITS[name]
    const value: unknown = options[name] === undefined ? usual : options[name]
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
      throw new UsageError('CONFIG_INVALID', `${name}: must be a whole number from ${least} to ${most}`, { path: name })
    }
    return value
  }
  return { timeoutMs: read('timeoutMs'), totalMs: read('totalMs'), retries: read('retries'), backoffMs: read('backoffMs'), maxBytes: read('maxBytes') }
}

/** A server that did not answer, or not with what was asked for. Never a statement about evidence. */
export class RpcFault extends LoadError {}

const fault = (code: 'RPC_UNAVAILABLE' | 'TIMEOUT', what: string, cause?: unknown) => new RpcFault(code, what, cause === undefined ? {} : { cause })

/** Only the origin: paths and queries may carry keys of the application. */
const originOf = (url: string) => {
  try {
    return new URL(url).origin
  } catch {
    return 'server'
  }
}

async function readLimited(response: Response, limit: number): Promise<{ text: string; bytes: number }> {
  const reader = response.body?.getReader()
  if (!reader) return { text: '', bytes: 0 }
  const parts: Uint8Array[] = []
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    bytes += value.byteLength
    if (bytes > limit) {
      void reader.cancel().catch(() => undefined)
      throw fault('RPC_UNAVAILABLE', `an answer of more than ${limit} bytes`)
    }
    parts.push(value)
  }
  const all = new Uint8Array(bytes)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.byteLength
  }
  return { text: new TextDecoder('utf-8', { fatal: true }).decode(all), bytes }
}

/** One call's clock and budget, shared by all requests that it makes. */
export class RpcSession {
  readonly traffic: Traffic
  readonly #given: RpcOptions
  readonly #options: ReturnType<typeof readLimits>
  readonly #fetch: FetchLike
  readonly #caller: AbortSignal | undefined
  readonly #deadline: number

  /** @param outer a session that this one is a share of */
  constructor(options: RpcOptions, outer?: RpcSession) {
    this.#given = options
    this.#options = readLimits(options)
    this.#fetch = options.fetch ?? ((url, init) => fetch(url, init))
    this.#caller = options.signal
    this.#deadline = Math.min(performance.now() + this.#options.totalMs, outer ? outer.#deadline : Infinity)
    this.traffic = outer?.traffic ?? { requests: 0, received: 0 }
  }

  /** Milliseconds until the call ends. */
  get left(): number {
    return Math.max(0, this.#deadline - performance.now())
  }
  /** The caller's, or the default. */
  get retries(): number {
    return this.#options.retries
  }

  /** The same call with less time, so that one server cannot use up what belongs to the next. */
  within(ms: number, retries = this.#options.retries): RpcSession {
    return new RpcSession({ ...this.#given, totalMs: Math.max(1, Math.min(Math.floor(ms), LIMITS.totalMs[2])), retries }, this)
  }

  /** @throws UsageError ABORTED, LoadError TIMEOUT */
  #check(): void {
    if (this.#caller?.aborted) throw new UsageError('ABORTED', 'The caller aborted the call', { cause: this.#caller.reason })
    if (performance.now() >= this.#deadline) throw fault('TIMEOUT', 'no usable answer within the time of the call')
  }

  async #once(url: string, body: string | undefined): Promise<unknown> {
    const { timeoutMs, maxBytes } = this.#options
    const send = this.#fetch
    const stop = new AbortController()
    const abort = () => stop.abort()
    this.#caller?.addEventListener('abort', abort)
    let timer: ReturnType<typeof setTimeout> | undefined
    // A server, or a fetch, that never settles must not hang the call: the race ends it in any case.
    const ended = new Promise<never>((_, reject) => {
      const end = () => reject(fault('TIMEOUT', `${originOf(url)} took too long`))
      stop.signal.addEventListener('abort', end)
      timer = setTimeout(() => stop.abort(), Math.max(1, Math.min(timeoutMs, this.#deadline - performance.now())))
    })
    const answer = (async () => {
      this.traffic.requests += 1
      const init = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body }
      const response = await send(url, { ...PRIVATE, ...init, signal: stop.signal })
      const { text, bytes } = await readLimited(response, maxBytes)
      this.traffic.received += bytes
      if (!response.ok) throw fault('RPC_UNAVAILABLE', `${originOf(url)} answered ${response.status}`)
      return JSON.parse(text) as unknown
    })()
    try {
      return await Promise.race([answer, ended])
    } catch (error) {
      answer.catch(() => undefined)
      if (this.#caller?.aborted) throw new UsageError('ABORTED', 'The caller aborted the call', { cause: this.#caller.reason })
      throw error instanceof RpcFault ? error : fault('RPC_UNAVAILABLE', `${originOf(url)} did not answer`, error)
    } finally {
      clearTimeout(timer)
      this.#caller?.removeEventListener('abort', abort)
      stop.abort()
    }
  }

  /** Before the attempt after this one. */
  async pause(attempt: number): Promise<void> {
    const most = Math.min(this.#options.backoffMs * 2 ** attempt, this.#deadline - performance.now())
    const caller = this.#caller
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer)
        caller?.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, Math.max(0, most * (0.5 + Math.random() / 2)))
      caller?.addEventListener('abort', end)
    })
  }

  /** The answer of one server, as JSON. @throws LoadError RPC_UNAVAILABLE, TIMEOUT; UsageError ABORTED */
  async ask(url: string, body?: string): Promise<unknown> {
    for (let attempt = 0; ; attempt += 1) {
      this.#check()
      try {
        return await this.#once(url, body)
      } catch (error) {
        if (!(error instanceof RpcFault) || attempt >= this.#options.retries) throw error
        await this.pause(attempt)
      }
    }
  }

  /** The result of a JSON-RPC method. */
  async method(url: string, name: string, params: readonly unknown[]): Promise<unknown> {
    return resultOf(await this.ask(url, JSON.stringify({ jsonrpc: '2.0', id: 1, method: name, params })), url)
  }

  /** The results of several methods in one request, in their order. */
  async methods(url: string, calls: readonly (readonly [string, readonly unknown[]])[]): Promise<unknown[]> {
    const body = JSON.stringify(calls.map(([method, params], id) => ({ jsonrpc: '2.0', id, method, params })))
    const answers = await this.ask(url, body)
    if (!Array.isArray(answers) || answers.length !== calls.length) throw fault('RPC_UNAVAILABLE', `${originOf(url)} did not answer the batch`)
    return calls.map((_, id) => resultOf((answers as { id?: unknown }[]).find((answer) => answer?.id === id), url))
  }

  /** The result of CometBFT's URI form. */
  async comet(base: string, path: string): Promise<unknown> {
    return resultOf(await this.ask(`${base.replace(/\/+$/, '')}/${path}`), base)
  }
}

function resultOf(answer: unknown, url: string): unknown {
  const result = (answer as { readonly result?: unknown } | null | undefined)?.result
  if (result === undefined || result === null) throw fault('RPC_UNAVAILABLE', `${originOf(url)} answered with an error`)
  return result
}
