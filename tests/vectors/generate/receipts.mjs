// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Own vectors of the family `receipts`: rows for every RECEIPT_ code and for the choice of the profile.
// Format: one JSON object a line, members as in the shared collection (see ../README.md).
import { canonical, chatReply, receiptMembers, streamFrames, teeId, Token } from './lib/receipt.mjs'
import { ecKey } from './lib/ecdsa.mjs'
import { bits, integer, nothing, oid, sequence } from './lib/der.mjs'
import { rsaKey, rsaSpki } from './lib/rsa.mjs'

const TIME = 1795000000
const DEFAULT_POLICY = { max_age_s: 3600, future_s: 300 }
const key = rsaKey('vectors gateway')
const otherKey = rsaKey('vectors other gateway')

/** A request with its canonical text under `gw-stripped` (temperature is spelled by hand). */
function chat(messages, more = {}, committedMore = {}, committedMessages = messages) {
  const request = { model: 'm-1', messages, ...more }
  const committed = { model: 'm-1', messages: committedMessages, temperature: new Token('0.0'), ...committedMore }
  return { request: JSON.stringify(request), committed: canonical(committed) }
}

const HELLO = chat([{ role: 'user', content: 'Hello' }])
const TOOLS = [{ type: 'function', function: { name: 'price', parameters: { type: 'object' } } }]
const WITH_TOOLS = chat([{ role: 'user', content: 'Price?' }], { tools: TOOLS }, { tools: TOOLS })
const CALLS = [{ id: 'c1', type: 'function', function: { name: 'price', arguments: '{"of":"ETH"}' } }]

const rows = []

/** One row; `change` edits the reply object before it is written, `text` the reply text. */
function row(group, note, options) {
  const {
    ask = HELLO, output = 'Hi there.', message = { content: output }, finish = 'stop', kind = 'text', ambiguous = false,
    profile = 'gw-stripped', signer = key, spki = signer.spki, timestamp = TIME, now = TIME + 30, policy = DEFAULT_POLICY,
    code = null, request = ask.request, change = () => {}, text = (body) => body, frames = null, sign = {},
    notCovered = [],
  } = options
  const receipt = { ...receiptMembers({ key: signer, committed: ask.committed, output, timestamp, ...sign }) }
  let response
  if (frames) response = { sse: frames(receipt) }
  else {
    const reply = chatReply(message, finish, receipt)
    change(reply)
    response = { json: text(JSON.stringify(reply)) }
  }
  const usual = ['created', 'finish_reason', 'id', 'index', 'model', 'object', 'role', ...(frames ? [] : ['usage'])]
    .map((name) => `response.${name}`)
  rows.push({
    id: `${group}-${String(rows.length).padStart(3, '0')}`,
    profile,
    request_json: request,
    response,
    spki_der_b64: Buffer.from(spki).toString('base64'),
    now,
    policy,
    expect: code
      ? { ok: false, code }
      : {
          ok: true,
          code: null,
          value: {
            output_kind: kind, output, kind_ambiguous: ambiguous, timestamp, tee_id: receipt.tee_id,
            request_hash: receipt.tee_request_hash, output_hash: receipt.tee_output_hash,
            not_covered: [...usual, ...notCovered].sort(),
          },
        },
    note,
  })
}

