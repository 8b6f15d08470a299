// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The page's side: the functions of `assay-wasm/verify` and `loadModel`, executed by a worker. Inputs are read and
// copied here, and the copies are transferred; results are transferred back.
/// <reference lib="esnext.disposable" preserve="true" />
import { InternalError, UsageError } from '../errors/base.js'
import { fromWire } from '../errors/wire.js'
import { takeModelSource } from '../infer/model_source.js'
import { copyBytes, ownItems, readMembers } from '../loader/input.js'
import { MAX_HASHED } from '../verify/hashes.js'
import { limitVerdict } from '../verify/outcome.js'
import { QUESTIONS } from '../verify/questions.js'
import { HostedModel } from './hosted_model.js'
import { buffersOf, copyFeeds, fromWire as valueFromWire } from './values.js'
import type { Feeds, Trace } from '../infer/model.js'
import type { Value } from '../infer/value.js'
import type { ModelSource, ProgressListener } from '../infer/model_source.js'
import type { Answer, Prepared, Question } from '../verify/call.js'
import type { EvidenceInput, VerifiedEvidence } from '../verify/evidence.js'
import type { InputOf, QuestionName, ValueOf } from '../verify/questions.js'
import type { CallOptions, HostedRunOptions } from './hosted_model.js'
import type { Verdict } from '../verify/verdict.js'
import type { Reply, Request, VerifyCall, WireLoadOptions, WireModel, WireSource, WireValue } from './protocol.js'

/** The part of a Worker that the host uses. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'addEventListener' | 'removeEventListener' | 'terminate'>

export type WorkerHostOptions = {
  /** A module worker that runs `assay-wasm`'s `dist/web/worker.js`; default: one of our own, made on the first call. */
  readonly worker?: WorkerLike
}

export type HostedLoadOptions = WireLoadOptions & CallOptions & { readonly onProgress?: ProgressListener }

type Pending = {
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
  readonly onProgress?: ProgressListener
}

function lost(cause?: unknown): InternalError {
  return new InternalError('WORKER_LOST', 'The worker that held the module is gone.', { cause })
}

/** The functions of `assay-wasm/verify` that answer with a verdict, executed by a worker. */
export type HostedQuestions = {
  readonly [N in Exclude<QuestionName, 'verifyEvidence'>]: (input: InputOf<N>, options?: CallOptions) => Promise<Verdict<ValueOf<N>>>
}

// The constructor makes them, one for each entry of QUESTIONS.
export interface WorkerHost extends HostedQuestions {}

/** Runs verifications and models in a worker, so that the page stays responsive. */
export class WorkerHost {
  readonly #given: WorkerLike | undefined
  #worker: WorkerLike | undefined
  /** Counts the workers: a model belongs to one of them. */
  #generation = 0
  #nextId = 1
  readonly #pending = new Map<number, Pending>()
  #closed = false

  /** Does nothing yet; the worker starts with the first call. */
  constructor(options: WorkerHostOptions = {}) {
    const { worker } = readMembers(options, ['worker'], '')
    this.#given = worker as WorkerLike | undefined
    for (const [name, question] of Object.entries(QUESTIONS)) {
      if (name === 'verifyEvidence') continue // takes its arguments one by one, as in assay-wasm/verify
      const asked = (input: unknown, callOptions: CallOptions = {}) => this.#verdict(question as Question<unknown, unknown>, input, callOptions)
      Object.defineProperty(this, name, { value: asked, enumerable: true })
    }
  }

  async verifyEvidence(
    bundle: EvidenceInput['bundle'], policy: EvidenceInput['policy'], options: Pick<EvidenceInput, 'now'> & CallOptions = {},
  ): Promise<Verdict<VerifiedEvidence>> {
    const { signal, ...given } = readMembers(options, ['now', 'signal'], '')
    return this.#verdict(QUESTIONS.verifyEvidence, { ...given, bundle, policy } as EvidenceInput, { ...(signal === undefined ? {} : { signal: signal as AbortSignal }) })
  }

