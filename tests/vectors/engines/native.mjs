// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The native core behind the runner's engine interface: a child process that answers frames in order.
//
// Frame: u32 (little-endian) byte count of the rest, then fields of u32 length and bytes. A request's first
// field is the operation's name; a reply is one field, JSON text.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const PRESETS = ['release', 'dev', 'asan-ubsan', 'wasm-limbs', 'coverage']
const PROGRAM = 'tests/vectors/assay_vector_engine'

/** Path of the built engine: `--engine`, else the first preset that has one. */
export function enginePath(given) {
  if (given) return given
  const found = PRESETS.map((preset) => fileURLToPath(new URL(`../../../build/${preset}/${PROGRAM}`, import.meta.url))).find(existsSync)
  if (!found) throw new Error(`no ${PROGRAM} in build/{${PRESETS.join(',')}}; build a native preset or pass --engine=PATH`)
  return found
}

function field(bytes) {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return [length, bytes]
}

/** No platform answers. */
const none = new Uint8Array(0)

export async function openNative(options) {
  const child = spawn(enginePath(options.engine), [], { stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting = []
  let pending = Buffer.alloc(0)
  let ended = null
  const abandon = (reason) => {
    ended ??= new Error(reason)
    for (const { reject } of waiting.splice(0)) reject(ended)
  }
  child.on('error', (error) => abandon(error.message))
  child.on('exit', (code, signal) => abandon(`the native engine ended (${signal ?? `status ${code}`})`))
  child.stdin.on('error', (error) => abandon(error.message))
  child.stdout.on('data', (chunk) => {
    pending = pending.length ? Buffer.concat([pending, chunk]) : chunk
    while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32LE(0)) {
      const end = 4 + pending.readUInt32LE(0)
      waiting.shift().resolve(JSON.parse(pending.subarray(4, end).toString('utf8')))
      pending = pending.subarray(end)
    }
  })

  const ask = (operation, ...fields) =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended)
      waiting.push({ resolve, reject })
      const parts = [Buffer.from(operation), ...fields].flatMap(field)
      const length = Buffer.alloc(4)
      length.writeUInt32LE(parts.reduce((sum, part) => sum + part.length, 0))
      child.stdin.write(Buffer.concat([length, ...parts]))
    })
  const value = async (reply) => {
    const answer = await reply
    if (!answer.ok) throw new Error(answer.code)
    return answer.value
  }

  return {
    inFlight: 8,
    nitroPaths: ['core'],
    receiptPaths: ['core'],
    call: (operation, fields) => ask(operation, ...fields),
    verifyReceipt: (call) => ask('verify_receipt', call.request, call.response, call.document, call.key, call.options, none),
    /** The stream in pieces; every verdict must be that of the whole. `ASSAY_SPLITS=all`: cut at every byte. */
    streamReceipt: (call) =>
      ask('verify_receipt_stream', call.request, call.response, call.document, call.key, call.options, none, Buffer.from(process.env.ASSAY_SPLITS ?? 'some')),
    verifyNitro: (call) => ask('verify_nitro', call.document, call.options, none),
    authenticateNitro: (call) => ask('authenticate_nitro', call.document, call.options, none),
    chooseProfile: (request, choice) => ask('choose_profile', request, choice),
    canonicalJson: (text, mode) => ask('canonical_json', text, Buffer.from(mode)),
    keccak256: (data) => value(ask('keccak256', data)),
    sha256: (data) => value(ask('sha256', data)),
    recoverAddress: (call) => ask('recover_address', call.hash, call.v, call.r, call.s, Buffer.from(call.mode)),
    verifyEcdsa: (call) => ask('verify_ecdsa', call.key, call.hash, call.signature, Buffer.from(call.mode)),
    verifyRsaPss: (call) => ask('verify_rsa_pss', call.key, call.message, call.signature),
    verifyP384: (call) => ask('verify_p384', call.key, call.message, call.signature),
    close: () =>
      new Promise((resolve, reject) => {
        child.removeAllListeners('exit')
        child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the native engine ended with status ${code}`))))
        child.stdin.end()
      }),
  }
}
