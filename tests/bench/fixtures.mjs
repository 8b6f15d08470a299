// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Inputs of the cases, made once in Node and handed to a page as JSON (bytes as base64). The Nitro document is a
// real one from the shared collection where that exists, else the demo document under the demo root.
import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { schnorr as bip340 } from '@noble/curves/secp256k1.js'

import { ecKey, rawSignature, signDigest, signMessage, orderOf } from '../vectors/generate/lib/ecdsa.mjs'
import { canonical, receiptMembers, chatReply, Token } from '../vectors/generate/lib/receipt.mjs'
import { keccak256 } from '../vectors/generate/lib/keccak.mjs'
import { rsaKey, signPss } from '../vectors/generate/lib/rsa.mjs'
import { seeded } from '../vectors/generate/lib/seed.mjs'
import { chainFixtures } from './chain_fixtures.mjs'

const SHARED = new URL('../../../shared/', import.meta.url)
const bytes = (value) => new Uint8Array(value)

function secp256k1() {
  const key = ecKey('bench wallet', 'secp256k1')
  const hash = seeded('bench digest', 32)
  const made = signDigest(key, hash)
  const high = made.s > orderOf(key) / 2n
  const low = { r: made.r, s: high ? orderOf(key) - made.s : made.s }
  const signature = bytes(rawSignature(key, low))
  return { key: bytes(key.point), hash: bytes(hash), signature, wrong: signature.map((byte, i) => (i === 40 ? byte ^ 1 : byte)), recovery: Number(made.odd !== high) }
}

function schnorr() {
  const secret = bytes(seeded('bench schnorr', 32))
  const message = bytes(seeded('bench digest', 32))
  const signature = bip340.sign(message, secret, bytes(seeded('bench nonce', 32)))
  return { key: bip340.getPublicKey(secret), message, signature, wrong: signature.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) }
}

/** An order with lists of structs, as marketplaces have wallets sign. */
function typedData() {
  const address = (label) => `0x${seeded(label, 20).toString('hex')}`
  const item = (i) => ({ itemType: i, token: address(`token ${i}`), identifierOrCriteria: String(1000 + i), startAmount: '1000000000000000000', endAmount: '1000000000000000000' })
  const numbers = (...names) => names.map((name) => ({ name, type: 'uint256' }))
  const itemType = [{ name: 'itemType', type: 'uint8' }, { name: 'token', type: 'address' }, ...numbers('identifierOrCriteria', 'startAmount', 'endAmount')]
  return {
    types: {
      EIP712Domain: [{ name: 'name', type: 'string' }, { name: 'version', type: 'string' }, { name: 'chainId', type: 'uint256' }, { name: 'verifyingContract', type: 'address' }],
      OfferItem: itemType,
      ConsiderationItem: [...itemType, { name: 'recipient', type: 'address' }],
      OrderComponents: [
        { name: 'offerer', type: 'address' }, { name: 'zone', type: 'address' }, { name: 'offer', type: 'OfferItem[]' },
        { name: 'consideration', type: 'ConsiderationItem[]' }, { name: 'orderType', type: 'uint8' }, ...numbers('startTime', 'endTime'),
        { name: 'zoneHash', type: 'bytes32' }, ...numbers('salt'), { name: 'conduitKey', type: 'bytes32' }, ...numbers('counter'),
      ],
    },
    primaryType: 'OrderComponents',
    domain: { name: 'Marketplace', version: '1.5', chainId: 1, verifyingContract: address('contract') },
    message: {
      offerer: address('offerer'), zone: address('zone'), offer: [item(2)],
      consideration: [0, 1, 2].map((i) => ({ ...item(i), recipient: address(`recipient ${i}`) })), orderType: 0, startTime: '1795000000', endTime: '1797000000',
      zoneHash: `0x${seeded('zone hash', 32).toString('hex')}`, salt: '24446860302761739304752683030156737591518664810215442929805094493721655393822',
      conduitKey: `0x${seeded('conduit', 32).toString('hex')}`, counter: '0',
    },
  }
}

function rsa() {
  const key = rsaKey('bench gateway')
  const message = seeded('bench message', 32)
  return { spki: bytes(key.spki), message: bytes(message), signature: bytes(signPss(key, message)) }
}

function p384() {
  const key = ecKey('bench p384')
  const message = seeded('bench document', 4000)
  return { point: bytes(key.point), spki: bytes(key.spki), message: bytes(message), signature: bytes(rawSignature(key, signMessage(key, message))) }
}

/** Turns of some 900 bytes with quotes, line ends and letters of other scripts, as conversations have them. */
function longConversation(bytes) {
  const lines = {
    user: 'What does the oracle say about 1 ETH in USDC? Compare it with "last week" \u2014 and name the fee.\n',
    assistant: 'About the price of the pool, give or take 0.3 %: see the table below (caf\u00e9, na\u00efve, \u65e5\u672c). Nothing else changed since then.\n\n',
  }
  const messages = [{ role: 'system', content: 'Be brief.' }]
  for (let size = 0; size < bytes; ) {
    const role = messages.length % 2 ? 'user' : 'assistant'
    const content = lines[role].repeat(8)
    messages.push({ role, content })
    size += Buffer.byteLength(JSON.stringify(messages.at(-1))) + 1
  }
  return messages
}

