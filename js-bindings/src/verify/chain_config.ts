// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What an application trusts of a chain, as the core reads it (core/api/chain_config.hpp). A checkpoint is taken as it is
// hosted (docs/checkpoint.md), with the chain's name and the block's time in it.
import { UsageError } from '../errors/base.js'
import { demandedMembers } from '../loader/input.js'
import { isMoment } from './time.js'
import { settingsJson } from './plain_json.js'
import type { JsonText } from './json_text.js'

/**
 * The block that is believed: a height and exactly one hash, hex without prefix. The package ships none. The two other
 * members are of the hosted file: `chainId` must be the configuration's, `time` a date; the block's own time counts.
 */
export type Checkpoint = { readonly height: bigint | number | string; readonly chainId?: string; readonly time?: string } & (
  | { readonly headerHash: string; readonly validatorsHash?: never }
  | { readonly validatorsHash: string; readonly headerHash?: never }
)

const invalid = (path: string, what: string) => new UsageError('CONFIG_INVALID', `${path}: ${what}`, { path })
const objectOf = (members: Map<string, unknown>) => Object.assign(Object.create(null), Object.fromEntries(members)) as object

/** The pin in a hosted checkpoint. @throws UsageError CONFIG_INVALID, ARGUMENT_INVALID */
export function readCheckpoint(value: unknown, expected: unknown, path: string): Checkpoint {
  const members = demandedMembers(value, path)
  const [chainId, time] = [members.get('chainId'), members.get('time')]
  if (chainId !== undefined && chainId !== expected) throw invalid(`${path}.chainId`, 'is of another chain')
  if (time !== undefined && !(typeof time === 'string' && isMoment(time))) throw invalid(`${path}.time`, 'must be RFC 3339 text')
  members.delete('chainId')
  members.delete('time')
  return objectOf(members) as Checkpoint
}

/**
 * @param members of the configuration, read once.
 * @param anchor the member that holds the checkpoint.
 * @throws UsageError CONFIG_INVALID, ARGUMENT_INVALID
 */
export function chainSettings(members: Map<string, unknown>, path: string, anchor: 'trust' | 'checkpoint' = 'trust'): JsonText {
  const given = members.get(anchor)
  members.delete(anchor)
  if (given !== undefined) members.set('trust', readCheckpoint(given, members.get('chainId'), `${path}.${anchor}`))
  return settingsJson(objectOf(members), path)
}

/** `policy.chain` of a bundle: such a configuration, or the policy of `createChainVerifier`. */
export function readChainPolicy(value: unknown, path: string): JsonText {
  const members = demandedMembers(value, path)
  members.delete('endpoints') // a bundle is judged without any
  if (!members.has('checkpoint')) return chainSettings(members, path)
  if (members.has('trust')) throw invalid(`${path}.checkpoint`, 'stands beside trust')
  return chainSettings(members, path, 'checkpoint')
}
