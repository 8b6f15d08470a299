// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Gives Node's worker threads the face of a web worker, for the worker host. As main module's import: `startWorker`;
// as a thread's entry: the worker's own file.
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'

if (!isMainThread && workerData?.entry) {
  globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer)
  const waiting = []
  let listener
  globalThis.addEventListener = (type, added) => {
    if (type !== 'message') return
    listener = added
    for (const data of waiting.splice(0)) listener({ data })
  }
  parentPort.on('message', (data) => {
    if (data === 'crash') throw new Error('crashed on purpose')
    if (listener) listener({ data })
    else waiting.push(data)
  })
  await import(workerData.entry)
}

/** @returns a WorkerLike that runs `entry`; `messages` are those that were posted. */
export function startWorker(entry) {
  const thread = new Worker(fileURLToPath(import.meta.url), { workerData: { entry } })
  const listeners = new Map()
  const messages = []
  const emit = (type, event) => listeners.get(type)?.forEach((listener) => listener(event))
  thread.on('message', (data) => emit('message', { data }))
  thread.on('messageerror', () => emit('messageerror', {}))
  thread.on('error', (error) => emit('error', { message: error.message }))
  return {
    messages,
    crash: () => thread.postMessage('crash'),
    postMessage(message, transfer) {
      messages.push({ message, transfer })
      thread.postMessage(message, transfer)
    },
    addEventListener: (type, listener) => listeners.set(type, (listeners.get(type) ?? new Set()).add(listener)),
    removeEventListener: (type, listener) => listeners.get(type)?.delete(listener),
    terminate: () => void thread.terminate(),
  }
}
