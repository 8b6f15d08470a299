// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What a page holds of a model in a worker.
/// <reference lib="esnext.disposable" preserve="true" />
import { ownItems } from '../loader/input.js'
import type { Feeds, Outputs, Trace } from '../infer/model.js'
import type { Port } from '../infer/ports.js'
import type { Value } from '../infer/value.js'
import type { Variant } from '../infer/variants.js'
import type { WireModel } from './protocol.js'

export type CallOptions = {
  /** Aborting rejects the call with ABORTED at once; what the worker still computes is dropped. */
  readonly signal?: AbortSignal
}

export type HostedRunOptions = CallOptions & {
  /** Names of the outputs to return; default all. */
  readonly outputs?: readonly string[]
}

type Run = (feeds: Feeds, options: HostedRunOptions) => Promise<{ [name: string]: Value }>

/** A model in the worker. */
export class HostedModel {
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  /** `sha256:` and 64 hex digits. */
  readonly digest: string
  readonly variant: Variant
  readonly threads: number
  readonly #run: Run
  readonly #profile: () => Promise<Trace>
  readonly #dispose: () => void

  /** @internal Use `WorkerHost.loadModel`. */
  constructor(model: WireModel, run: Run, profile: () => Promise<Trace>, dispose: () => void) {
    this.inputs = model.inputs
    this.outputs = model.outputs
    this.digest = model.digest
    this.variant = model.variant
    this.threads = model.threads
    this.#run = run
    this.#profile = profile
    this.#dispose = dispose
  }

  /** As `Model.run` of `assay-wasm/infer`. @throws also InternalError WORKER_LOST */
  run<T extends { [name: string]: Value } = Outputs>(feeds: Feeds, options: HostedRunOptions = {}): Promise<T> {
    return this.#run(feeds, options) as Promise<T>
  }

  /** As `Model.runBatch`: the worker has the next feeds before it answers to the last. */
  async runBatch<T extends { [name: string]: Value } = Outputs>(feeds: readonly Feeds[], options: HostedRunOptions = {}): Promise<T[]> {
    return Promise.all(ownItems(feeds, 'feeds', 1_000_000).map((item) => this.run<T>(item as Feeds, options)))
  }

  /** As `Model.profile`. */
  profile(): Promise<Trace> {
    return this.#profile()
  }

  /** Gives the memory back. Disposing twice is allowed. */
  dispose(): void {
    this.#dispose()
  }

  [Symbol.dispose](): void {
    this.#dispose()
  }
}
