// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Hashes of a block's transactions, which its receipts do not hold: all are encoded anew (EIP-2718, 2930, 1559, 4844, 7702,
// deposits of the OP stack) and compared with the header's transactionsRoot. What a server changed gives another root.
import { fromHex, toHex } from '../../loader/hex.js'
import { keccak256 } from '../../verify/index.js'
import { isUnavailable } from './outcomes.js'
import { listOf, makeTrie } from './receipts_trie.js'
import { digitsOf, rlpList, rlpString } from './rlp.js'

type Members = { readonly [name: string]: unknown }

/** In the order of the list; `#` marks integers. */
const CALL = ['#gas', 'to', '#value', 'input'] as const
const SIGNATURE = ['#yParity', '#r', '#s'] as const
const FEES = ['#chainId', '#nonce', '#maxPriorityFeePerGas', '#maxFeePerGas', ...CALL, 'accessList'] as const
const FORMS: { readonly [type: string]: readonly string[] } = {
  '': ['#nonce', '#gasPrice', ...CALL, '#v', '#r', '#s'],
  '01': ['#chainId', '#nonce', '#gasPrice', ...CALL, 'accessList', ...SIGNATURE],
  '02': [...FEES, ...SIGNATURE],
  '03': [...FEES, '#maxFeePerBlobGas', 'blobVersionedHashes', ...SIGNATURE],
  '04': [...FEES, 'authorizationList', ...SIGNATURE],
  '7e': ['sourceHash', 'from', 'to', '#mint', '#value', '#gas', '#isSystemTx', 'input'],
}
/** What the items of a list hold; a name alone is a list of bytes. */
const ITEMS: { readonly [name: string]: readonly string[] } = { accessList: ['address', 'storageKeys'], authorizationList: ['#chainId', 'address', '#nonce', ...SIGNATURE] }
const LISTS: readonly string[] = ['storageKeys', 'blobVersionedHashes']
const WHAT = 'a transaction'

function encodeFields(value: unknown, fields: readonly string[]): string {
  const members = (typeof value === 'object' && value !== null ? value : {}) as Members
  return rlpList(fields.map((field) => {
    const name = field.replace('#', '')
    const member = name === 'yParity' ? (members[name] ?? members['v']) : members[name]
    if (LISTS.includes(name)) return rlpList(listOf(member).map((item) => rlpString(digitsOf(item, 'bytes', WHAT))))
    const items = ITEMS[name]
    if (items) return rlpList(listOf(member).map((item) => encodeFields(item, items)))
    // A creation calls nobody; what a deposit does not mint or is not, nodes leave out.
    if (field === name) return rlpString(digitsOf(member ?? '0x', 'bytes', WHAT))
    return rlpString(digitsOf(typeof member === 'boolean' ? `0x${Number(member)}` : (member ?? '0x0'), 'integer', WHAT))
  }))
}

/** The value in the trie, hex digits; its hash is the transaction's. @returns undefined for a type that is not known */
export function encodeTransaction(transaction: unknown): string | undefined {
  const type = digitsOf((transaction as Members | null)?.['type'] ?? '0x0', 'integer', WHAT)
  const fields = FORMS[type]
  return fields && type + encodeFields(transaction, fields)
}

const hashOf = async (digits: string) => `0x${toHex(await keccak256(fromHex(digits)!))}`

/**
 * The hash of the transaction at an index of a block whose header is proven.
 *
 * @param block with all transactions, as eth_getBlockByHash answers
 * @returns undefined where what the server shows is not all that the root is of
 */
export async function provenTransaction(block: Members, index: number): Promise<string | undefined> {
  try {
    const values = listOf(block['transactions']).map(encodeTransaction)
    if (index >= values.length || !values.every((value) => value !== undefined)) return undefined
    const root = (await makeTrie(values))(index)[0]!.slice(2)
    return (await hashOf(root)) === String(block['transactionsRoot']).toLowerCase() ? await hashOf(values[index]!) : undefined
  } catch (error) {
    if (isUnavailable(error)) return undefined
    throw error
  }
}
