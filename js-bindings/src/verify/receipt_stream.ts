// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Receipts of event streams that come in chunks. receipt.md §5.2, §5.6.
/// <reference lib="esnext.disposable" preserve="true" />
import { UsageError } from '../errors/base.js'
import { categoryOf, codeNumbered } from '../errors/codes.js'
import { NO_BYTES, argumentInvalid, bytesOf, encodeText, typedArrayName } from '../loader/input.js'
import { answerByPlatform } from './p384_platform.js'
import { place, readText, recordBytes } from '../loader/module_machine.js'
import { prepareStream, reviveReceipt } from './receipt.js'
import { limitVerdict, readVerdict } from './outcome.js'
import type { Epoch, Machine } from './machine.js'
import type { PreparedStream, ReceiptStreamInput, VerifiedReceipt } from './receipt.js'
import type { Verdict } from './verdict.js'
import type { VerifyModule } from '../wasm/verify.mjs'

/**
 * The verdict about a reply that is still coming. Text shown before `finish` is provisional: when the verdict is not ok
 * it must be withdrawn. Memory grows with the longest line and the tool calls, and with the text that the reply says unless
 * `keepOutput` is false and it cannot be a list of tool calls.
 */
export type ReceiptStream<V> = {
  /** Takes the next bytes of the stream, or the next text of its decoded form; chunks may end anywhere. */
  push(chunk: string | Uint8Array): void
  /** The stream is over. To be called once. @returns the verdict that `verifyReceipt` gives for the whole. */
  finish(): V
  /** Drops the stream without a verdict; after `finish` it does nothing. */
  close(): void
  [Symbol.dispose](): void
}

/** The value of a stream with `keepOutput: false`: `output` is null for a text, which `onText` was given. */
export type UnkeptReceipt = Omit<VerifiedReceipt, 'output'> & { readonly output: string | null }

export type ReceiptStreamClass<Kept, Unkept> = {
  new (input: ReceiptStreamInput & { readonly keepOutput?: true }): ReceiptStream<Kept>
  new (input: ReceiptStreamInput): ReceiptStream<Unkept>
}

/** Pieces in which a chunk crosses, so that one large chunk does not pin memory. */
const PIECE = 1 << 20
/** The core refuses longer streams; one byte more shows it. */
const MAX_STREAM = 16 << 20

/** Of text that no verdict has judged: an unpaired surrogate, for which there will be no receipt, is shown as U+FFFD. */
const PROVISIONAL = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true })

/** Chunks as bytes. A character that two texts share waits for its other half. */
class ChunkReader {
  #half = ''

  /** @returns a view of the caller's bytes, or new ones. @throws UsageError */
  read(chunk: unknown): Uint8Array {
    if (typeof chunk !== 'string') {
      this.end()
      if (typedArrayName(chunk) !== 'Uint8Array') throw argumentInvalid('chunk', 'must be a string or a Uint8Array')
      return bytesOf(chunk as Uint8Array, 'chunk')
    }
    const text = this.#half + chunk
    const last = text.charCodeAt(text.length - 1)
    const whole = last >= 0xd800 && last <= 0xdbff ? text.length - 1 : text.length
    const bytes = encodeText(text.slice(0, whole), 'chunk', Number.MAX_SAFE_INTEGER)
    this.#half = text.slice(whole)
    return bytes
  }

  /** @throws UsageError when a character is not complete. */
  end(): void {
    if (this.#half !== '') throw argumentInvalid('chunk', 'holds a lone surrogate, which no UTF-8 text can carry')
  }
}

type Held = { readonly machine: Machine; readonly epoch: Epoch; readonly handle: number }

/** A stream that nobody closed must not stay in the module. */
const abandoned = /* @__PURE__ */ new FinalizationRegistry<Held>(release)

function release({ machine, epoch, handle }: Held): void {
  // With its instance gone, so is the stream.
  if (machine.epoch === epoch) machine.use((module) => module.receiptStreamClose(handle), epoch)
}

/** A stream in the module. Ends with TRAP when its instance is gone. */
class OpenStream {
  readonly #held: Held
  readonly #onText: PreparedStream['onText']
  #open = true

  /** @throws UsageError for options that the core refuses, or when too many streams are open. */
  constructor(machine: Machine, { request, key, options, attested, keepOutput, onText }: PreparedStream, answers: Uint8Array, epoch: Epoch) {
    const parts = [request, attested.document, key, options, answers] as const
    const handle = machine.use((module) => {
      const at = place(module, parts) as [number, number, number, number, number]
      return module.receiptStreamOpen(
        at[0], request.byteLength, at[1], attested.document.byteLength, at[2], key.byteLength,
        at[3], options.byteLength, at[4], answers.byteLength, keepOutput,
      )
    }, epoch)
    if (handle === 0) throw new UsageError('INPUT_LIMIT', 'too many streams are open; close those that are not read any more')
    this.#held = { machine, epoch, handle }
    this.#onText = onText
    abandoned.register(this, this.#held, this)
    const fault = codeNumbered(machine.use((module) => module.receiptStreamFault(handle), epoch))
    if (fault !== undefined && categoryOf(fault) === 'usage') this.finish() // throws it
  }

  push(bytes: Uint8Array): void {
    if (!this.#open) throw ended()
    const { machine, epoch, handle } = this.#held
    let added = ''
    for (let at = 0; at < bytes.byteLength; at += PIECE) {
      const piece = bytes.subarray(at, at + PIECE)
      added += machine.use((module) => {
        module.receiptStreamPush(handle, place(module, [piece])[0]!, piece.byteLength)
        return this.#added(module)
      }, epoch)
    }
    // Last: what the caller does there, to this stream as well, finds it in order.
    this.#give(added)
  }

  /** What onText throws ends the stream. */
  #give(added: string): void {
    if (added === '') return
    try {
      this.#onText!(added)
    } catch (error) {
      this.close()
      throw error
    }
  }

  #added(module: VerifyModule): string {
    return this.#onText === undefined ? '' : PROVISIONAL.decode(recordBytes(module, module.receiptStreamAdded(this.#held.handle)))
  }

