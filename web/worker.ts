// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The worker's side: hosts the verifier and any number of models. Start it with
// `new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })`; the host does that by itself.
import { toWire } from '../errors/wire.js'
import { loadModel } from '../infer/index.js'
import { executeWithPlatform } from '../verify/execute.js'
import { executeHash } from '../verify/hashes.js'
import { loadRelease } from '../verify/release.js'
import { UsageError } from '../errors/base.js'
import { buffersOf, toWire as valueToWire } from './values.js'
import type { Model } from '../infer/index.js'
import type { Feeds } from '../infer/model.js'
import type { Value } from '../infer/value.js'
import type { Reply, Request, VerifyCall, WireModel, WireSource, WireValue } from './protocol.js'

type Scope = {
  postMessage(message: Reply, transfer: Transferable[]): void
  addEventListener(type: 'message', listener: (event: { data: Request }) => void): void
}

const scope = globalThis as unknown as Scope
const models = new Map<number, Model>()
const aborts = new Map<number, AbortController>()
let nextModel = 1

async function verify(call: VerifyCall): Promise<unknown> {
  const machine = await loadRelease()
  return call.kind === 'hash' ? executeHash(machine, call.call, call.bytes) : executeWithPlatform(machine, call)
}

function sourceOf(source: WireSource) {
  if ('url' in source) return new URL(source.url)
  if ('bytes' in source) return source.bytes
  return 'blob' in source ? source.blob : source.stream
}

async function load(request: Request & { kind: 'load' }): Promise<WireModel> {
  const { id, source, options, progress } = request
  const abort = new AbortController()
  aborts.set(id, abort)
  try {
    const model = await loadModel(sourceOf(source), {
      ...options,
      signal: abort.signal,
      ...(progress ? { onProgress: (loaded: number, total: number | undefined) => scope.postMessage({ kind: 'progress', id, loaded, total }, []) } : {}),
    })
    const number = nextModel
    nextModel += 1
    models.set(number, model)
    return { model: number, inputs: model.inputs, outputs: model.outputs, digest: model.digest, variant: model.variant, threads: model.threads }
  } finally {
    aborts.delete(id)
  }
}

function modelOf(number: number): Model {
  const model = models.get(number)
  if (model === undefined) throw new UsageError('ONNX_DISPOSED', 'The model was disposed.')
  return model
}

function run({ model, feeds, outputs }: Request & { kind: 'run' }): (readonly [string, WireValue])[] {
  const results = modelOf(model).runSync<{ [name: string]: Value }>(Object.fromEntries(feeds) as Feeds, outputs === undefined ? {} : { outputs })
  return Object.entries(results).map(([name, value]) => [name, valueToWire(value)] as const)
}

async function answer(request: Request & { id: number; kind: 'verify' | 'load' | 'run' | 'profile' }): Promise<void> {
  const { id } = request
  try {
    if (request.kind === 'run') {
      const value = run(request)
      scope.postMessage({ kind: 'result', id, value }, buffersOf(value))
      return
    }
    if (request.kind === 'profile') {
      scope.postMessage({ kind: 'result', id, value: modelOf(request.model).profile() }, [])
      return
    }
    scope.postMessage({ kind: 'result', id, value: request.kind === 'verify' ? await verify(request.call) : await load(request) }, [])
  } catch (error) {
    scope.postMessage({ kind: 'error', id, error: toWire(error) }, [])
  }
}

scope.addEventListener('message', ({ data: request }) => {
  switch (request.kind) {
    case 'dispose':
      models.get(request.model)?.dispose()
      models.delete(request.model)
      return
    case 'abort':
      aborts.get(request.id)?.abort()
      return
    default:
      void answer(request)
  }
})
