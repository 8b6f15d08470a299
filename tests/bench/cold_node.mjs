// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// One cold start in a fresh Node process: prints the milliseconds from the import to the first answer, and the
// bytes of WebAssembly memory then. Arguments: verify|infer|ort, model file, model name, manifest, package folder.
import { readFileSync } from 'node:fs'
import { makeInputs } from './cases/models.mjs'

const [what, modelFile, name, manifestFile, packageFolder] = process.argv.slice(2)
const inputs = makeInputs(JSON.parse(readFileSync(manifestFile, 'utf8'))[name])
const bytes = new Uint8Array(readFileSync(modelFile))

const memories = new Set()
const keep = (exports) => {
  for (const value of Object.values(exports)) if (value instanceof WebAssembly.Memory) memories.add(value)
}
const Memory = WebAssembly.Memory
WebAssembly.Memory = new Proxy(Memory, {
  construct(target, args) {
    const made = new target(...args)
    memories.add(made)
    return made
  },
})
Object.defineProperty(WebAssembly.Memory, Symbol.hasInstance, { value: (value) => Object.prototype.toString.call(value) === '[object WebAssembly.Memory]' })
const Instance = WebAssembly.Instance
WebAssembly.Instance = new Proxy(Instance, {
  construct(target, args) {
    const made = new target(...args)
    keep(made.exports)
    return made
  },
})
const instantiate = WebAssembly.instantiate
WebAssembly.instantiate = async (...args) => {
  const made = await instantiate(...args)
  keep((made.instance ?? made).exports)
  return made
}

const start = performance.now()
let kept
let variant = 'baseline'
if (what === 'verify') {
  const { loadVerifier } = await import(`${packageFolder}dist/verify/index.js`)
  const assay = await loadVerifier()
  kept = assay.keccak256(new Uint8Array(32))
} else if (what === 'infer') {
  const { loadModel, Tensor } = await import(`${packageFolder}dist/infer/index.js`)
  const model = await loadModel(bytes)
  variant = model.variant
  kept = await model.run(Object.fromEntries(inputs.map((input) => [input.name, new Tensor(input.type, input.data, input.shape)])))
} else {
  const ort = await import('onnxruntime-web')
  ort.env.wasm.numThreads = 1
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] })
  kept = await session.run(Object.fromEntries(inputs.map((input) => [input.name, new ort.Tensor(input.type, input.data, input.shape)])))
}
const spent = performance.now() - start
if (!kept) throw new Error('no answer')
console.log(JSON.stringify({ spent, variant, memory: Math.max(0, ...[...memories].map((memory) => memory.buffer.byteLength)) }))
process.exit(0)
