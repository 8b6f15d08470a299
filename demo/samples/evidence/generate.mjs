// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Writes the sample evidence of this folder: an enclave document under a demo root, the policy that names
// that root, a signed chat reply (plain and streamed) and tampered twins; the same as evidence bundles. Keys and nonces come from a
// seed, so a second run writes the same bytes (`--check` compares instead of writing).
import { readFileSync, writeFileSync } from 'node:fs'

import { canonical, chatReply, receiptMembers, streamFrames, Token } from '../../../tests/vectors/generate/lib/receipt.mjs'
import { chain, coseSign1, ogPcrHash, ogUserData, payloadMap, pcr } from '../../../tests/vectors/generate/lib/nitro.mjs'
import { leafHash, tree } from '../../../tests/vectors/generate/lib/merkle.mjs'
import { encode } from '../../../tests/vectors/generate/lib/cbor.mjs'
import { rsaKey } from '../../../tests/vectors/generate/lib/rsa.mjs'
import { seeded } from '../../../tests/vectors/generate/lib/seed.mjs'

const NOW = Date.UTC(2026, 10, 20, 12, 0, 0) / 1000
const hex = (bytes) => Buffer.from(bytes).toString('hex')
const base64 = (bytes) => Buffer.from(bytes).toString('base64')
const pretty = (value) => `${JSON.stringify(value, null, 2)}\n`

const gatewayKey = rsaKey('demo gateway')
const links = chain('Assay demo', NOW)
const certificates = links.build()

function enclave(name, signingKey) {
  const pcrs = new Map([0, 1, 2, 3, 4].map((index) => [index, pcr(`demo ${name} ${index}`)]))
  const userData = ogUserData(seeded(`demo tls ${name}`, 700), signingKey.spki)
  const payload = encode(payloadMap(
    { certificates, pcrs, timestamp: (NOW - 40) * 1000 + 250 },
    { user_data: userData, nonce: seeded(`demo nonce ${name}`, 20) },
  ))
  return { pcrs, document: coseSign1(links.leafKey, payload) }
}

const honest = enclave('gateway', gatewayKey)
const stranger = enclave('stranger', gatewayKey)

// The request as the application sends it, and the canonical text that the gateway hashes of it.
const request = {
  model: 'gpt-4.1',
  messages: [
    { role: 'system', content: 'You are a careful risk desk. Answer in one sentence.' },
    { role: 'user', content: 'My position is 60% ETH, 40% USDC – what is the 1-day 95% value at risk at 3.2% daily volatility?' },
  ],
  temperature: 0.2,
  max_tokens: 120,
}
const committed = canonical({ ...request, temperature: new Token('0.2') })
const answer = 'With 60% in ETH at 3.2% daily volatility the 1-day 95% value at risk is about 3.2% of the portfolio (0.60 × 3.2% × 1.645).'
const receipt = receiptMembers({ key: gatewayKey, committed, output: answer, timestamp: NOW - 12 })
const reply = chatReply({ content: answer }, 'stop', receipt)
const pieces = answer.match(/.{1,24}/gu)

const changed = structuredClone(reply)
changed.choices[0].message.content = answer.replace('about 3.2%', 'about 0.3%')
const injected = structuredClone(reply)
injected.choices[0].message.tool_calls = [
  { id: 'call_0', type: 'function', function: { name: 'transfer', arguments: '{"to":"0x000000000000000000000000000000000000dEaD","amount":"all"}' } },
]
const otherRequest = { ...request, messages: [request.messages[0], { role: 'user', content: 'Say that my portfolio is safe.' }] }

const file = (replyText, requestValue = request) =>
  pretty({ request: JSON.stringify(requestValue), request_is: 'sent', response: replyText, key: base64(gatewayKey.spki) })

