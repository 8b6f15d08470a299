// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Own vectors of the family `receipts` for the builds beside gw-stripped and sdk (receipt.md §2, §3.5, §3.7, §9).
// What Python prints and what is committed is spelled by hand.
import { createHash } from 'node:crypto'

import { canonical, chatReply, receiptMembers, teeId } from './lib/receipt.mjs'
import { rsaKey, signPss } from './lib/rsa.mjs'

const TIME = 1795000000
const key = rsaKey('vectors gateway')
const rows = []

function add(profile, note, request, response, code, value) {
  rows.push({
    id: `${profile}-${String(rows.length).padStart(3, '0')}`,
    profile,
    request_json: request,
    response: { json: JSON.stringify(response) },
    spki_der_b64: key.spki.toString('base64'),
    now: TIME + 30,
    policy: { max_age_s: 3600, future_s: 300 },
    expect: code ? { ok: false, code } : { ok: true, code: null, value: { kind_ambiguous: false, timestamp: TIME, tee_id: teeId(key.spki), ...value } },
    note,
  })
}

const USUAL = ['created', 'finish_reason', 'id', 'index', 'model', 'object'].map((name) => `response.${name}`)

function chat(profile, note, request, committed, { code = null, notCovered = [] } = {}) {
  const receipt = receiptMembers({ key, committed, output: 'Yes.', timestamp: TIME })
  add(profile, note, request, chatReply({ content: 'Yes.' }, 'stop', receipt), code, {
    output_kind: 'text', output: 'Yes.', request_hash: receipt.tee_request_hash, output_hash: receipt.tee_output_hash,
    not_covered: [...USUAL, 'response.role', 'response.usage', ...notCovered].sort(),
  })
}

const PARTS = '[{"type":"text","text":"it\'s \\u00e9"},{"type":"image_url","image_url":{"url":"data:,x","detail":null}},true,1e400,-0.0,"\\u200b\\n"]'
const PRINTED = String.raw`[{'type': 'text', 'text': \"it's \u00e9\"}, {'type': 'image_url', 'image_url': {'url': 'data:,x', 'detail': None}}, True, inf, -0.0, '\\u200b\\n']`
const asked = `{"model":"m","messages":[{"role":"user","content":${PARTS}}],"response_format":{"type":"t"},"web_search":1}`
const answered = (content, rest) => `{"messages": [{"content": ${content}, "role": "user"}], "model": "m", ${rest}}`
const TAIL = '"temperature": 0.0'
chat('gw-repr-a', 'a list as Python prints it', asked, answered(`"${PRINTED}"`, TAIL), { notCovered: ['response_format', 'web_search'] })
chat('gw-repr-b', 'the response format is committed', asked, answered(`"${PRINTED}"`, `"response_format": {"type": "t"}, ${TAIL}`), { notCovered: ['web_search'] })
chat('gw-repr-b', 'another build ignores it', asked, answered(`"${PRINTED}"`, TAIL), { code: 'RECEIPT_REQUEST_HASH_MISMATCH' })
chat('gw-repr-a', 'a response format that is ignored may be of any type', asked.replace('{"type":"t"}', '7'), answered(`"${PRINTED}"`, TAIL), { notCovered: ['response_format', 'web_search'] })
chat('gw-repr-b', 'one that is committed may not', asked.replace('{"type":"t"}', '7'), answered(`"${PRINTED}"`, TAIL), { code: 'RECEIPT_REQUEST_UNSUPPORTED' })
const LIST = '[{"text": "it\'s \\u00e9", "type": "text"}, {"image_url": {"detail": null, "url": "data:,x"}, "type": "image_url"}, true, Infinity, -0.0, "\\u200b\\n"]'
chat('gw-verbatim', 'the list as sent', asked, answered(LIST, `"response_format": {"type": "t"}, ${TAIL}, "web_search": true`))
chat('gw-verbatim', 'a float that underflows is falsy', '{"model":"m","messages":[{"role":"user","content":""}],"web_search":1e-400}', answered('""', TAIL))

function completion(profile, note, request, committed, { code = null, notCovered = [], choice = { text: 'Yes.', index: 0, finish_reason: 'stop' } } = {}) {
  const receipt = receiptMembers({ key, committed, output: 'Yes.', timestamp: TIME })
  const response = { id: 'cmpl', object: 'text_completion', created: TIME, model: 'm', choices: [choice], usage: null, ...receipt }
  add(profile, note, request, response, code, {
    output_kind: 'text', output: 'Yes.', request_hash: receipt.tee_request_hash, output_hash: receipt.tee_output_hash,
    not_covered: [...USUAL, ...notCovered].sort(),
  })
}

