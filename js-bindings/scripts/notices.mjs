// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// THIRD_PARTY_NOTICES: the licence of everything that the WebAssembly files are linked with, read from the very sources
// that they were built from.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Rows of core/cmake/third_party.lock that no module is linked with: the native command and the tests use them. */
const NATIVE = ['cli11', 'catch2', 'benchmark']

/** The other rows: what they are called, and the modules on whose link lines they stand. */
const LINKED = {
  secp256k1: ['libsecp256k1', 'verify.wasm'],
  mbedtls: ['Mbed TLS (used under Apache-2.0)', 'verify.wasm, zk.wasm'],
  sodium: ['libsodium', 'verify.wasm'],
  tinycbor: ['TinyCBOR', 'every module'],
  xnnpack: ['XNNPACK', 'infer-*.wasm'],
  pthreadpool: ['pthreadpool', 'infer-*.wasm'],
  fxdiv: ['FXdiv', 'infer-*.wasm'],
}

/** Name, where it is linked, licence file below build/sources. @throws at a library that nobody has placed. */
function libraries(root) {
  const lock = readFileSync(join(root, 'core/cmake/third_party.lock'), 'utf8')
  const rows = lock.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return rows
    .map((line) => line.split('|'))
    .filter(([name]) => !NATIVE.includes(name))
    .map(([name, , , , , , , licence]) => {
      if (LINKED[name] === undefined) throw new Error(`third_party.lock: ${name}: scripts/notices.mjs does not say what is linked with it`)
      return [...LINKED[name], join(name, licence)]
    })
}

/** Emscripten's runtime: its root comes from the environment file of the build. */
function emscriptenRoot(root) {
  const environment = join(root, 'build/env.sh')
  const line = existsSync(environment) ? /^export ASSAY_EMSCRIPTEN_ROOT="(.*)"$/m.exec(readFileSync(environment, 'utf8')) : null
  return line?.[1] ?? join(process.env.EMSDK ?? '', 'upstream/emscripten')
}

/** The paragraphs of Debian's machine-readable copyright file that are about what gets linked. */
function debianParagraphs(text) {
  const wanted = /^(Files:\s+\*\s|Files:\s+system\/lib\/(compiler-rt|libcxx|libcxxabi)\/\*\s|License: Expat\n|License: Apache-2\.0\n)/
  const found = text.split(/\n\n+/).filter((paragraph) => wanted.test(paragraph))
  if (found.length < 6) throw new Error('the copyright file of emscripten is not of the expected form')
  return found.join('\n\n')
}

/** Emscripten's own licence and that of LLVM's libraries, from an emsdk or from Debian's package. */
function emscriptenLicences(directory) {
  if (existsSync(join(directory, 'LICENSE'))) {
    const llvm = ['libcxx', 'libcxxabi', 'compiler-rt'].map((library) => join(directory, 'system/lib', library, 'LICENSE.TXT'))
    return [join(directory, 'LICENSE'), ...llvm.filter(existsSync)].map((file) => readFileSync(file, 'utf8')).join('\n')
  }
  const copyright = join(directory, 'copyright')
  return existsSync(copyright) ? debianParagraphs(readFileSync(copyright, 'utf8')) : undefined
}

/** Writes the file. @throws when a licence text is missing, unless `allowMissing`. */
export function writeNotices(target, { root, allowMissing }) {
  const directory = emscriptenRoot(root)
  const entries = [
    ...libraries(root).map(([name, where, file]) => [name, where, join(root, 'build/sources', file)]),
    ['musl libc', 'every module', join(directory, 'system/lib/libc/musl/COPYRIGHT')],
  ].map(([name, where, file]) => [name, where, existsSync(file) ? readFileSync(file, 'utf8') : undefined])
  entries.push(['Emscripten runtime and glue, LLVM libc++, libc++abi, compiler-rt', 'every module', emscriptenLicences(directory)])
  const missing = entries.filter(([, , text]) => text === undefined).map(([name]) => name)
  if (missing.length > 0) {
    const message = `no licence text of: ${missing.join(', ')}; run: make setup`
    if (!allowMissing) throw new Error(message)
    console.warn(message)
  }
  const line = '='.repeat(100)
  const sections = entries
    .filter(([, , text]) => text !== undefined)
    .map(([name, where, text]) => `${line}\n${name}\nlinked with: ${where}\n${line}\n\n${text.trim()}\n`)
  writeFileSync(target, `The WebAssembly files of this package contain the following third-party software.\n\n${sections.join('\n')}`)
}
