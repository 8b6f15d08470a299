// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Renews a checkpoint (checkpoint.md): verifies a path of blocks from the current one to the newest and prints that, unless
// another of the named servers shows another block at its height.
//
//   node renew-checkpoint.mjs CHECKPOINT.json COMETBFT_URL…      CHECKPOINT.json: {chainId, height, headerHash, time?}
import { readFileSync } from 'node:fs'
import { verifyHeader } from 'assay-wasm/verify'

const [file, ...servers] = process.argv.slice(2)
if (file === undefined || servers.length === 0) {
  console.error('usage: node renew-checkpoint.mjs CHECKPOINT.json COMETBFT_URL…')
  process.exit(2)
}
const checkpoint = JSON.parse(readFileSync(file, 'utf8'))
const { chainId, height } = checkpoint

/** Bytes of one answer, pages of one set, and the age at which a newest block is none. */
const MAX_BYTES = 2 << 20
const MAX_PAGES = 10
const MAX_AGE_S = 600
/** How long a server that does not know a block yet is waited for. */
const BLOCK_MS = 3000

async function ask(base, path) {
  const response = await fetch(`${base.replace(/\/+$/, '')}/${path}`, { signal: AbortSignal.timeout(20_000), redirect: 'error' })
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

async function lightBlock(base, at) {
  const { signed_header } = await ask(base, at === undefined ? 'commit' : `commit?height=${at}`)
  const validators = []
  for (let page = 1, total = 1; validators.length < total; page += 1) {
    if (page > MAX_PAGES) throw new Error(`more than ${MAX_PAGES} pages of validators`)
    const answer = await ask(base, `validators?height=${signed_header.header.height}&per_page=100&page=${page}`)
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

async function renew(base) {
  const trusted = await lightBlock(base, height)
  const path = [await lightBlock(base)]
  for (let round = 0; round < 64; round += 1) {
    // As text: what a server adds to its answers is not for this script to judge.
    const verdict = await verifyHeader({ config: { chainId, trust: checkpoint }, evidence: JSON.stringify({ trusted, path }) })
    if (verdict.ok) return fresh(verdict.value)
    if (verdict.code !== 'CHAIN_INSUFFICIENT_TRUST') throw new Error(`${verdict.code} ${verdict.path ?? ''}`)
    // Too few of the known validators signed: a block between, and again (chain-state.md §5.3).
    const at = Number(verdict.path?.split('.')[1] ?? 0)
    const low = at === 0 ? BigInt(height) : heightOf(path[at - 1])
    path.splice(at, 0, await lightBlock(base, low + (heightOf(path[at]) - low) / 2n))
  }
  throw new Error('more than 64 blocks between')
}

/** The first server's whose blocks are accepted. */
async function firstRenewal() {
  for (const base of servers) {
    try {
      return { base, block: await renew(base) }
    } catch (error) {
      console.error(`${base}: ${error.message}`)
    }
  }
  return undefined
}

/** The hash that a server shows at a height; a server that is a block behind is asked again. */
async function hashAt(base, at) {
  const once = async () => (await ask(base, `commit?height=${at}`)).signed_header.commit.block_id.hash.toLowerCase()
  try {
    return await once()
  } catch {
    await new Promise((resolve) => setTimeout(resolve, BLOCK_MS))
    return once()
  }
}

/** Whether no other server contradicts: one that is silent does not, and is named. */
async function confirmed({ base, block }) {
  const answers = await Promise.all(servers.filter((server) => server !== base).map(async (server) => {
    try {
      return { server, hash: await hashAt(server, block.height) }
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
