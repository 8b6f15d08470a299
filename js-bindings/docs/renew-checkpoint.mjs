// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Renews a checkpoint (checkpoint.md): verifies a path of blocks from the current one to the newest and prints that, unless
// another of the named servers shows another block at its height.
//
//   node renew-checkpoint.mjs [--trusting-period SECONDS] [--server-time SECONDS] CHECKPOINT.json COMETBFT_URL…
//
// CHECKPOINT.json: {chainId, height, headerHash, time?}. The period is that of the application's policy, default 14 days; a server
// has 120 seconds for all that it is asked.
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { verifyHeader } from 'assay-wasm/verify'

const USAGE = 'usage: node renew-checkpoint.mjs [--trusting-period SECONDS] [--server-time SECONDS] CHECKPOINT.json COMETBFT_URL…'

function fail() {
  console.error(USAGE)
  process.exit(2)
}

function seconds(text, most) {
  if (!/^[1-9]\d{0,9}$/.test(text) || Number(text) > most) fail()
  return Number(text)
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { 'trusting-period': { type: 'string' }, 'server-time': { type: 'string', default: '120' } } })
  } catch {
    return fail()
  }
}

const { values, positionals: [file, ...servers] } = readArguments()
if (file === undefined || servers.length === 0) fail()
const serverMs = 1000 * seconds(values['server-time'], 86_400)
const period = values['trusting-period'] === undefined ? {} : { trustingPeriodS: seconds(values['trusting-period'], 1e10) }
const checkpoint = JSON.parse(readFileSync(file, 'utf8'))
const { chainId, height } = checkpoint

/** Bytes of one answer, pages of one set, and the age at which a newest block is none. */
const MAX_BYTES = 2 << 20
const MAX_PAGES = 10
const MAX_AGE_S = 600
const REQUEST_MS = 20_000
/** How long a server that does not know a block yet is waited for. */
const BLOCK_MS = 3000

/** @param server its address, and the signal that ends its time */
async function ask({ base, signal }, path) {
  const response = await fetch(`${base.replace(/\/+$/, '')}/${path}`, { signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_MS)]), redirect: 'error' })
  const parts = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += part.byteLength
    if (bytes > MAX_BYTES) throw new Error(`an answer of more than ${MAX_BYTES} bytes to ${path}`)
    parts.push(part)
  }
  const { result } = JSON.parse(Buffer.concat(parts).toString())
  if (!result) throw new Error(`no answer to ${path}`)
  return result
}

async function lightBlock(server, at) {
  const { signed_header } = await ask(server, at === undefined ? 'commit' : `commit?height=${at}`)
  const validators = []
  for (let page = 1, total = 1; validators.length < total; page += 1) {
    if (page > MAX_PAGES) throw new Error(`more than ${MAX_PAGES} pages of validators`)
    const answer = await ask(server, `validators?height=${signed_header.header.height}&per_page=100&page=${page}`)
    total = Number(answer.total)
    if (answer.validators.length === 0) throw new Error('a page without validators')
    validators.push(...answer.validators)
  }
  return { signed_header, validators }
}

const heightOf = (block) => BigInt(block.signed_header.header.height)

/** A server that stands still must not pass for a renewal. */
function fresh(block) {
  if (!(Date.now() / 1000 - Date.parse(block.time) / 1000 <= MAX_AGE_S)) throw new Error(`the newest block is of ${block.time}: older than ${MAX_AGE_S} s`)
  return block
}

async function renew(server) {
  const trusted = await lightBlock(server, height)
  const path = [await lightBlock(server)]
  for (let round = 0; round < 64; round += 1) {
    // As text: what a server adds to its answers is not for this script to judge.
    const verdict = await verifyHeader({ config: { chainId, trust: checkpoint, ...period }, evidence: JSON.stringify({ trusted, path }) })
    if (verdict.ok) return fresh(verdict.value)
    if (verdict.code !== 'CHAIN_INSUFFICIENT_TRUST') throw new Error(`${verdict.code} ${verdict.path ?? ''}`)
    // Too few of the known validators signed: a block between, and again (chain-state.md §5.3).
    const at = Number(verdict.path?.split('.')[1] ?? 0)
    const low = at === 0 ? BigInt(height) : heightOf(path[at - 1])
    path.splice(at, 0, await lightBlock(server, low + (heightOf(path[at]) - low) / 2n))
  }
  throw new Error('more than 64 blocks between')
}

/** What a server answers within its time. */
async function inTime(base, asked) {
  const signal = AbortSignal.timeout(serverMs)
  try {
    return await asked({ base, signal })
  } catch (error) {
    throw signal.aborted ? new Error(`no usable answer within ${serverMs / 1000} s`) : error
  }
}

/** The first server's whose blocks are accepted. */
async function firstRenewal() {
  for (const base of servers) {
    try {
      return { base, block: await inTime(base, renew) }
    } catch (error) {
      console.error(`${base}: ${error.message}`)
    }
  }
  return undefined
}

/** The hash that a server shows at a height; a server that is a block behind is asked again. */
const hashAt = (at) => async (server) => {
  const once = async () => (await ask(server, `commit?height=${at}`)).signed_header.commit.block_id.hash.toLowerCase()
  try {
    return await once()
  } catch {
    await pause(BLOCK_MS, undefined, { signal: server.signal })
    return once()
  }
}

/** Whether no other server contradicts: one that is silent does not, and is named. */
async function confirmed({ base, block }) {
  const answers = await Promise.all(servers.filter((server) => server !== base).map(async (server) => {
    try {
      return { server, hash: await inTime(server, hashAt(block.height)) }
    } catch (error) {
      console.error(`${server}: not compared: ${error.message}`)
      return { server, hash: block.hash }
    }
  }))
  const others = answers.filter(({ hash }) => hash !== block.hash)
  for (const { server, hash } of others) console.error(`two blocks at height ${block.height}: ${base} shows ${block.hash}, ${server} shows ${hash}`)
  return others.length === 0
}

const renewal = await firstRenewal()
if (renewal === undefined || !(await confirmed(renewal))) process.exit(1)
const { block } = renewal
console.log(JSON.stringify({ chainId, height: String(block.height), headerHash: block.hash.toUpperCase(), time: block.time }))
