// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the modules are made of, as the build says it: the lock file of the sources, and the link lines.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const TOOLS = ['cli11', 'catch2', 'benchmark'] // of the native command and the tests
const MODULES = {
  verify: 'wasm-verify',
  zk: 'wasm-zk',
  'infer-simd': 'wasm-infer',
  'infer-relaxed': 'wasm-infer-relaxed',
  'infer-simd-threads': 'wasm-infer-simd-threads',
  'infer-relaxed-threads': 'wasm-infer-relaxed-threads',
}

/** Every library of third_party.lock that a module is made of: name and licence text. */
export const linkedLibraries = () =>
  readFileSync(join(ROOT, 'core/cmake/third_party.lock'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('|'))
    .filter(([name]) => !TOOLS.includes(name))
    .map(([name, , , , , , , file]) => ({ name, licence: readFileSync(join(ROOT, 'build/sources', name, file), 'utf8').trim() }))

/** The third-party archives on the link line of each module that was built here. */
export function* linkLines() {
  for (const [module, preset] of Object.entries(MODULES)) {
    const rules = join(ROOT, 'build', preset, 'build.ninja')
    if (!existsSync(rules)) continue
    const line = /__assay_wasm_module_\w+ [^]*?^ {2}LINK_LIBRARIES = (.*)$/m.exec(readFileSync(rules, 'utf8'))[1]
    yield [`${module}.wasm`, [...line.matchAll(/\/deps\/\S*\/lib(\w+)\.a\b/g)].map(([, name]) => name.toLowerCase())]
  }
}

/** Whether the notices say that this library is linked with this module. */
export function namedFor(notices, library, module) {
  const { licence } = linkedLibraries().find(({ name }) => name === library)
  const before = notices.slice(0, notices.indexOf(licence))
  const where = before.slice(before.lastIndexOf('linked with: ')).split('\n')[0].slice('linked with: '.length)
  return where === 'every module' || where.split(', ').some((each) => new RegExp(`^${each.replaceAll('.', '\\.').replace('*', '.*')}$`).test(module))
}
