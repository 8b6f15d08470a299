// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// From where a WebAssembly module comes, and the check of its digest before anybody gets it.
import { LoadError, UsageError } from '../errors/base.js'
import { bytesOfBuffer, copyBytes, typedArrayName } from './input.js'
import { parseDigest, sha256Hex } from './digest.js'

/**
 * A WebAssembly module to use instead of the package's own file: its address, its bytes, a reply that carries them, or a
 * compiled module. The first three are checked against the digest; **a compiled module is taken unchecked**, because
 * nothing can be read back from it.
 */
export type WasmSource = URL | string | Uint8Array | ArrayBuffer | Response | WebAssembly.Module

/** Above this no module of ours can be. */
const MAX_WASM_BYTES = 16 * 1024 * 1024

type NodeProcess = { getBuiltinModule?: (name: string) => { readFile(url: URL): Promise<Uint8Array> } | undefined }

function unavailable(where: string, cause?: unknown, metaMessages: readonly string[] = []): LoadError {
  return new LoadError('WASM_UNAVAILABLE', `The WebAssembly module could not be loaded from ${where}.`, { cause, metaMessages })
}

/** An address without credentials, query and fragment, for messages. */
export function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`
}

/**
 * Bytes of a `file:` address. Node has no fetch for them, and a static import of node:fs would break bundlers:
 * process.getBuiltinModule exists from Node 20.16.
 */
export async function readFileUrl(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const fs = (globalThis as { process?: NodeProcess }).process?.getBuiltinModule?.('node:fs/promises')
  if (fs === undefined) throw new Error('file: addresses need Node 20.16 or later; before that pass the bytes, or use assay-wasm/verify-inline')
  return new Uint8Array(await fs.readFile(url))
}

async function responseBytes(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.ok) throw new Error(`HTTP status ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

/** The bytes of a module, and the module where it was compiled while they came. */
type Arrived = { readonly bytes: Uint8Array<ArrayBuffer>; readonly compiling?: Promise<WebAssembly.Module> }

/**
 * Engines compile a module from what has arrived of it. Of our own fetch only: two readers of a stream that somebody else
 * made are handed the same memory, which he may change between them.
 */
async function fetchModule(url: URL): Promise<Arrived> {
  if (url.protocol === 'file:') return { bytes: await readFileUrl(url) }
  const response = await fetch(url, { credentials: 'same-origin' })
  const streams = response.ok && response.headers.get('content-type') === 'application/wasm' && typeof WebAssembly.compileStreaming === 'function'
  if (!streams) return { bytes: await responseBytes(response) }
  const compiling = WebAssembly.compileStreaming(response.clone())
  compiling.catch(() => undefined) // reported where it is awaited
  return { bytes: await responseBytes(response), compiling }
}

/** Reads a caller's source into something that nobody can change any more. Before the first `await` of the caller. */
export function takeSource(source: unknown): URL | Uint8Array<ArrayBuffer> | Response | WebAssembly.Module {
  if (source instanceof WebAssembly.Module) return source
  if (source instanceof URL) return new URL(source.href)
  if (typeof Response !== 'undefined' && source instanceof Response) return source
  if (typeof source === 'string') {
    const base = (globalThis as { location?: { href: string } }).location?.href
    try {
      return new URL(source, base)
    } catch (cause) {
      throw new UsageError('ARGUMENT_INVALID', 'wasm: not an address', { path: 'wasm', cause })
    }
  }
  if (source instanceof ArrayBuffer) return copyBytes(bytesOfBuffer(source, 'wasm'), 'wasm', MAX_WASM_BYTES)
  if (typedArrayName(source) === 'Uint8Array') return copyBytes(source, 'wasm', MAX_WASM_BYTES)
  throw new UsageError('ARGUMENT_INVALID', 'wasm: must be an address, bytes, a Response or a WebAssembly.Module', { path: 'wasm' })
}

function mismatch(expected: string, got: string): LoadError {
  return new LoadError('WASM_DIGEST_MISMATCH', 'The WebAssembly bytes are not those of this release.', {
    metaMessages: [`Expected SHA-256: ${expected}`, `Got: ${got}`],
  })
}

/**
 * Fetches, checks and compiles.
 *
 * The digest is computed over the whole bytes, beside their compilation, which runs nothing of them: by crypto.subtle, or on
 * insecure origins (which have none) by our own SHA-256, so the check is never skipped. A module of another digest is given
 * to nobody.
 *
 * @throws LoadError WASM_UNAVAILABLE, WASM_DIGEST_MISMATCH; UsageError when a digest is given for a compiled module.
 */
export async function compileSource(
  source: URL | Uint8Array<ArrayBuffer> | Response | WebAssembly.Module,
  digest: string,
): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source
  const where = source instanceof URL ? shownUrl(source) : source instanceof Uint8Array ? 'the given bytes' : 'the given Response'
  let arrived: Arrived
  try {
    arrived = source instanceof URL ? await fetchModule(source) : { bytes: source instanceof Uint8Array ? source : await responseBytes(source) }
  } catch (cause) {
    throw unavailable(where, cause)
  }
  const { bytes, compiling = WebAssembly.compile(bytes) } = arrived
  compiling.catch(() => undefined) // reported below, after the digest
  const got = await sha256Hex(bytes)
  if (got !== digest) throw mismatch(digest, got)
  try {
    return await compiling
  } catch (cause) {
    throw unavailable(where, cause, ["A content security policy must allow 'wasm-unsafe-eval'."])
  }
}

/** What `loadVerifier` and `loadModel` take about the module. */
export type WasmOptions = {
  /** Default: the file of the package, found beside its JavaScript. */
  readonly wasm?: WasmSource
  /** SHA-256 (64 hex digits) of `wasm`, for a module of your own build. Default: the digest of this release. */
  readonly digest?: string
}

/** The digest that counts: the caller's, or that of the release. */
export function expectedDigest(given: unknown, source: unknown, release: string): string {
  if (given === undefined) return release
  if (source === undefined) throw new UsageError('ARGUMENT_INVALID', 'digest: only together with wasm', { path: 'digest' })
  if (source instanceof WebAssembly.Module) {
    throw new UsageError('ARGUMENT_INVALID', 'digest: a compiled module cannot be checked; pass its bytes', { path: 'digest' })
  }
  return parseDigest(given)
}
