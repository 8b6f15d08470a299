// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The core's canonical text beside what Python's json prints (receipt.md §3.2, §3.5), on random texts. Skipped where
// there is no python3.
//   node --test tests/differential/canonical_json.test.mjs
// ASSAY_JSON_TEXTS: how many, default 20000; ASSAY_JSON_SEED: default 1; ASSAY_ENGINE as for the vectors.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { openNative } from '../vectors/engines/native.mjs'

const SCRIPT = fileURLToPath(new URL('python_json.py', import.meta.url))
const TEXTS = process.env.ASSAY_JSON_TEXTS ?? '20000'
const SEED = process.env.ASSAY_JSON_SEED ?? '1'
/** Asked at once; the engine answers in order. */
const BATCH = 500

const bytes = (text) => Buffer.from(text, 'base64')
const skip = spawnSync('python3', ['--version']).status === 0 ? false : 'no python3'

async function compare(engine, rows) {
  const questions = rows.flatMap(([text, canonical, shown]) => [
    { text, mode: 'value', want: canonical },
    ...(shown === null ? [] : [{ text, mode: 'python', want: shown }]),
  ])
  const answers = await Promise.all(questions.map(({ text, mode }) => engine.canonicalJson(bytes(text), mode)))
  answers.forEach((answer, i) => {
    const { text, mode, want } = questions[i]
    assert.equal(answer.value, bytes(want).toString('utf8'), `${mode} of ${bytes(text).toString('utf8')}`)
  })
  return questions.length
}

test('canonical text is what Python prints', { skip }, async (t) => {
  const engine = await openNative({ engine: process.env.ASSAY_ENGINE })
  const python = spawn('python3', [SCRIPT, TEXTS, SEED], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => python.once('close', resolve))
  let rows = []
  let compared = 0
  for await (const line of createInterface({ input: python.stdout })) {
    rows.push(JSON.parse(line))
    if (rows.length === BATCH) compared += await compare(engine, rows.splice(0))
  }
  compared += await compare(engine, rows)
  assert.equal(await ended, 0)
  await engine.close()
  assert.ok(compared >= Number(TEXTS), `${compared} compared`)
  t.diagnostic(`${compared} texts compared`)
})
