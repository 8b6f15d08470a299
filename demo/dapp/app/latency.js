// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// How long a run takes, measured so that a browser's coarse clock does not decide the answer.

const KEPT = 60;
const SLICE_MS = 2;
const MAX_REPEATS = 64;

export function median(values) {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function createLatency() {
    const samples = [];
    return {
        /** Repeats `run` until the clock can tell, keeps the mean, returns the last run's result. */
        async measure(run) {
            const start = performance.now();
            let result;
            let count = 0;
            let elapsed = 0;
            do {
                result = await run();
                count += 1;
                elapsed = performance.now() - start;
            } while (elapsed < SLICE_MS && count < MAX_REPEATS);
            samples.push(elapsed / count);
            if (samples.length > KEPT) samples.shift();
            return result;
        },
        get median() {
            return median(samples);
        },
        get samples() {
            return samples;
        },
    };
}
