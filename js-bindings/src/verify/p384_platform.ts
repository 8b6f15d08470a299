// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The P-384 signatures of an attestation, checked by WebCrypto where the caller asks for it. The module says which checks
// the document asks for, WebCrypto answers them in parallel, and the module judges the document with these answers.
import { fromHex } from '../loader/hex.js'
import { NO_BYTES } from '../loader/input.js'
import { refusePlatform } from './platform.js'
import type { PreparedCall } from './call.js'
import type { Epoch, Machine } from './machine.js'

type Task = { readonly key: string; readonly message: string; readonly signature: string }

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-384' } as const
const VERIFICATION = { name: 'ECDSA', hash: 'SHA-384' } as const

function listTasks(machine: Machine, document: Uint8Array, rootDer: Uint8Array, epoch: Epoch): readonly Task[] {
  const text = machine.call('p384_tasks', [document, rootDer], epoch)
  return (JSON.parse(text) as { value: { tasks: readonly Task[] } }).value.tasks
}

async function answer(subtle: SubtleCrypto, task: Task): Promise<boolean> {
  const key = await subtle.importKey('raw', fromHex(task.key)!, ALGORITHM, false, ['verify'])
  return subtle.verify(VERIFICATION, key, fromHex(task.signature)!, fromHex(task.message)!)
}

/**
 * @returns one byte per signature of the document, 1 = it verifies; empty when the module shall check them itself.
 * @throws UsageError ARGUMENT_INVALID when `webcrypto` is demanded and there is none that takes the keys.
 */
export async function answerByPlatform(machine: Machine, attested: NonNullable<PreparedCall['attested']>, epoch: Epoch): Promise<Uint8Array> {
  const { document, rootDer, platform } = attested
  if (platform !== 'webcrypto' || document.byteLength === 0) return NO_BYTES
  const subtle = globalThis.crypto?.subtle
  try {
    if (subtle === undefined) throw new Error('crypto.subtle is missing: the origin is not secure')
    const tasks = listTasks(machine, document, rootDer, epoch)
    return Uint8Array.from(await Promise.all(tasks.map((task) => answer(subtle, task))), (holds) => (holds ? 1 : 0))
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'InternalError') throw cause
    refusePlatform('P-384', cause)
  }
}
