// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Canonical RLP as hex digits without prefix, from the hex texts that nodes answer with. The core hashes what comes out: a
// wrong encoding can only be refused.
import { RpcFault } from './rpc.js'

function prefixed(content: string, short: number): string {
  const size = content.length / 2
  if (size < 56) return (short + size).toString(16).padStart(2, '0') + content
  const digits = size.toString(16)
  const length = digits.length % 2 ? `0${digits}` : digits
  return (short + 55 + length.length / 2).toString(16) + length + content
}

/** @param content whole bytes */
export const rlpString = (content: string): string => (content.length === 2 && parseInt(content, 16) < 0x80 ? content : prefixed(content, 0x80))
/** @param items what is encoded already */
export const rlpList = (items: readonly string[]): string => prefixed(items.join(''), 0xc0)

/**
 * The digits of a member: bytes, or an integer without leading zeros.
 *
 * @throws RpcFault for anything but `0x` and hex digits
 */
export function digitsOf(value: unknown, is: 'bytes' | 'integer', what: string): string {
  if (typeof value !== 'string' || !/^0x[0-9a-fA-F]*$/.test(value)) throw new RpcFault('RPC_UNAVAILABLE', `${what} that is none`)
  const digits = is === 'integer' ? value.slice(2).replace(/^0+/, '') : value.slice(2)
  return (digits.length % 2 ? `0${digits}` : digits).toLowerCase()
}
