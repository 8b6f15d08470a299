// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Interleaved timing: A B A B … in one process, every contender warmed first, samples of several milliseconds.
// Runs in Node and in a page.

/** A contender: `run(n)` does the work n times. */
export const sync = (name, version, work) => ({
  name, version,
  run: (count) => {
    for (let i = 0; i < count; i += 1) work()
  },
})
export const async = (name, version, work) => ({
  name, version,
  run: async (count) => {
    for (let i = 0; i < count; i += 1) await work()
  },
})

const wallClock = () => performance.now()

async function time(contender, count, clock) {
  const start = clock()
  await contender.run(count)
  return clock() - start
}

/** Repetitions that make one sample long enough for the clock. */
async function calibrate(contender, { warmMs, sampleMs, clock }) {
  let count = 1
  let spent = await time(contender, count, clock)
  while (spent < 1) {
    count *= 4
    spent = await time(contender, count, clock)
  }
  const end = performance.now() + warmMs
  while (performance.now() < end) spent = Math.min(spent, await time(contender, count, clock))
  return Math.max(1, Math.ceil((count * sampleMs) / Math.max(spent, 1e-3)))
}

/** The step of a clock in milliseconds: browsers coarsen theirs. */
function clockStep(clock) {
  let smallest = Infinity
  for (let i = 0; i < 20; i += 1) {
    const start = clock()
    let now = start
    while (now === start) now = clock()
    smallest = Math.min(smallest, now - start)
  }
  return smallest
}

const median = (sorted) => sorted[sorted.length >> 1]

/**
 * @param pauseMs idle time before every sample
 * @param clock milliseconds: of the wall, or those that all threads of the process have spent
 * @returns per contender its members but `run`, and {min, median, runs}; times in milliseconds of one unit of work.
 */
export async function measure(contenders, { warmMs = 400, sampleMs = 1.5, rounds = 150, budgetMs = 2500, pauseMs = 0, clock = wallClock } = {}) {
  // A sample of a hundred steps: the clock then adds at most 1 %.
  const sampleLength = Math.max(sampleMs, 100 * clockStep(clock))
  const counts = []
  for (const contender of contenders) counts.push(await calibrate(contender, { warmMs, sampleMs: sampleLength, clock }))
  const samples = contenders.map(() => [])
  const end = performance.now() + budgetMs * contenders.length
  for (let round = 0; round < rounds && (round < 7 || performance.now() < end); round += 1)
    for (const [i, contender] of contenders.entries()) {
      if (pauseMs > 0) await new Promise((resume) => setTimeout(resume, pauseMs))
      samples[i].push((await time(contender, counts[i], clock)) / counts[i])
    }
  return contenders.map(({ run, ...named }, i) => {
    const sorted = samples[i].sort((a, b) => a - b)
    return { ...named, min: sorted[0], median: median(sorted), runs: sorted.length }
  })
}
