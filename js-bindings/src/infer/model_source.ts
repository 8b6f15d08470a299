// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A model's bytes from wherever they come, with progress, abort, a time limit and a check for truncation.
import { LoadError, ModelError, UsageError } from '../errors/base.js'
import { bytesOf, bytesOfBuffer, copyBytes, typedArrayName } from '../loader/input.js'
import { readFileUrl, shownUrl } from '../loader/source.js'

/** An address (also relative to the page), the bytes, or something that yields them. */
export type ModelSource = URL | string | Uint8Array | ArrayBuffer | Response | Blob | ReadableStream<Uint8Array>

/** @param total undefined when the source does not announce it. Both in bytes; once for what is there at once: bytes, a file. */
export type ProgressListener = (loaded: number, total: number | undefined) => void

/** How to read. */
export type ReadOptions = {
  readonly onProgress: ProgressListener | undefined
  readonly signal: AbortSignal | undefined
  readonly maxBytes: number
  readonly timeoutMs: number | undefined
}

type Taken = URL | Uint8Array<ArrayBuffer> | Response | Blob | ReadableStream<Uint8Array>

/** Reads a caller's source into something that nobody can change any more. Before the first `await`. */
export function takeModelSource(source: unknown, maxBytes: number): Taken {
  if (source instanceof URL) return new URL(source.href)
  if (typeof source === 'string') {
    try {
      return new URL(source, (globalThis as { location?: { href: string } }).location?.href)
    } catch (cause) {
      throw new UsageError('ARGUMENT_INVALID', 'source: not an address', { path: 'source', cause })
    }
  }
  const view = source instanceof ArrayBuffer ? bytesOfBuffer(source, 'source') : source
  if (typedArrayName(view) !== 'Uint8Array') {
    // Behind the bytes: Node loads all of fetch when it is asked for Response, which takes longer than a small model.
    if (source instanceof Response || source instanceof Blob || source instanceof ReadableStream) return source
    throw new UsageError('ARGUMENT_INVALID', 'source: must be an address, bytes, a Response, a Blob or a ReadableStream', { path: 'source' })
  }
  const { byteLength } = bytesOf(view as Uint8Array, 'source')
  if (byteLength > maxBytes) throw tooLarge(byteLength, maxBytes)
  return copyBytes(view, 'source', maxBytes)
}

function tooLarge(bytes: number, maxBytes: number): ModelError {
  return new ModelError('ONNX_LIMIT', `The model has ${bytes} bytes or more, at most ${maxBytes}.`, { path: 'source' })
}

/** @throws UsageError ABORTED when the signal says so; ARGUMENT_INVALID for what is no signal. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal === undefined) return
  if (!(signal instanceof AbortSignal)) throw new UsageError('ARGUMENT_INVALID', 'signal: is of the wrong type', { path: 'signal' })
  if (signal.aborted) throw new UsageError('ABORTED', 'The caller aborted the operation.', { cause: signal.reason })
}

/** The announced length; none for compressed transfers, whose header counts other bytes. */
function announcedLength(response: Response): number | undefined {
  if (response.headers.has('content-encoding')) return undefined
  const header = response.headers.get('content-length')
  return header !== null && /^\d+$/.test(header) ? Number(header) : undefined
}

async function readStream(stream: ReadableStream<Uint8Array>, total: number | undefined, options: ReadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { onProgress, signal, maxBytes } = options
  if (total !== undefined && total > maxBytes) throw tooLarge(total, maxBytes)
  const chunks: Uint8Array[] = []
  let loaded = 0
  const reader = stream.getReader()
  const cancel = () => void reader.cancel().catch(() => undefined)
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    for (;;) {
      const { done, value } = await reader.read()
      throwIfAborted(signal)
      if (done) break
      if (typedArrayName(value) !== 'Uint8Array') throw new UsageError('ARGUMENT_INVALID', 'source: the stream must yield Uint8Array', { path: 'source' })
      const chunk = bytesOf(value, 'source')
      loaded += chunk.byteLength
      if (loaded > maxBytes) throw tooLarge(loaded, maxBytes)
      chunks.push(chunk.slice()) // whoever feeds the stream may use its memory again
      onProgress?.(loaded, total)
    }
  } catch (error) {
    cancel()
    throw error
  } finally {
    signal?.removeEventListener('abort', cancel)
  }
  if (total !== undefined && loaded !== total) {
    throw new ModelError('MODEL_TRUNCATED', "The model's download ended before its announced length.", {
      metaMessages: [`Expected: ${total} bytes`, `Got: ${loaded} bytes`],
    })
  }
  const bytes = new Uint8Array(loaded)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}

async function readResponse(response: Response, options: ReadOptions): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.ok) throw new LoadError('MODEL_UNAVAILABLE', `The model could not be fetched: HTTP status ${response.status}.`)
  if (response.body === null) return new Uint8Array(await response.arrayBuffer())
  return readStream(response.body, announcedLength(response), options)
}

/** All at once. */
function arrived(bytes: Uint8Array<ArrayBuffer>, { onProgress }: ReadOptions): Uint8Array<ArrayBuffer> {
  onProgress?.(bytes.byteLength, bytes.byteLength)
  return bytes
}

async function read(source: Exclude<Taken, Uint8Array>, options: ReadOptions): Promise<Uint8Array<ArrayBuffer>> {
  if (source instanceof Response) return readResponse(source, options)
  if (source instanceof Blob) return readStream(source.stream(), source.size, options)
  if (source instanceof ReadableStream) return readStream(source, undefined, options)
  if (source.protocol === 'file:') return arrived(await readFileUrl(source), options)
  return readResponse(await fetch(source, options.signal === undefined ? {} : { signal: options.signal }), options)
}

/** A signal that follows the caller's and the clock. `end` stops it; `expired` tells which of the two it was. */
function startClock(signal: AbortSignal | undefined, timeoutMs: number | undefined) {
  const own = new AbortController()
  let expired = false
  const follow = () => own.abort(signal?.reason)
  signal?.addEventListener('abort', follow, { once: true })
  const expire = () => {
    expired = true
    own.abort()
  }
  const timer = timeoutMs === undefined ? undefined : setTimeout(expire, timeoutMs)
  return {
    signal: own.signal,
    expired: () => expired,
    end: () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', follow)
    },
  }
}

/**
 * @returns the model's bytes, which are nobody else's.
 * @throws LoadError MODEL_UNAVAILABLE and TIMEOUT, ModelError MODEL_TRUNCATED and ONNX_LIMIT, UsageError ABORTED
 */
export async function readModel(source: Taken, options: ReadOptions): Promise<Uint8Array<ArrayBuffer>> {
  throwIfAborted(options.signal)
  if (source instanceof Uint8Array) return arrived(source, options)
  const clock = startClock(options.signal, options.timeoutMs)
  try {
    const bytes = await read(source, { ...options, signal: clock.signal })
    throwIfAborted(clock.signal)
    if (bytes.byteLength > options.maxBytes) throw tooLarge(bytes.byteLength, options.maxBytes)
    return bytes
  } catch (error) {
    if (clock.expired()) throw new LoadError('TIMEOUT', `The model did not arrive within ${options.timeoutMs} ms.`, { cause: error })
    throwIfAborted(options.signal)
    if (error instanceof LoadError || error instanceof ModelError || error instanceof UsageError) throw error
    const where = source instanceof URL ? shownUrl(source) : 'its source'
    throw new LoadError('MODEL_UNAVAILABLE', `The model could not be read from ${where}.`, { cause: error })
  } finally {
    clock.end()
  }
}
