// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A stub of a chain's servers on the loopback: CometBFT's URIs and the EVM's JSON-RPC over one synthetic world. The first
// part of a path names how that server misbehaves: always, or for what its world's `faults` name. Counts what it sends, and
// the round trips: a request comes one after the deepest of those that were answered before it.
import { createServer } from 'node:http'

import { keccak, makeBlock } from '../../vectors/generate/lib/chain.mjs'
import { CHAIN, T, hex, light } from '../../vectors/generate/lib/synthetic.mjs'

const PAGE = 100

/** @param worlds by name: what each kind of server shows */
export async function startServers(worlds) {
  const seen = { requests: 0, bytes: 0, rounds: 0, asked: new Set(), queries: [], urls: [], methods: [] }
  let answered = 0
  const reset = () => {
    Object.assign(seen, { requests: 0, bytes: 0, rounds: 0, urls: [], methods: [] })
    answered = 0
  }
  const hanging = new Set()
  const misbehave = {
    slow: (response) => hanging.add(response),
    error: (_, send) => send('{}', 503),
    notjson: (_, send) => send('<html>'),
    oversized: (_, send) => send(`{"result":"${'x'.repeat(3 << 20)}"}`),
    unending: (response) => {
      hanging.add(response)
      response.writeHead(200, { 'content-type': 'application/json' })
      const drip = setInterval(() => response.write(' '), 50)
      response.on('close', () => clearInterval(drip))
    },
  }
  const server = createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const [, mode, ...rest] = request.url.split('/')
      const world = worlds[mode] ?? (misbehave[mode] && worlds.honest)
      if (!world) return void response.writeHead(404).end() // a name that a test misspelt, too
      const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined
      const round = answered + 1
      seen.requests += 1
      seen.urls.push(request.url)
      seen.rounds = Math.max(seen.rounds, round)
      const send = (value, status = 200) => {
        const text = typeof value === 'string' ? value : JSON.stringify(value)
        const end = () => {
          seen.bytes += text.length
          answered = Math.max(answered, round)
          response.writeHead(status, { 'content-type': 'application/json', 'access-control-allow-origin': '*' }).end(text)
        }
        if (world.latency) setTimeout(end, world.latency)
        else end()
      }
      const next = body?.method === 'eth_getProof' ? world.script?.shift() : undefined // how its next proof fails
      // What a browser asks before it posts JSON to another origin.
      if (request.method === 'OPTIONS') return void response.writeHead(204, { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' }).end()
      const asked = body === undefined ? rest.join('/').split('?')[0] : (Array.isArray(body) ? body[0] : body).method
      seen.methods.push(asked)
      const fault = misbehave[mode] ? mode : (next ?? world.faults?.[asked])
      if (fault && misbehave[fault]) return void misbehave[fault](response, send)
      if (mode === 'flaky' && seen.asked.size !== seen.asked.add(request.url).size) return send('{}', 502) // the first time
      const truncate = mode === 'truncated' || fault === 'truncated' ? (text) => text.slice(0, text.length >> 1) : (text) => text
      const result = (value, id = -1) => ({ jsonrpc: '2.0', id, result: value })
      if (request.method === 'GET') {
        const url = new URL(`/${rest.join('/')}`, 'http://local')
        const height = url.searchParams.get('height')
        const block = height === null ? (world.tips?.shift() ?? world.tip) : world.blocks.find((each) => each.signed_header.header.height === height)
        if (url.pathname === '/abci_query') {
          seen.queries.push(`${url.searchParams.get('path')} ${url.searchParams.get('data')} ${height} ${url.searchParams.get('prove')}`)
          return send(result({ response: { code: 0, proofOps: { ops: (world.codeProof ?? world.state.codeProofOf(Buffer.from(url.searchParams.get('data').slice(4), 'hex'))).map((proof) => ({ type: 'ics23:any', data: proof.toString('base64') })) } } }))
        }
        if (!block) return send({ jsonrpc: '2.0', id: -1, error: { code: -32603, message: 'no such height' } }, 500)
        if (url.pathname === '/commit' && world.commit) return send(world.commit(JSON.stringify(result({ signed_header: block.signed_header })), height))
        if (url.pathname === '/commit') return send(truncate(JSON.stringify(result({ signed_header: block.signed_header, canonical: true }))))
        const page = Number(url.searchParams.get('page'))
        if (world.total) return send(result({ validators: block.validators, total: world.total }))
        const list = block.validators.slice((page - 1) * PAGE, page * PAGE)
        if (list.length === 0) return send({ jsonrpc: '2.0', id: -1, error: { code: -32603, message: 'page should be within range' } }, 500)
        return send(truncate(JSON.stringify(result({ block_height: height, validators: list, count: String(list.length), total: String(block.validators.length) }))))
      }
      const answer = ({ method, params, id }) => {
        if (method === 'eth_getBlockByHash') return result(world.evmBlock, id)
        if (method === 'eth_getBlockReceipts') return result(world.receipts, id)
        if (method === 'eth_getProof' && (BigInt(params[2]) > (world.evmTip ?? 1n << 64n) || BigInt(params[2]) < (world.evmFrom ?? 0))) return { jsonrpc: '2.0', id, error: { code: -32000, message: 'no such height' } }
        if (method === 'eth_getProof' && world.account) return result(world.account, id)
        if (method === 'eth_getProof') return result(mode === 'geth' || next === 'geth' ? { ...world.state.getProof(params[1]), storageProof: [] } : { ...world.state.getProof(params[1]), pad: world.pad }, id)
        if (method === 'eth_blockNumber') return result(`0x${(world.evmTip ?? world.evmHeight ?? 199).toString(16)}`, id)
        if (method === 'eth_getStorageAt') return result(world.state.valueOf(params[1]), id)
        return result({ hash: hex(keccak(Buffer.from('block'))), number: params[0], timestamp: `0x${(world.evmTime ?? T).toString(16)}` }, id)
      }
      const text = truncate(world.text?.[body.method] ?? JSON.stringify(Array.isArray(body) ? body.map(answer) : answer(body)))
      const delay = body.method === 'eth_getProof' ? world.delays?.shift() : undefined
      if (delay) setTimeout(() => send(text), delay)
      else send(text)
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = (mode) => `http://127.0.0.1:${server.address().port}/${mode}`
  return {
    seen, at, reset,
    evm: (...modes) => modes.map((mode) => ({ url: at(mode), operator: mode })),
    comet: (...modes) => modes.map(at),
    close: () => {
      for (const response of hanging) response.destroy()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A world and the blocks that its servers know. */
export const served = (world, blocks = []) => ({ ...world, blocks: [world.anchor, world.tip, ...blocks].map(light), tip: light(world.tip) })

export const blockAt = (height, validators, more = {}) => makeBlock({ chainId: CHAIN, height, validators, time: { seconds: T - 5000 + height, nanos: 1 }, appHash: keccak(Buffer.from(String(height))), ...more })
