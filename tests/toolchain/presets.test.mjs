// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The presets that people and scripts name: CMake resolves each, with the options that make it what it is. Nothing is configured.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const PRESETS = {
  dev: { CMAKE_BUILD_TYPE: 'Debug', ASSAY_WERROR: 'ON' },
  release: { CMAKE_BUILD_TYPE: 'Release' },
  'asan-ubsan': { ASSAY_SANITIZE: 'address,undefined', ASSAY_WERROR: 'ON' },
  'wasm-limbs': { ASSAY_LIMBS: 'wasm', ASSAY_SANITIZE: 'address,undefined' },
  coverage: { ASSAY_COVERAGE: 'ON' },
  fuzz: { ASSAY_BUILD_FUZZ: 'ON', CMAKE_CXX_COMPILER: 'clang++' },
  bench: { ASSAY_BUILD_BENCH: 'ON', CMAKE_BUILD_TYPE: 'Release' },
  'wasm-verify': { ASSAY_WASM_VARIANT: 'verify', CMAKE_BUILD_TYPE: 'Release' },
  'wasm-infer': { ASSAY_WASM_VARIANT: 'infer-simd' },
  'wasm-debug': { ASSAY_WASM_VARIANT: 'verify', CMAKE_BUILD_TYPE: 'Debug' },
}

for (const [name, options] of Object.entries(PRESETS))
  test(`the preset ${name} is what its name says`, () => {
    const { status, stdout, stderr } = spawnSync('cmake', ['-N', '--preset', name], { cwd: root, encoding: 'utf8' })
    assert.equal(status, 0, stderr)
    for (const [option, value] of Object.entries(options)) assert.ok(stdout.includes(`  ${option}="${value}"\n`), `${option} in ${stdout}`)
  })

test('every preset that configures also builds and tests', () => {
  const { configurePresets, buildPresets, testPresets } = JSON.parse(readFileSync(`${root}CMakePresets.json`, 'utf8'))
  const shown = (presets) => presets.filter(({ hidden }) => hidden !== true)
  const names = shown(configurePresets).map(({ name }) => name)
  for (const presets of [buildPresets, testPresets]) assert.deepEqual(shown(presets).map(({ name, configurePreset }) => [name, configurePreset]), names.map((name) => [name, name]))
})
