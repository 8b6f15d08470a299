// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Models beside onnxruntime-web (wasm backend, as many threads): one run, and making a session.
import { async, measure, sync } from '../measure.mjs'

const KIND = { f: ['float32', Float32Array], i64: ['int64', BigInt64Array], i32: ['int32', Int32Array], u8: ['uint8', Uint8Array], i8: ['int8', Int8Array], b: ['bool', Uint8Array] }

/**
 * With threads, idle time before each sample: after a run the threads of a pool look for more work for tens of
 * milliseconds, and on two cores that is the time of the contender after it.
 */
const THREADED = { pauseMs: 80, budgetMs: 6000 }

/** From this size of a model on, in bytes, its session is measured against what moving its bytes costs. */
const LARGE = 2e6
let passed = 0
/** Copies the bytes in and looks at each once. */
function copyAndPass(bytes) {
  const words = new Uint32Array(bytes.slice().buffer, 0, bytes.length >> 2)
  for (let i = 0; i < words.length; i += 1) passed ^= words[i]
}

/** Inputs from the recipe of a manifest entry (xorshift32). */
export function makeInputs(entry) {
  return entry.inputs.map(({ name, dtype, shape, lo, hi, seed }) => {
    const [type, Typed] = KIND[dtype]
    const data = new Typed(shape.reduce((size, side) => size * side, 1))
    let state = seed >>> 0
    for (let i = 0; i < data.length; i += 1) {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      state >>>= 0
      const value = dtype === 'f' ? Math.fround(lo + (hi - lo) * ((state >>> 8) / 16777216)) : lo + (state % (hi - lo))
      data[i] = dtype === 'i64' ? BigInt(value) : value
    }
    return { name, type, shape, data }
  })
}

/** The first difference above the tolerance of the model set, or null. */
export function outputFault(name, want, got) {
  for (const [output, tensor] of Object.entries(want)) {
    const other = got[output]
    if (!other || other.data.length !== tensor.data.length) return `${output}: no such output`
    const largest = tensor.data.reduce((max, value) => Math.max(max, Math.abs(Number(value))), 0)
    for (let i = 0; i < tensor.data.length; i += 1) {
      const [a, b] = [Number(tensor.data[i]), Number(other.data[i])]
      const allowed = /_q?dq/.test(name) ? 0.02 * largest : /_w8/.test(name) ? 0.001 * largest : 1e-5 + 1e-4 * Math.abs(a)
      if (!(Math.abs(a - b) <= allowed)) return `${output}[${i}]: ${b}, onnxruntime-web says ${a}`
    }
  }
  return null
}

/**
 * @param {object} env infer (the package), ort (whose threads are set), modelBytes(name), manifest, versions; in a page
 *   networkPeers(name, threads, versions) of ../networks/peers.mjs
 * @param threads of both sides; more than one leaves out the session
 * @param variant of ours; without it the one that the engine gets by itself on one thread, `simd-threads` on more
 * @returns rows of `infer/<name>` and `session/<name>`, or the code of a model that is not supported.
 */
export async function measureModel(env, name, { threads = 1, variant: wanted = threads > 1 ? 'simd-threads' : undefined, ...options } = {}) {
  const { infer, ort, versions } = env
  const bytes = await env.modelBytes(name)
  const inputs = makeInputs(env.manifest[name])
  const sessionOptions = { executionProviders: ['wasm'], intraOpNumThreads: threads, logSeverityLevel: 4 }
  let model
  try {
    model = await infer.loadModel(bytes.slice(), wanted === undefined ? {} : { variant: wanted, ...(threads > 1 ? { threads } : {}) })
  } catch (error) {
    return { unsupported: error.code ?? String(error) }
  }
  const { variant } = model
  let session = await ort.InferenceSession.create(bytes.slice(), sessionOptions)
  const ours = Object.fromEntries(inputs.map((input) => [input.name, new infer.Tensor(input.type, input.data, input.shape)]))
  const theirs = Object.fromEntries(inputs.map((input) => [input.name, new ort.Tensor(input.type, input.data, input.shape)]))
  let answer
  try {
    answer = await session.run(theirs)
  } catch (error) {
    return { unsupported: `by onnxruntime-web: ${error.message}` } // a map as output, for one
  }
  const fault = outputFault(name, answer, await model.run(ours))
  if (fault) return { fault }
  const { peer_model: peerModel } = env.manifest[name]
  if (peerModel !== undefined) {
    await session.release()
    session = await ort.InferenceSession.create(await env.modelBytes(peerModel), sessionOptions)
  }

  const others = (await env.networkPeers?.(name, threads, versions)) ?? []
  const run = await measure([
    { ...async('assay', '', () => model.run(ours)), variant, threads },
    async('onnxruntime-web', versions['onnxruntime-web'], () => session.run(theirs)),
    ...others.map((peer) => ({ ...async(peer.name, peer.version, peer.run), note: peer.note })),
  ], { warmMs: 1200, ...(threads > 1 ? THREADED : {}), ...options })
  for (const peer of others) peer.dispose()
  model.dispose()
  await session.release()
  const { flops } = env.manifest[name]
  if (flops) run[0].gflops = flops / run[0].min / 1e6
  if (wanted !== undefined || flops || peerModel !== undefined) return { works: [{ work: `infer/${name}`, results: run }] }

  const create = await measure([
    {
      ...async('assay', '', async () => {
        const made = await infer.loadModel(bytes)
        made.dispose()
      }),
      variant,
    },
    async('onnxruntime-web', versions['onnxruntime-web'], async () => {
      const made = await ort.InferenceSession.create(bytes, sessionOptions)
      await made.release()
    }),
    ...(bytes.length < LARGE ? [] : [sync('copy-and-one-pass', 'platform', () => copyAndPass(bytes))]),
  ], { warmMs: 300, budgetMs: 1500, ...options })
  return { works: [{ work: `infer/${name}`, results: run }, { work: `session/${name}`, results: create }] }
}