function receipt(messages) {
  const key = rsaKey('bench gateway')
  const request = { model: 'gpt-4.1', messages }
  const committed = canonical({ ...request, temperature: new Token('0.0') })
  const output = 'About the price that the oracle says, give or take a fee. '.repeat(10)
  const timestamp = 1795000000
  const members = receiptMembers({ key, committed, output, timestamp })
  const word = Buffer.from(BigInt(timestamp).toString(16).padStart(64, '0'), 'hex')
  return {
    input: {
      request: JSON.stringify(request), requestIs: 'sent', response: JSON.stringify(chatReply({ content: output }, 'stop', members)),
      key: bytes(key.spki), profile: 'gw-stripped', now: timestamp + 30, policy: { accept: ['unproven'] },
    },
    spki: bytes(key.spki),
    signature: bytes(Buffer.from(members.tee_signature, 'base64')),
    message: bytes(keccak256(Buffer.concat([Buffer.from(members.tee_request_hash, 'hex'), Buffer.from(members.tee_output_hash, 'hex'), word]))),
    parts: { committed: bytes(Buffer.from(committed)), output: bytes(Buffer.from(output)), timestamp: bytes(word) },
  }
}

const SHORT = [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'What is 1 ETH in USDC? '.repeat(20) }]

/** The five P-384 checks of a chain and a document, from outside of the package (node:crypto reads the certificates). */
function p384Tasks(certificates, document) {
  const keys = certificates.map((der) => new X509Certificate(der).publicKey.export({ format: 'der', type: 'spki' }).subarray(-97))
  const length = (der, at) => {
    const first = der[at + 1]
    if (first < 0x80) return [at + 2, first]
    const count = first & 0x7f
    return [at + 2 + count, Number(BigInt(`0x${der.subarray(at + 2, at + 2 + count).toString('hex')}`))]
  }
  const chain = certificates.map((der, i) => {
    const [body] = length(der, 0)
    const [inner, size] = length(der, body)
    const message = der.subarray(body, inner + size)
    const [algorithm, skip] = length(der, inner + size)
    const [bits] = length(der, algorithm + skip)
    const [sequence] = length(der, bits + 1)
    const word = (at) => { const [from, count] = length(der, at); return [Buffer.from(der.subarray(from, from + count)), from + count] }
    const [r, next] = word(sequence)
    const [s] = word(next)
    const fixed = (value) => Buffer.concat([Buffer.alloc(48), value]).subarray(-48)
    return { key: bytes(keys[Math.max(i - 1, 0)]), message: bytes(message), signature: bytes(Buffer.concat([fixed(r), fixed(s)])) }
  })
  return [...chain, { key: bytes(keys.at(-1)), ...document }]
}

/** Splits a COSE_Sign1 of definite lengths, and reads `certificate` and `cabundle` of its payload. */
async function openDocument(document) {
  const { decode } = await import('cbor2')
  const [protectedBytes, , payload, signature] = decode(document)
  const fields = decode(payload)
  const member = (name) => (fields instanceof Map ? fields.get(name) : fields[name])
  const head = (value) => Buffer.concat([value.length < 24 ? Buffer.from([0x40 | value.length]) : value.length < 256 ? Buffer.from([0x58, value.length]) : Buffer.from([0x59, value.length >> 8, value.length & 255]), value])
  const message = Buffer.concat([Buffer.from('846a5369676e617475726531', 'hex'), head(protectedBytes), Buffer.from([0x40]), head(payload)])
  const certificates = [...member('cabundle'), member('certificate')].map((der) => Buffer.from(der))
  return { certificates, tasks: p384Tasks(certificates, { message: bytes(message), signature: bytes(signature) }) }
}

async function nitro() {
  const folder = new URL('vectors/nitro/', SHARED)
  let document
  let now
  let pcrs
  const real = existsSync(fileURLToPath(folder))
  if (real) {
    const index = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8'))
    const entry = index.documents.find((candidate) => candidate.expect === 'OK' && candidate.debug === false)
    document = readFileSync(new URL(entry.file, folder))
    now = entry.now
    pcrs = [0, 1, 2].map((i) => entry.pcrs[i])
  } else {
    const samples = new URL('../../demo/samples/evidence/', import.meta.url)
    document = readFileSync(new URL('attestation.cose', samples))
    now = JSON.parse(readFileSync(new URL('samples.json', samples), 'utf8')).samples[0].now
    const [pins] = JSON.parse(readFileSync(new URL('policy.json', samples), 'utf8')).measurements
    pcrs = [0, 1, 2].map((i) => pins[i])
  }
  const { certificates, tasks } = await openDocument(document)
  return { real, document: bytes(document), now, pcrs, tasks, rootDer: bytes(certificates[0]) }
}

export async function makeFixtures() {
  return { secp256k1: secp256k1(), schnorr: schnorr(), typedData: typedData(), rsa: rsa(), p384: p384(), ...chainFixtures(), receipt: receipt(SHORT), longReceipt: receipt(longConversation(100_000)), nitro: await nitro() }
}

/** JSON with bytes as {"$": base64}. */
export const pack = (value) => JSON.stringify(value, (_, item) => (item instanceof Uint8Array ? { $: Buffer.from(item).toString('base64') } : item))