  async keccak256(bytes: Uint8Array, options: CallOptions = {}): Promise<Uint8Array> {
    return this.#verify({ kind: 'hash', call: 'keccak256', bytes: copyBytes(bytes, 'bytes', MAX_HASHED) }, options)
  }
  async sha256(bytes: Uint8Array, options: CallOptions = {}): Promise<Uint8Array> {
    return this.#verify({ kind: 'hash', call: 'sha256', bytes: copyBytes(bytes, 'bytes', MAX_HASHED) }, options)
  }

  /** As `loadModel` of `assay-wasm/infer`; the module's file is always the package's own. */
  async loadModel(source: ModelSource, options: HostedLoadOptions = {}): Promise<HostedModel> {
    const { signal, onProgress, ...rest } = readMembers(options, ['digest', 'variant', 'threads', 'profile', 'timeoutMs', 'limits', 'signal', 'onProgress'], '')
    const { wire, transfer } = wireSource(source)
    const model = await this.#ask<WireModel>(
      (id) => ({ kind: 'load', id, source: wire, options: { ...rest } as WireLoadOptions, progress: onProgress !== undefined }),
      transfer,
      signal as AbortSignal | undefined,
      onProgress as ProgressListener | undefined,
    )
    const generation = this.#generation
    return new HostedModel(
      model,
      (feeds, runOptions) => this.#run(model.model, generation, feeds, runOptions),
      () => this.#profile(model.model, generation),
      () => {
        if (this.#worker !== undefined && generation === this.#generation) this.#post(this.#worker, { kind: 'dispose', model: model.model }, [])
      },
    )
  }

  /** Ends the worker, also one that the caller made; calls in flight end with WORKER_LOST, as do later ones. */
  dispose(): void {
    this.#closed = true
    this.#lose(undefined)
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  async #verdict<I, T>({ prepare, read }: Question<I, T>, input: I, options: CallOptions): Promise<Verdict<T>> {
    let prepared: Prepared
    try {
      prepared = prepare(input)
    } catch (error) {
      return limitVerdict(error)
    }
    return read(await this.#verify<Answer>(prepared, options))
  }

  #verify<T>(call: VerifyCall, options: CallOptions): Promise<T> {
    const { signal } = readMembers(options, ['signal'], '')
    return this.#ask<T>((id) => ({ kind: 'verify', id, call }), buffersOfCall(call), signal as AbortSignal | undefined)
  }

