// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// A machine to run the set-up scripts on: the programs of this one without some, and stand-ins for those.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** A folder that goes when the test ends. */
export function scratch(t) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-toolchain-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A folder for PATH with links to the programs of this machine, except those whose whole name matches. */
export function toolsWithout(folder, names) {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const whole = new RegExp(`^(?:${names.source})$`)
  for (const place of ['/usr/bin', '/bin'])
    for (const name of readdirSync(place)) if (!whole.test(name) && !existsSync(join(bin, name))) symlinkSync(join(place, name), join(bin, name))
  // Node may lie elsewhere.
  if (!whole.test('node') && !existsSync(join(bin, 'node'))) symlinkSync(process.execPath, join(bin, 'node'))
  return bin
}

/** Puts a program of one shell command into a PATH folder; it writes down how it was called. */
export function stub(bin, name, command) {
  writeFileSync(join(bin, name), `#!/bin/bash\necho "$*" >>"${bin}/.${name}.calls"\n${command}\n`, { mode: 0o755 })
}

export const callsOf = (bin, name) =>
  existsSync(join(bin, `.${name}.calls`)) ? readFileSync(join(bin, `.${name}.calls`), 'utf8').trim().split('\n') : []

/** Runs a script of the repository, or of a copy of its folders below `root`. */
export function script(path, args, env, root = ROOT) {
  const { status, stdout, stderr } = spawnSync('/bin/bash', [join(root, path), ...args], { env: { HOME: tmpdir(), ...env }, encoding: 'utf8' })
  return { status, stdout, stderr }
}
