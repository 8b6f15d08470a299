// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Chunked replies that are still coming. receipt.md §12.4.
import { argumentInvalid, bytesOf, readMembers, typedArrayName } from '../loader/input.js'
import { END, MORE, bytesOfHex, contextFields, joined } from './ohttp.js'
import { readVerdict } from './outcome.js'
import type { Machine } from './machine.js'
import type { OhttpContext } from './ohttp.js'
import type { Verdict } from './verdict.js'

export type OhttpStreamInput = {
  /** From `sealOhttpRequest`. */
  readonly context: OhttpContext
}

/** The stream was whole: what `push` gave is the enclave's, and these are the last chunks of it. */
export type OpenedOhttpStream = { readonly chunks: readonly Uint8Array<ArrayBuffer>[] }

/**
 * Opens the chunks of a reply as they come. What `push` gives is provisional: a stream that was cut looks like a whole
 * one until `finish` says ok. After the first failure `push` gives nothing more, and `finish` says why.
 */
export type OhttpStream<C, V> = {
  /** Takes the next bytes of the reply; pieces may end anywhere. @returns the chunks that they completed. */
  push(piece: Uint8Array): C
  /** The reply has ended. To be called once. */
  finish(): V
}

export type OhttpStreamClass<C, V> = new (input: OhttpStreamInput) => OhttpStream<C, V>

type Chunks = Uint8Array<ArrayBuffer>[]
type ProgressJson = { readonly state: string; readonly consumed: number; readonly wanted: number; readonly chunks: readonly string[] }
type Progress = { readonly state: Uint8Array<ArrayBuffer>; readonly consumed: number; readonly wanted: number; readonly chunks: Chunks }

const NOTHING: Uint8Array<ArrayBuffer> = /* @__PURE__ */ new Uint8Array(0)

const reviveProgress = (json: ProgressJson): Progress => ({ ...json, state: bytesOfHex(json.state), chunks: json.chunks.map(bytesOfHex) })
const reviveEnd = (json: { readonly chunks: readonly string[] }): OpenedOhttpStream => ({ chunks: json.chunks.map(bytesOfHex) })

/** A copy: the caller may change his bytes before they are of use. */
function takePiece(piece: unknown): Uint8Array<ArrayBuffer> {
  if (typedArrayName(piece) !== 'Uint8Array') throw argumentInvalid('piece', 'must be a Uint8Array')
  return bytesOf(piece as Uint8Array, 'piece').slice()
}

function ended() {
  return argumentInvalid('piece', 'the stream is over')
}

/** The opener's state is kept here, so that it outlives an instance of the module. */
class Opener {
  readonly #context: readonly Uint8Array<ArrayBuffer>[]
  #state = NOTHING
  #pending: Uint8Array<ArrayBuffer>[] = []
  #size = 0
  #wanted = 0
  #refused: Verdict<never> | undefined

  constructor(context: readonly Uint8Array<ArrayBuffer>[]) {
    this.#context = context
  }

  push(machine: Machine, piece: Uint8Array<ArrayBuffer>): Chunks {
    if (this.#refused !== undefined) return []
    this.#pending.push(piece)
    this.#size += piece.byteLength
    if (this.#size < this.#wanted) return []
    const bytes = joined(this.#pending)
    const verdict = readVerdict(machine.call('open_ohttp_chunks', [...this.#context, this.#state, bytes, MORE]), reviveProgress)
    if (!verdict.ok) {
      this.#refuse(verdict)
      return []
    }
    const { state, consumed, wanted, chunks } = verdict.value
    this.#state = state
    this.#wanted = wanted
    this.#pending = [bytes.subarray(consumed)]
    this.#size -= consumed
    return chunks
  }

  finish(machine: Machine): Verdict<OpenedOhttpStream> {
    if (this.#refused !== undefined) return this.#refused
    return readVerdict(machine.call('open_ohttp_chunks', [...this.#context, this.#state, joined(this.#pending), END]), reviveEnd)
  }

  #refuse(verdict: Verdict<never>): void {
    this.#refused = verdict
    this.#pending = []
    this.#state = NOTHING
  }
}

function openerOf(input: OhttpStreamInput): Opener {
  const { context } = readMembers(input, ['context'], '')
  return new Opener(contextFields(context, 'message/ohttp-chunked-res'))
}

/** The class of the synchronous form. */
export function ohttpStreamNow(machine: Machine): OhttpStreamClass<Chunks, Verdict<OpenedOhttpStream>> {
  return class OhttpResponseStream {
    readonly #opener: Opener
    #open = true

    constructor(input: OhttpStreamInput) {
      this.#opener = openerOf(input)
    }

    push(piece: Uint8Array): Chunks {
      if (!this.#open) throw ended()
      return this.#opener.push(machine, takePiece(piece))
    }

    finish(): Verdict<OpenedOhttpStream> {
      if (!this.#open) throw ended()
      this.#open = false
      return this.#opener.finish(machine)
    }
  }
}

/** The class of the asynchronous form: the module is loaded while the first pieces come, which keep their order. */
export function ohttpStreamWith(load: () => Promise<Machine>): OhttpStreamClass<Promise<Chunks>, Promise<Verdict<OpenedOhttpStream>>> {
  return class OhttpResponseStream {
    readonly #opener: Opener
    #last: Promise<unknown> = Promise.resolve()
    #open = true

    constructor(input: OhttpStreamInput) {
      this.#opener = openerOf(input)
    }

    push(piece: Uint8Array): Promise<Chunks> {
      if (!this.#open) throw ended()
      const bytes = takePiece(piece)
      return this.#next((machine) => this.#opener.push(machine, bytes))
    }

    finish(): Promise<Verdict<OpenedOhttpStream>> {
      if (!this.#open) throw ended()
      this.#open = false
      return this.#next((machine) => this.#opener.finish(machine))
    }

    #next<T>(step: (machine: Machine) => T): Promise<T> {
      const done = this.#last.then(async () => step(await load()))
      this.#last = done.catch(() => undefined)
      return done
    }
  }
}