  async #run(model: number, generation: number, feeds: Feeds, options: HostedRunOptions): Promise<{ [name: string]: Value }> {
    const { outputs, signal } = readMembers(options, ['outputs', 'signal'], '')
    const names = outputs === undefined ? undefined : (ownItems(outputs, 'outputs', 65_536) as string[])
    const wire = copyFeeds(feeds)
    if (generation !== this.#generation) throw lost()
    const results = await this.#ask<readonly (readonly [string, WireValue])[]>(
      (id) => ({ kind: 'run', id, model, feeds: wire, ...(names === undefined ? {} : { outputs: names }) }),
      buffersOf(wire),
      signal as AbortSignal | undefined,
    )
    const values = Object.create(null) as { [name: string]: Value }
    for (const [name, value] of results) values[name] = valueFromWire(value)
    return values
  }

  async #profile(model: number, generation: number): Promise<Trace> {
    if (generation !== this.#generation) throw lost()
    return this.#ask<Trace>((id) => ({ kind: 'profile', id, model }), [])
  }

  #ask<T>(make: (id: number) => Request, transfer: Transferable[], signal?: AbortSignal, onProgress?: ProgressListener): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (signal !== undefined && !(signal instanceof AbortSignal)) return reject(new UsageError('ARGUMENT_INVALID', 'signal: is of the wrong type', { path: 'signal' }))
      const aborted = () => new UsageError('ABORTED', 'The caller aborted the operation.', { cause: signal?.reason })
      if (signal?.aborted === true) return reject(aborted())
      if (this.#closed) return reject(lost())
      const worker = (this.#worker ??= this.#start())
      const id = this.#nextId
      this.#nextId += 1
      const abort = () => {
        this.#pending.delete(id)
        this.#post(worker, { kind: 'abort', id }, [])
        reject(aborted())
      }
      const settle = <A>(then: (value: A) => void) => (value: A) => {
        signal?.removeEventListener('abort', abort)
        then(value)
      }
      this.#pending.set(id, { resolve: settle(resolve as (value: never) => void), reject: settle(reject), ...(onProgress === undefined ? {} : { onProgress }) })
      signal?.addEventListener('abort', abort, { once: true })
      try {
        this.#post(worker, make(id), transfer)
      } catch (cause) {
        this.#pending.delete(id)
        settle(reject)(new UsageError('ARGUMENT_INVALID', 'The input cannot be handed to a worker.', { cause }))
      }
    })
  }

  #post(worker: WorkerLike, request: Request, transfer: Transferable[]): void {
    worker.postMessage(request, transfer)
  }

  #start(): WorkerLike {
    // The literal form that bundlers recognise.
    if (this.#given === undefined && typeof Worker === 'undefined') {
      throw new UsageError('ARGUMENT_INVALID', 'worker: this platform starts none by itself; hand one in', { path: 'worker' })
    }
    const worker = this.#given ?? new Worker(new URL('../web/worker.js', import.meta.url), { type: 'module' })
    worker.addEventListener('message', this.#onMessage)
    worker.addEventListener('error', this.#onError)
    worker.addEventListener('messageerror', this.#onError)
    return worker
  }

  readonly #onMessage = (event: Event): void => {
    const reply = (event as MessageEvent<Reply>).data
    const pending = this.#pending.get(reply.id)
    if (pending === undefined) return // aborted
    if (reply.kind === 'progress') {
      pending.onProgress?.(reply.loaded, reply.total)
      return
    }
    this.#pending.delete(reply.id)
    if (reply.kind === 'result') pending.resolve(reply.value as never)
    else pending.reject(fromWire(reply.error))
  }

  readonly #onError = (event: Event): void => this.#lose((event as Partial<ErrorEvent>).message)

  /** Forgets the worker. One of our own is replaced by the next call; a caller's own cannot be. */
  #lose(cause: unknown): void {
    const worker = this.#worker
    this.#worker = undefined
    this.#generation += 1
    if (this.#given !== undefined) this.#closed = true
    const target = worker ?? (this.#closed ? this.#given : undefined)
    worker?.removeEventListener('message', this.#onMessage)
    worker?.removeEventListener('error', this.#onError)
    worker?.removeEventListener('messageerror', this.#onError)
    target?.terminate()
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    for (const { reject } of pending) reject(lost(cause))
  }
}

/** @returns a host; its worker starts with the first call. */
export function createWorkerHost(options: WorkerHostOptions = {}): WorkerHost {
  return new WorkerHost(options)
}

function partsOfCall(call: VerifyCall): readonly Uint8Array<ArrayBuffer>[] {
  if (call.kind === 'hash') return [call.bytes]
  if (call.kind === 'primitive') return call.parts
  return [...call.fields, ...(call.attested === undefined ? [] : [call.attested.rootDer])]
}

/** The buffers of the copies that a call consists of. Each part has its own. */
function buffersOfCall(call: VerifyCall): Transferable[] {
  const parts = partsOfCall(call)
  return [...new Set(parts.filter((part) => part.byteLength > 0).map((part) => part.buffer))]
}

function wireSource(source: ModelSource): { wire: WireSource; transfer: Transferable[] } {
  const taken = takeModelSource(source, 2 ** 31 - 1)
  if (taken instanceof Uint8Array) return { wire: { bytes: taken }, transfer: [taken.buffer] }
  if (taken instanceof URL) return { wire: { url: taken.href }, transfer: [] }
  if (taken instanceof Blob) return { wire: { blob: taken }, transfer: [] }
  const stream = taken instanceof Response ? taken.body : taken
  if (stream === null || (taken instanceof Response && !taken.ok)) {
    throw new UsageError('ARGUMENT_INVALID', 'source: the Response carries no model', { path: 'source' })
  }
  return { wire: { stream }, transfer: [stream] }
}
