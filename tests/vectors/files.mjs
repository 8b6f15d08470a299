// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Reads vector files. Anything unreadable is thrown as a BadFile, which the runner counts as a failure: a
// broken file must never look like an empty one.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export class BadFile extends Error {}

const entriesOf = (folder, wanted) =>
  readdirSync(folder, { withFileTypes: true }).filter((entry) => !entry.name.startsWith('.') && wanted(entry)).map((entry) => entry.name).sort()

export const filesOf = (folder) => entriesOf(folder, (entry) => entry.isFile())
export const foldersOf = (folder) => entriesOf(folder, (entry) => entry.isDirectory())

const utf8 = new TextDecoder('utf-8', { fatal: true })

function readText(folder, name) {
  if (!existsSync(join(folder, name))) throw new BadFile(`${name}: the file is missing`)
  try {
    return utf8.decode(readFileSync(join(folder, name)))
  } catch (error) {
    throw new BadFile(`${name}: ${error.message}`)
  }
}

function parse(text, where) {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new BadFile(`${where}: ${error.message}`)
  }
}

export const readJson = (folder, name) => parse(readText(folder, name), name)

/** Rows of a JSON-lines file; a file without rows is broken too. */
export function readRows(folder, name) {
  const rows = []
  readText(folder, name).split('\n').forEach((line, i) => {
    if (line.trim() === '') return
    const row = parse(line, `${name}, line ${i + 1}`)
    if (row === null || typeof row !== 'object' || Array.isArray(row)) throw new BadFile(`${name}, line ${i + 1}: not an object`)
    rows.push(row)
  })
  if (rows.length === 0) throw new BadFile(`${name}: no rows`)
  return rows
}

/** Rows of a CSV file by the names of its first line; the last column takes what is left of a line. */
export function readCsv(folder, name) {
  const [head, ...lines] = readText(folder, name).split(/\r?\n/).filter((line) => line !== '')
  if (head === undefined || lines.length === 0) throw new BadFile(`${name}: no rows`)
  const names = head.split(',')
  return lines.map((line, i) => {
    const cells = line.split(',')
    if (cells.length < names.length) throw new BadFile(`${name}, line ${i + 2}: ${cells.length} columns, want ${names.length}`)
    return Object.fromEntries(names.map((column, at) => [column, at === names.length - 1 ? cells.slice(at).join(',') : cells[at]]))
  })
}

export function readBytes(folder, name) {
  if (typeof name !== 'string' || /[/\\]|^\.\.?$/.test(name)) throw new BadFile(`${name}: not a file name`)
  if (!existsSync(join(folder, name))) throw new BadFile(`${name}: the file is missing`)
  return new Uint8Array(readFileSync(join(folder, name)))
}

/** The members of a row that its format promises; a row without one is broken, not vacuously right. */
export function need(row, names, where) {
  for (const name of names)
    if (!Object.hasOwn(row, name)) throw new BadFile(`${where}: no member "${name}"`)
  return row
}

export function base64(text, where) {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'base64') : null
  if (bytes === null || bytes.toString('base64') !== text) throw new BadFile(`${where}: not base64`)
  return new Uint8Array(bytes)
}

export function hex(text, where) {
  const digits = typeof text === 'string' ? text.replace(/^0x/, '') : 'x'
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) throw new BadFile(`${where}: not hex`)
  return new Uint8Array(Buffer.from(digits, 'hex'))
}

/** How many cases a JSON file of an unknown kind holds: its rows, else the file itself. */
export function roughCount(folder, name) {
  if (name.endsWith('.jsonl')) return readText(folder, name).split('\n').filter((line) => line.trim() !== '').length
  if (name.endsWith('.csv')) return readText(folder, name).trim().split('\n').length - 1
  const value = readJson(folder, name)
  if (Array.isArray(value)) return value.length
  if (Array.isArray(value?.testGroups)) return value.testGroups.reduce((sum, group) => sum + (group.tests?.length ?? 0), 0)
  return Array.isArray(value?.cases) ? value.cases.length : 1
}
