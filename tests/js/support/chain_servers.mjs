// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A stub of a chain's servers on the loopback: CometBFT's URIs and the EVM's JSON-RPC over one synthetic world. The first
// part of a path names how that server misbehaves; counts what it sends.
import { createServer } from 'node:http'

import { keccak, makeBlock } from '../../vectors/generate/lib/chain.mjs'
import { CHAIN, T, hex, light } from '../../vectors/generate/lib/synthetic.mjs'

const PAGE = 100

/** @param worlds by name: what each kind of server shows */
export async function startServers(worlds) {
  const seen = { requests: 0, bytes: 0, asked: new Set(), queries: [] }
  const hanging = new Set()
  const server = createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      seen.requests += 1
      const [, mode, ...rest] = request.url.split('/')
      const send = (body, status = 200) => {
        const text = typeof body === 'string' ? body : JSON.stringify(body)
        seen.bytes += text.length
        response.writeHead(status, { 'content-type': 'application/json' }).end(text)
      }
      if (mode === 'slow') return void hanging.add(response)
      if (mode === 'error') return send('{}', 503)
      if (mode === 'notjson') return send('<html>')
      if (mode === 'oversized') return send(`{"result":"${'x'.repeat(3 << 20)}"}`)
      if (mode === 'flaky' && seen.asked.size !== seen.asked.add(request.url).size) return send('{}', 502) // the first time
      const world = worlds[mode] ?? worlds.honest
      const truncate = mode === 'truncated' ? (text) => text.slice(0, text.length >> 1) : (text) => text
      const result = (value, id = -1) => ({ jsonrpc: '2.0', id, result: value })
      if (request.method === 'GET') {
        const url = new URL(`/${rest.join('/')}`, 'http://local')
        const height = url.searchParams.get('height')
        const block = height === null ? (world.tips?.shift() ?? world.tip) : world.blocks.find((each) => each.signed_header.header.height === height)
        if (url.pathname === '/abci_query') {
          seen.queries.push(`${url.searchParams.get('path')} ${url.searchParams.get('data')} ${height} ${url.searchParams.get('prove')}`)
          return send(result({ response: { code: 0, proofOps: { ops: (world.codeProof ?? world.state.codeProof).map((proof) => ({ type: 'ics23:any', data: proof.toString('base64') })) } } }))
        }
        if (!block) return send({ jsonrpc: '2.0', id: -1, error: { code: -32603, message: 'no such height' } }, 500)
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
        if (method === 'eth_getProof' && world.account) return result(world.account, id)
        if (method === 'eth_getProof') return result(mode === 'geth' ? { ...world.state.getProof(params[1]), storageProof: [] } : world.state.getProof(params[1]), id)
        if (method === 'eth_blockNumber') return result(`0x${(world.evmHeight ?? 199).toString(16)}`, id)
        if (method === 'eth_getStorageAt') return result(world.state.valueOf(params[1]), id)
        return result({ hash: hex(keccak(Buffer.from('block'))), number: params[0], timestamp: `0x${(world.evmTime ?? T).toString(16)}` }, id)
      }
      const body = JSON.parse(Buffer.concat(chunks).toString())
      const text = truncate(world.text?.[body.method] ?? JSON.stringify(Array.isArray(body) ? body.map(answer) : answer(body)))
      const delay = body.method === 'eth_getProof' ? world.delays?.shift() : undefined
      if (delay) setTimeout(() => send(text), delay)
      else send(text)
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = (mode) => `http://127.0.0.1:${server.address().port}/${mode}`
  return {
    seen, at,
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