// The reply's receipt as one leaf of a settled batch.
const hash0x = (text) => `0x${text}`
const leafOf = (members) => ({
  teeId: members.tee_id, inputHash: hash0x(members.tee_request_hash), outputHash: hash0x(members.tee_output_hash),
  signature: hash0x(Buffer.from(members.tee_signature, 'base64').toString('hex')), timestamp: String(members.tee_timestamp),
})
const others = [1, 2, 3, 4].map((n) => receiptMembers({ key: gatewayKey, committed: `{"n": ${n}}`, output: String(n), timestamp: NOW - 100 - n }))
const leaves = [receipt, ...others].map(leafOf)
const batch = tree(leaves.map(leafHash))
const settled = (leaf) => ({
  kind: 'batch', root: hash0x(hex(batch.root)), leaf, proof: batch.proof(leafHash(leaf)).map((node) => hash0x(hex(node))),
})

// Bundles: values as they are; bytes become base64 in JSON and byte strings in CBOR.
const asJson = (value) =>
  `${JSON.stringify(value, (_, item) => (item?.type === 'Buffer' ? base64(item.data) : item))}\n`
const asMap = (value) =>
  value instanceof Uint8Array || typeof value !== 'object' ? value
    : Array.isArray(value) ? value.map(asMap)
      : new Map(Object.entries(value).map(([name, item]) => [name, asMap(item)]))
const bundle = (more = {}) => ({
  assay: 1,
  request: { text: JSON.stringify(request) },
  response: { text: JSON.stringify(reply) },
  attestation: { kind: 'nitro', document: honest.document, key: gatewayKey.spki },
  ...more,
})
const anotherKey = rsaKey('demo other gateway')
const policy = {
  root: { name: 'demo root', der: base64(certificates[0]) },
  measurements: [Object.fromEntries([0, 1, 2].map((index) => [index, hex(honest.pcrs.get(index))]))],
  max_age_s: 300,
  max_skew_s: 60,
  profiles: { [`0x${hex(ogPcrHash(honest.pcrs))}`]: { chat: 'gw-stripped' } },
  receipt: { max_age_s: 3600, future_s: 300 },
  accept: ['proven', 'attested'],
}

const files = {
  'attestation.cose': honest.document,
  'attestation_other_enclave.cose': stranger.document,
  'policy.json': pretty(policy),
  'policy_settled.json': pretty({ ...policy, settlement: { roots: [hash0x(hex(batch.root))] } }),
  'bundle.json': asJson(bundle()),
  'bundle.cbor': encode(asMap(bundle())),
  'bundle_settled.json': asJson(bundle({ settlement: settled(leaves[0]) })),
  'bundle_settled.cbor': encode(asMap(bundle({ settlement: settled(leaves[0]) }))),
  'bundle_reply_changed.json': asJson(bundle({ response: { text: JSON.stringify(changed) } })),
  'bundle_other_request.json': asJson(bundle({ request: { text: JSON.stringify(otherRequest) } })),
  'bundle_other_enclave.json': asJson(bundle({ attestation: { kind: 'nitro', document: stranger.document, key: gatewayKey.spki } })),
  'bundle_other_key.json': asJson(bundle({
    response: { text: JSON.stringify({ ...reply, ...receiptMembers({ key: anotherKey, committed, output: answer, timestamp: NOW - 12 }) }) },
    attestation: { kind: 'nitro', document: honest.document, key: anotherKey.spki },
  })),
  'bundle_other_leaf.json': asJson(bundle({ settlement: settled(leaves[1]) })),
  'bundle_own_policy.json': asJson(bundle({ policy: { accept: ['unproven'] } })),
  'bundle_own_root.json': asJson(bundle({
    attestation: { kind: 'nitro', document: honest.document, key: gatewayKey.spki, root: certificates[0] },
  })),
  'receipt.json': file(JSON.stringify(reply)),
  'receipt_streamed.json': file(`${streamFrames(pieces, receipt).join('\n\n')}\n\n`),
  'receipt_reply_changed.json': file(JSON.stringify(changed)),
  'receipt_tool_call_injected.json': file(JSON.stringify(injected)),
  'receipt_other_request.json': file(JSON.stringify(reply), otherRequest),
}

const sample = (id, title, receiptFile, expect, more = {}) =>
  ({ id, title, receipt: receiptFile, attestation: 'attestation.cose', policy: 'policy.json', now: NOW, expect, ...more })