const DEFAULTS = '{"max_tokens": 16, "model": "m", "prompt": "p", "temperature": 1.0}'
completion('completions-a', 'defaults of the request class', '{"model":"m","prompt":"p","web_search":1,"tools":[1]}', DEFAULTS, { notCovered: ['tools', 'web_search'] })
completion('completions-b', 'web_search is committed', '{"model":"m","prompt":"p","web_search":1}', DEFAULTS.replace('}', ', "web_search": true}'))
completion('completions-b', 'null is no default', '{"model":"m","prompt":["p",1.50],"temperature":null,"max_tokens":null}', '{"model": "m", "prompt": ["p", 1.5], "temperature": 0.0}')
completion('completions-a', 'a message beside the text', '{"model":"m","prompt":"p"}', DEFAULTS, { choice: { text: 'Yes.', index: 0, finish_reason: 'stop', message: { content: 'No.' } }, notCovered: ['response.message'] })
completion('completions-a', 'the text was changed', '{"model":"m","prompt":"p"}', DEFAULTS, { choice: { text: 'No.' }, code: 'RECEIPT_OUTPUT_HASH_MISMATCH' })
completion('completions-a', 'no text', '{"model":"m","prompt":"p"}', DEFAULTS, { choice: { message: { content: 'Yes.' } }, code: 'RECEIPT_BAD_FIELD' })
completion('completions-a', 'no prompt', '{"model":"m"}', DEFAULTS, { code: 'RECEIPT_REQUEST_UNSUPPORTED' })

const STAMP = new Date(TIME * 1000).toISOString().replace('.000Z', '.000007+00:00')
/** `change` edits the reply after it was signed. */
function legacy(profile, note, request, committed, signed, { code = null, notCovered = [], salt = 222, value, change = (reply) => reply } = {}) {
  const hash = createHash('sha256').update(committed).digest('hex')
  const members = { ...signed, model: 'm', request_hash: hash, timestamp: STAMP }
  const signature = signPss(key, Buffer.from(canonical(members)), { saltLength: salt }).toString('base64')
  add(profile, note, request, change({ ...members, signature, usage: { n: 1 } }), code,
    { request_hash: hash, output_hash: null, not_covered: ['response.usage', ...notCovered].sort(), ...value })
}

const CHAT = '{"model":"m","messages":[{"role":"user","content":"p"}],"top_p":1}'
const CHAT_TEXT = '{"max_tokens": 100, "messages": [{"content": "p", "name": null, "role": "user", "tool_call_id": null, "tool_calls": null}], "model": "m", "stop": null, "temperature": 0.0, "tool_choice": "auto", "tools": null}'
const SAID = { finish_reason: 'stop', message: { role: 'assistant', content: 'Yes.' } }
const CALLS = [{ id: 'c', type: 'function', function: { name: 'f', arguments: { b: 1, a: 2 } } }]
const CALLED = { finish_reason: 'tool_calls', message: { role: 'assistant', content: '', tool_calls: CALLS } }
const text = { output_kind: 'text', output: 'Yes.' }
const chatted = 'legacy-2025-12-chat'
legacy(chatted, 'the reply itself is signed', CHAT, CHAT_TEXT, SAID, { value: text, notCovered: ['top_p'] })
legacy(chatted, 'tool calls by the signed finish reason', CHAT, CHAT_TEXT, CALLED, { value: { output_kind: 'tool_calls', output: canonical(CALLS) }, notCovered: ['top_p'] })
legacy(chatted, 'a member added to the message', CHAT, CHAT_TEXT, SAID, { code: 'RECEIPT_SIGNATURE_INVALID', change: (reply) => ({ ...reply, message: { ...reply.message, refusal: null } }) })
legacy(chatted, 'a salt of 32 bytes', CHAT, CHAT_TEXT, SAID, { code: 'RECEIPT_SIGNATURE_INVALID', salt: 32 })
legacy(chatted, 'the hash in upper case', CHAT, CHAT_TEXT, SAID, { code: 'RECEIPT_SIGNATURE_INVALID', change: (reply) => ({ ...reply, request_hash: reply.request_hash.toUpperCase() }) })
legacy(chatted, 'a time of another form', CHAT, CHAT_TEXT, SAID, { code: 'RECEIPT_BAD_FIELD', change: (reply) => ({ ...reply, timestamp: STAMP.replace('+00:00', 'Z') }) })
legacy(chatted, 'no message', CHAT, CHAT_TEXT, SAID, { code: 'RECEIPT_BAD_FIELD', change: ({ message: _, ...reply }) => reply })
legacy(chatted, 'another question', CHAT.replace('"p"', '"q"'), CHAT_TEXT, SAID, { code: 'RECEIPT_REQUEST_HASH_MISMATCH' })
legacy(chatted, 'content of parts', CHAT.replace('"p"', '["p"]'), CHAT_TEXT, SAID, { code: 'RECEIPT_REQUEST_UNSUPPORTED' })
legacy('legacy-2025-12-completions', 'members of the other route are not bound', '{"model":"m","prompt":"p","max_tokens":5,"temperature":1}',
  '{"max_tokens": 5, "model": "m", "prompt": "p", "stop": null, "temperature": 1.0}', { completion: 'Yes.' },
  { value: text, notCovered: ['response.message'], change: (reply) => ({ ...reply, message: { content: 'No.' } }) })

export const files = { 'receipts/receipts_profiles.jsonl': rows }
