// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// onnxruntime's options. What changes where numbers are or which back end makes them is refused; hints about speed, and
// logging, are checked for their type and have no effect.
import { argumentInvalid, ownItems, ownMembers, readMembers, readWord } from '../loader/input.js'
import { ModelError, UsageError } from '../errors/base.js'
import { unsupported } from './refuse.js'

const SESSION_KEYS = [
  'executionProviders', 'intraOpNumThreads', 'interOpNumThreads', 'freeDimensionOverrides', 'graphOptimizationLevel', 'enableCpuMemArena', 'enableMemPattern',
  'executionMode', 'optimizedModelFilePath', 'enableProfiling', 'profileFilePrefix', 'logId', 'logSeverityLevel', 'logVerbosityLevel', 'preferredOutputLocation',
  'enableGraphCapture', 'externalData', 'extra',
] as const
const RUN_KEYS = ['logSeverityLevel', 'logVerbosityLevel', 'terminate', 'tag', 'extra'] as const

/** Names of the processor's back ends. */
const PROVIDERS = new Set(['wasm', 'cpu', 'xnnpack'])

export type ReadSession = { readonly threads: unknown; readonly overrides: ReadonlyMap<string, number>; readonly profile: boolean }

function ofType(value: unknown, type: 'string' | 'number' | 'boolean' | 'object', path: string): void {
  if (value !== undefined && (typeof value !== type || value === null)) throw argumentInvalid(path, `must be a ${type}`)
}

function checkProviders(list: unknown): void {
  if (list === undefined) return
  const names = ownItems(list, 'executionProviders', 64).map((item) => (typeof item === 'string' ? item : (item as { name?: unknown } | null)?.name))
  // As in onnxruntime: the first that is there is taken.
  if (names.length > 0 && !names.some((name) => PROVIDERS.has(name as string))) {
    throw unsupported(`executionProviders: ${names.map(String).join(', ')}`, 'Add "wasm".')
  }
}

function checkLocation(location: unknown): void {
  const words = typeof location === 'object' && location !== null ? [...ownMembers(location, 'preferredOutputLocation').values()] : [location]
  for (const word of words) if (word !== undefined && word !== 'cpu') throw unsupported(`preferredOutputLocation: ${String(word)}`, 'Outputs are in memory of the page.')
}

function checkLogging(given: { readonly logSeverityLevel?: unknown; readonly logVerbosityLevel?: unknown; readonly extra?: unknown }): void {
  if (given.logSeverityLevel !== undefined && ![0, 1, 2, 3, 4].includes(given.logSeverityLevel as number)) throw argumentInvalid('logSeverityLevel', 'from 0 to 4')
  ofType(given.logVerbosityLevel, 'number', 'logVerbosityLevel')
  ofType(given.extra, 'object', 'extra')
}

/** @throws UsageError ORT_UNSUPPORTED, ARGUMENT_INVALID; ModelError ONNX_EXTERNAL_DATA */
export function readSessionOptions(options: unknown): ReadSession {
  const given = options === undefined ? {} : readMembers(options, SESSION_KEYS, '')
  checkProviders(given.executionProviders)
  checkLocation(given.preferredOutputLocation)
  checkLogging(given)
  if (given.externalData !== undefined && ownItems(given.externalData, 'externalData', 65_536).length > 0) {
    throw new ModelError('ONNX_EXTERNAL_DATA', 'Weights in other files are not read; join them into the model.', { path: 'externalData' })
  }
  if (given.optimizedModelFilePath !== undefined) throw unsupported('optimizedModelFilePath')
  if (given.profileFilePrefix !== undefined) throw unsupported('profileFilePrefix', 'endProfiling() returns the trace.')
  if (given.enableGraphCapture === true) throw unsupported('enableGraphCapture')
  if (given.graphOptimizationLevel !== undefined) readWord(given.graphOptimizationLevel, ['disabled', 'basic', 'extended', 'layout', 'all'], 'graphOptimizationLevel')
  if (given.executionMode !== undefined) readWord(given.executionMode, ['sequential', 'parallel'], 'executionMode')
  for (const name of ['enableCpuMemArena', 'enableMemPattern', 'enableProfiling', 'enableGraphCapture'] as const) ofType(given[name], 'boolean', name)
  for (const name of ['intraOpNumThreads', 'interOpNumThreads'] as const) ofType(given[name], 'number', name)
  ofType(given.logId, 'string', 'logId')
  const overrides = new Map<string, number>()
  for (const [name, size] of given.freeDimensionOverrides === undefined ? [] : ownMembers(given.freeDimensionOverrides, 'freeDimensionOverrides')) {
    if (typeof size !== 'number' || !Number.isInteger(size) || size < 0) throw argumentInvalid(`freeDimensionOverrides.${name}`, 'a whole number')
    overrides.set(name, size)
  }
  return { threads: given.intraOpNumThreads, overrides, profile: given.enableProfiling === true }
}

/** @throws UsageError ABORTED for a run that is to be terminated, ARGUMENT_INVALID */
export function checkRunOptions(options: unknown): void {
  if (options === undefined) return
  const given = readMembers(options, RUN_KEYS, '')
  checkLogging(given)
  ofType(given.tag, 'string', 'tag')
  ofType(given.terminate, 'boolean', 'terminate')
  if (given.terminate === true) throw new UsageError('ABORTED', 'The run was asked to terminate.')
}