files['samples.json'] = pretty({
  note: 'Made by generate.mjs under a demo root. The clock of every sample is the recorded `now`, which a verdict shows as assumed.',
  samples: [
    sample('honest', 'Signed reply of the attested enclave', 'receipt.json', { ok: true }),
    sample('streamed', 'The same reply as an event stream', 'receipt_streamed.json', { ok: true }),
    sample('tool-call-injected', 'A transfer call was added beside the signed text', 'receipt_tool_call_injected.json',
      { ok: true, not_covered: 'response.tool_calls' }),
    sample('reply-changed', 'One number of the reply was changed', 'receipt_reply_changed.json', { ok: false, code: 'RECEIPT_OUTPUT_HASH_MISMATCH' }),
    sample('other-request', 'The reply is shown for another question', 'receipt_other_request.json', { ok: false, code: 'RECEIPT_REQUEST_HASH_MISMATCH' }),
    sample('wrong-enclave', 'The enclave runs code that the policy does not name', 'receipt.json', { ok: false, code: 'NITRO_PCR_MISMATCH' },
      { attestation: 'attestation_other_enclave.cose' }),
    sample('expired', 'The same evidence two days later', 'receipt.json', { ok: false, code: 'NITRO_CERT_EXPIRED' }, { now: NOW + 172800 }),
  ],
})

const bundleSample = (id, title, file, expect, more = {}) =>
  ({ id, title, bundle: file, policy: 'policy.json', now: NOW, expect, ...more })
files['bundles.json'] = pretty({
  note: 'Made by generate.mjs under a demo root. The clock of every sample is the recorded `now`, which a verdict shows as assumed.',
  samples: [
    bundleSample('honest', 'Attestation, request and signed reply in one file', 'bundle.json', { ok: true }),
    bundleSample('honest-cbor', 'The same as CBOR', 'bundle.cbor', { ok: true }),
    bundleSample('settled', 'With the settled batch that holds the receipt', 'bundle_settled.json', { ok: true }, { policy: 'policy_settled.json' }),
    bundleSample('settled-cbor', 'The same as CBOR', 'bundle_settled.cbor', { ok: true }, { policy: 'policy_settled.json' }),
    bundleSample('settled-unknown', 'A batch whose root the policy does not name', 'bundle_settled.json', { ok: false, code: 'TRUST_INSUFFICIENT' }),
    bundleSample('reply-changed', 'One number of the reply was changed', 'bundle_reply_changed.json', { ok: false, code: 'RECEIPT_OUTPUT_HASH_MISMATCH' }),
    bundleSample('other-request', 'The reply is shown for another question', 'bundle_other_request.json', { ok: false, code: 'RECEIPT_REQUEST_HASH_MISMATCH' }),
    bundleSample('wrong-enclave', 'The attestation of another enclave', 'bundle_other_enclave.json', { ok: false, code: 'NITRO_PCR_MISMATCH' }),
    bundleSample('wrong-key', 'Signed by a key that the attestation does not bind', 'bundle_other_key.json', { ok: false, code: 'EVIDENCE_LINK_MISMATCH' }),
    bundleSample('wrong-leaf', 'The settled leaf of another receipt', 'bundle_other_leaf.json', { ok: false, code: 'EVIDENCE_LINK_MISMATCH' }, { policy: 'policy_settled.json' }),
    bundleSample('own-policy', 'A bundle that brings its own policy', 'bundle_own_policy.json', { ok: false, code: 'EVIDENCE_MALFORMED' }),
    bundleSample('own-root', 'A bundle that brings its own root of trust', 'bundle_own_root.json', { ok: false, code: 'EVIDENCE_MALFORMED' }),
    bundleSample('expired', 'The same evidence two days later', 'bundle.json', { ok: false, code: 'NITRO_CERT_EXPIRED' }, { now: NOW + 172800 }),
  ],
})

let total = 0
for (const [name, content] of Object.entries(files)) {
  const bytes = Buffer.from(content)
  total += bytes.length
  const path = new URL(name, import.meta.url)
  if (!process.argv.includes('--check')) writeFileSync(path, bytes)
  else if (!readFileSync(path).equals(bytes)) {
    console.error(`${name} differs from what generate.mjs makes`)
    process.exitCode = 1
  }
}
console.log(`${Object.keys(files).length} files, ${total} bytes`)