// Accepted
row('valid', 'plain text reply', {})
row('valid', 'text outside ASCII', { output: 'naïve – ✓ 😀', ask: chat([{ role: 'user', content: 'é\u007f😀' }]) })
row('valid', 'tool calls', { ask: WITH_TOOLS, output: canonical(CALLS), message: { content: null, tool_calls: CALLS }, finish: 'tool_calls', kind: 'tool_calls', ambiguous: true })
row('valid', 'stream of three pieces', { frames: (receipt) => streamFrames(['Hi', ' the', 're.'], receipt) })
row('valid', 'attachment reduced to its type', {
  ask: chat([{ role: 'user', content: [{ type: 'text', text: 'see' }, { type: 'image_url', image_url: { url: 'data:,x' } }] }], {}, {},
    [{ role: 'user', content: [{ type: 'text', text: 'see' }, { type: 'image_url' }] }]),
  notCovered: ['messages[].attachments'],
})
row('valid', 'sdk: developer is written system', {
  profile: 'sdk',
  ask: chat([{ role: 'developer', content: 'Be brief.' }, { role: 'user', content: 'Hello' }], {}, {},
    [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Hello' }]),
})
row('valid', 'max_tokens, stop, temperature in the request', {
  ask: { request: '{"stop":["x"],"max_tokens":1e3,"temperature":0.70,"messages":[{"content":"Hello","role":"user"}],"model":"m-1"}',
    committed: '{"max_tokens": 1000.0, "messages": [{"content": "Hello", "role": "user"}], "model": "m-1", "stop": ["x"], "temperature": 0.7}' },
})
row('valid', 'age equal to the limit', { now: TIME + 3600 })
row('valid', 'no age limit', { now: TIME + 10 ** 7, policy: { max_age_s: null, future_s: 300 } })
row('unsigned', 'tool calls beside the text are listed, not passed on', { message: { content: 'Hi there.', tool_calls: CALLS }, notCovered: ['response.tool_calls'] })

// RECEIPT_BAD_FIELD
const bad = (note, options) => row('field', note, { code: 'RECEIPT_BAD_FIELD', ...options })
for (const name of ['tee_signature', 'tee_request_hash', 'tee_output_hash', 'tee_timestamp', 'tee_id'])
  bad(`${name} is missing`, { change: (reply) => delete reply[name] })
bad('signature is not base64', { change: (reply) => { reply.tee_signature = '!!!!' } })
bad('signature is empty', { change: (reply) => { reply.tee_signature = '' } })
bad('signature without padding', { change: (reply) => { reply.tee_signature = reply.tee_signature.replace(/=+$/, '') } })
bad('request hash of 63 digits', { change: (reply) => { reply.tee_request_hash = reply.tee_request_hash.slice(1) } })
bad('timestamp is a fraction', { text: (body) => body.replace(`"tee_timestamp":${TIME}`, `"tee_timestamp":${TIME}.0`) })
bad('timestamp of 2^64', { change: (reply) => { reply.tee_timestamp = '18446744073709551616' } })
bad('text after the reply', { text: (body) => `${body}x` })
bad('the reply is cut', { text: (body) => body.slice(0, -1) })
bad('byte order mark', { text: (body) => `\ufeff${body}` })
bad('a member is repeated', { text: (body) => body.replace('{"id"', '{"id":"x","id"') })
bad('NaN in the reply', { text: (body) => body.replace('"total_tokens":30', '"total_tokens":NaN') })
bad('129 nested arrays', { text: (body) => body.replace('"total_tokens":30', `"total_tokens":${'['.repeat(129)}${']'.repeat(129)}`) })
bad('an integer of 4301 digits', { text: (body) => body.replace('"total_tokens":30', `"total_tokens":${'1'.repeat(4301)}`) })
bad('two choices', { change: (reply) => reply.choices.push(reply.choices[0]) })
bad('no choice', { change: (reply) => { reply.choices = [] } })
bad('an error beside the choice', { change: (reply) => { reply.error = null } })
bad('content is a number', { change: (reply) => { reply.choices[0].message.content = 7 } })
bad('stream without a final frame', { frames: (receipt) => streamFrames(['Hi there.'], receipt).filter((line) => !line.includes('tee_id')) })
bad('stream with two final frames', { frames: (receipt) => { const lines = streamFrames(['Hi there.'], receipt); return [...lines, lines.at(-2)] } })
bad('stream cut inside a frame', { frames: (receipt) => streamFrames(['Hi there.'], receipt).slice(0, -1).map((line, i, all) => (i === all.length - 1 ? line.slice(0, -9) : line)) })

// RECEIPT_KEY_UNSUPPORTED
const small = rsaKey('vectors small', 1024)
const unsupported = (note, spki, signer = key) => row('key', note, { code: 'RECEIPT_KEY_UNSUPPORTED', spki, signer })
unsupported('no key', Buffer.alloc(0))
unsupported('1024 bits', small.spki, small)
unsupported('a byte after the key', Buffer.concat([key.spki, Buffer.from([0])]))
unsupported('the key is cut', key.spki.subarray(0, -1))
unsupported('an EC key', ecKey('vectors p256', 'P-256').spki)
unsupported('even exponent', rsaSpki(key.n, 65536n))
unsupported('exponent 1', rsaSpki(key.n, 1n))
unsupported('exponent of 2^31 + 1', rsaSpki(key.n, (1n << 31n) + 1n))
unsupported('even modulus', rsaSpki(key.n - 1n, 65537n))
unsupported('RSASSA-PSS OID', rsaSpki(key.n, 65537n, sequence(oid('1.2.840.113549.1.1.10'))))
unsupported('no NULL parameters', rsaSpki(key.n, 65537n, sequence(oid('1.2.840.113549.1.1.1'))))
unsupported('unused bits', sequence(sequence(oid('1.2.840.113549.1.1.1'), nothing()), bits(sequence(integer(key.n), integer(65537n)), 1)))
unsupported('bare PKCS#1', sequence(integer(key.n), integer(65537n)))

// The rest, in the order of the checks
row('tee', 'id of another key', { code: 'RECEIPT_TEE_ID_MISMATCH', change: (reply) => { reply.tee_id = teeId(otherKey.spki) } })
row('tee', 'checked under another key', { code: 'RECEIPT_TEE_ID_MISMATCH', spki: otherKey.spki })

const refused = (note, request, more = {}) => row('request', note, { code: 'RECEIPT_REQUEST_UNSUPPORTED', request, ...more })
refused('not JSON', '{"model":')
refused('byte order mark', `\ufeff${HELLO.request}`)
refused('NaN', HELLO.request.replace('}]}', '}],"temperature":NaN}'))
refused('a repeated member', HELLO.request.replace('{"model"', '{"model":"x","model"'))
refused('a repeated member deep inside', HELLO.request.replace('}]}', '}],"metadata":{"a":1,"a":2}}'))
refused('no model', '{"messages":[{"role":"user","content":"Hello"}]}')
refused('no messages', '{"model":"m-1","messages":[]}')
refused('unknown role', HELLO.request.replace('"user"', '"developer"'))
refused('temperature is text', HELLO.request.replace('}]}', '}],"temperature":"0"}'))
refused('temperature overflows', HELLO.request.replace('}]}', '}],"temperature":1e999}'))
refused('129 nested arrays', HELLO.request.replace('}]}', `}],"metadata":${'['.repeat(129)}${']'.repeat(129)}}`))
refused('tools is an object', HELLO.request.replace('}]}', '}],"tools":{"a":1}}'))

row('request', 'another question', { code: 'RECEIPT_REQUEST_HASH_MISMATCH', request: chat([{ role: 'user', content: 'Bye' }]).request })
row('request', 'tools were added', { code: 'RECEIPT_REQUEST_HASH_MISMATCH', request: WITH_TOOLS.request })
row('output', 'the text was changed', { code: 'RECEIPT_OUTPUT_HASH_MISMATCH', change: (reply) => { reply.choices[0].message.content = 'Hi their.' } })
row('output', 'a piece of the stream was dropped', { code: 'RECEIPT_OUTPUT_HASH_MISMATCH', frames: (receipt) => streamFrames(['Hi', 're.'], receipt) })
row('output', 'finish_reason turned to tool_calls', { code: 'RECEIPT_OUTPUT_HASH_MISMATCH', ask: WITH_TOOLS, output: 'Hi there.', message: { content: 'Hi there.', tool_calls: CALLS }, finish: 'tool_calls' })
row('output', 'a lone surrogate', { code: 'RECEIPT_OUTPUT_UNENCODABLE', text: (body) => body.replace('Hi there.', 'Hi \\ud83d there.') })
row('output', 'surrogate halves in two pieces', {
  code: 'RECEIPT_OUTPUT_UNENCODABLE',
  frames: (receipt) => streamFrames(['\ud83d', '\ude00'], receipt),
})
const flip = (text) => Buffer.from(Buffer.from(text, 'base64').map((byte, i) => (i === 100 ? byte ^ 1 : byte))).toString('base64')
row('signature', 'one bit is flipped', { code: 'RECEIPT_SIGNATURE_INVALID', change: (reply) => { reply.tee_signature = flip(reply.tee_signature) } })
row('signature', 'another timestamp', { code: 'RECEIPT_SIGNATURE_INVALID', change: (reply) => { reply.tee_timestamp += 1 } })
row('signature', 'salt of 31 bytes', { code: 'RECEIPT_SIGNATURE_INVALID', sign: { saltLength: 31 } })
row('signature', 'trailer of 0xcc', { code: 'RECEIPT_SIGNATURE_INVALID', sign: { trailer: 0xcc } })
row('signature', '255 bytes', { code: 'RECEIPT_SIGNATURE_INVALID', change: (reply) => { reply.tee_signature = Buffer.from(reply.tee_signature, 'base64').subarray(1).toString('base64') } })
row('signature', 'old and forged is forged', { code: 'RECEIPT_SIGNATURE_INVALID', now: TIME + 9999, change: (reply) => { reply.tee_signature = flip(reply.tee_signature) } })
row('time', 'one second too old', { code: 'RECEIPT_TOO_OLD', now: TIME + 3601 })
row('time', 'one second too far ahead', { code: 'RECEIPT_FROM_FUTURE', now: TIME - 301 })
row('time', 'a timestamp of 2^64 - 1', { code: 'RECEIPT_FROM_FUTURE', timestamp: '18446744073709551615' })

// Choice of the profile (receipt.md §2)
const PCR = `0x${'4a'.repeat(32)}`
const profiles = []
function choice(note, code, { table = { [PCR]: { chat: 'gw-stripped', completions: 'completions-b' } }, request = HELLO.request, requestIs = 'sent', value, pcr = PCR } = {}) {
  profiles.push({
    id: `profile-${String(profiles.length).padStart(3, '0')}`, pcr_hash: pcr, request_json: request, request_is: requestIs, profiles: table,
    expect: code ? { ok: false, code } : { ok: true, code: null, value }, note,
  })
}
choice('chat as sent', null, { value: { route: 'chat', profile: 'gw-stripped' } })
choice('chat as handed to the library', null, { requestIs: 'sdk-input', value: { route: 'chat', profile: 'sdk' } })
choice('key in upper case', null, { table: { [`0x${'4A'.repeat(32)}`]: { chat: 'gw-stripped' } }, value: { route: 'chat', profile: 'gw-stripped' } })
choice('completions', null, { request: '{"model":"m","prompt":"x"}', value: { route: 'completions', profile: 'completions-b' } })
choice('hash not in the table', 'RECEIPT_PROFILE_UNKNOWN', { pcr: `0x${'4b'.repeat(32)}` })
choice('__proto__ is no entry', 'RECEIPT_PROFILE_UNKNOWN', { table: {} })
choice('no profile for the route', 'RECEIPT_PROFILE_UNKNOWN', { table: { [PCR]: { completions: 'completions-b' } } })
choice('library input under another chat profile', 'RECEIPT_PROFILE_UNKNOWN', { table: { [PCR]: { chat: 'gw-verbatim' } }, requestIs: 'sdk-input' })
choice('both messages and prompt', 'RECEIPT_REQUEST_UNSUPPORTED', { request: '{"model":"m","messages":[],"prompt":null}' })
choice('unknown profile name', 'POLICY_INVALID', { table: { [PCR]: { chat: 'gw-new' } } })
choice('sdk is no gateway build', 'POLICY_INVALID', { table: { [PCR]: { chat: 'sdk' } } })
choice('a profile of the other route', 'POLICY_INVALID', { table: { [PCR]: { chat: 'completions-a' } } })
choice('short key', 'POLICY_INVALID', { table: { '0x4a': { chat: 'gw-stripped' } } })
choice('key twice in two cases', 'POLICY_INVALID', { table: { [PCR]: { chat: 'gw-stripped' }, [`0x${'4A'.repeat(32)}`]: { chat: 'gw-stripped' } } })

const floats = [
  ['0.1', '0.1', '0.1'], ['1e16', '1e+16', '1e+16'], ['1e15', '1000000000000000.0', '1000000000000000.0'], ['1', '1', '1.0'], ['-0', '0', '0.0'],
  ['-0.0', '-0.0', '-0.0'], ['1e-5', '1e-05', '1e-05'], ['0.0001', '0.0001', '0.0001'], ['1e400', 'Infinity', null], ['5e-324', '5e-324', '5e-324'],
  ['2.4703282292062327e-324', '0.0', '0.0'], ['9007199254740993', '9007199254740993', '9007199254740992.0'], ['1.7976931348623157e308', '1.7976931348623157e+308', '1.7976931348623157e+308'],
].map(([token, json, temperature]) => ({ token, json, as_temperature: temperature }))

export const files = { 'receipts/receipts.jsonl': rows, 'receipts/profiles.jsonl': profiles, 'receipts/floats.jsonl': floats }