  finish(): Verdict<VerifiedReceipt> {
    if (!this.#open) throw ended()
    const { machine, epoch, handle } = this.#held
    const added = machine.use((module) => {
      module.receiptStreamEnd(handle)
      return this.#added(module)
    }, epoch)
    this.#give(added)
    if (!this.#open) throw ended() // by onText
    this.#forget()
    return readVerdict(machine.use((module) => readText(module, module.receiptStreamFinish(handle)), epoch), reviveReceipt)
  }

  close(): void {
    if (!this.#open) return
    this.#forget()
    release(this.#held)
  }

  #forget(): void {
    this.#open = false
    abandoned.unregister(this)
  }
}

function ended(): UsageError {
  return argumentInvalid('chunk', 'the stream is over')
}

/** The class of the synchronous form. P-384 is checked by the module. */
export function receiptStreamNow(machine: Machine): ReceiptStreamClass<Verdict<VerifiedReceipt>, Verdict<UnkeptReceipt>> {
  return class ReceiptStream {
    readonly #chunks = new ChunkReader()
    #stream: OpenStream | undefined
    #refused: Verdict<VerifiedReceipt> | undefined
    #finishing = false

    constructor(input: ReceiptStreamInput) {
      let prepared: PreparedStream
      try {
        prepared = prepareStream(input)
      } catch (error) {
        this.#refused = limitVerdict(error)
        return
      }
      this.#stream = new OpenStream(machine, prepared, NO_BYTES, machine.epoch)
    }

    push(chunk: string | Uint8Array): void {
      if (this.#finishing || (this.#stream === undefined && this.#refused === undefined)) throw ended()
      const bytes = this.#chunks.read(chunk)
      this.#stream?.push(bytes)
    }

    finish(): Verdict<VerifiedReceipt> {
      const [stream, refused] = [this.#stream, this.#refused]
      if (this.#finishing || (stream === undefined && refused === undefined)) throw ended()
      this.#chunks.end()
      this.#finishing = true
      return stream === undefined ? refused! : stream.finish()
    }

    close(): void {
      this.#stream?.close()
      this.#stream = this.#refused = undefined
    }

    [Symbol.dispose](): void {
      this.close()
    }
  }
}

/** The class of the asynchronous form: the module is loaded while the first chunks come. */
export function receiptStreamWith(load: () => Promise<Machine>): ReceiptStreamClass<Promise<Verdict<VerifiedReceipt>>, Promise<Verdict<UnkeptReceipt>>> {
  return class ReceiptStream {
    readonly #chunks = new ChunkReader()
    readonly #ready: Promise<Verdict<VerifiedReceipt> | undefined>
    #stream: OpenStream | undefined
    #failure: { readonly error: unknown } | undefined
    #waiting: Uint8Array[] = []
    #waitingBytes = 0
    #open = true
    #finishing = false

    constructor(input: ReceiptStreamInput) {
      let prepared: PreparedStream
      try {
        prepared = prepareStream(input)
      } catch (error) {
        this.#ready = Promise.resolve(limitVerdict(error))
        return
      }
      this.#ready = this.#start(prepared).catch((error: unknown) => {
        this.#failure = { error }
        return undefined
      })
    }

    async #start(prepared: PreparedStream): Promise<undefined> {
      const machine = await load()
      const epoch = machine.epoch
      const stream = new OpenStream(machine, prepared, await answerByPlatform(machine, prepared.attested, epoch), epoch)
      // What comes meanwhile, from onText, is put at the end.
      for (let bytes = this.#waiting.shift(); bytes !== undefined && this.#open; bytes = this.#waiting.shift()) stream.push(bytes)
      if (!this.#open) return stream.close() as undefined
      this.#stream = stream
      return undefined
    }

    push(chunk: string | Uint8Array): void {
      if (!this.#open || this.#finishing) throw ended()
      const bytes = this.#chunks.read(chunk)
      if (this.#stream !== undefined) return this.#stream.push(bytes)
      if (this.#failure !== undefined || this.#waitingBytes > MAX_STREAM) return
      // The caller may change his bytes before the module is there.
      const copy = bytes.slice(0, MAX_STREAM + 1 - this.#waitingBytes)
      this.#waiting.push(copy)
      this.#waitingBytes += copy.byteLength
    }

    async finish(): Promise<Verdict<VerifiedReceipt>> {
      if (!this.#open || this.#finishing) throw ended()
      this.#chunks.end()
      this.#finishing = true
      const refused = await this.#ready
      if (!this.#open) throw ended()
      this.#open = false
      if (refused !== undefined) return refused
      if (this.#failure !== undefined) throw this.#failure.error
      return this.#stream!.finish()
    }

    close(): void {
      this.#open = false
      this.#waiting = []
      this.#stream?.close()
    }

    [Symbol.dispose](): void {
      this.close()
    }
  }
}
