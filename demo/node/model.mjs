// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The sample models: each run on the inputs of its reference file and compared with the outputs that
// plain loops in double precision gave.
import { readdir, readFile } from 'node:fs/promises';

const FOLDER = new URL('../samples/models/', import.meta.url);
const TOLERANCE = 1e-5;
const TIMED_RUNS = 200;

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

async function worstDifference(model, feed, reference) {
    let worst = 0;
    for (const { input, output } of reference.cases) {
        const result = (await model.run(feed(input)))[reference.output.name];
        const difference = output.map((value, i) => Math.abs(value - result.data[i]));
        // A missing or NaN element must not look like agreement.
        worst = Math.max(worst, ...difference.map((value) => (Number.isNaN(value) ? Infinity : value)));
    }
    return worst;
}

async function time(model, feeds) {
    const times = [];
    for (let i = 0; i < TIMED_RUNS; i += 1) {
        const start = performance.now();
        await model.run(feeds);
        times.push(performance.now() - start);
    }
    return median(times);
}

/** @returns {Promise<number>} how many models did not give their reference outputs */
export async function runModels(out, { loadModel, Tensor }) {
    let unexpected = 0;
    const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.ref.json')).sort();
    for (const name of names) {
        const reference = JSON.parse(await readFile(new URL(name, FOLDER), 'utf8'));
        const bytes = new Uint8Array(await readFile(new URL(reference.model, FOLDER)));
        const start = performance.now();
        const model = await loadModel(bytes);
        const loaded = performance.now() - start;
        const feed = (values) => ({
            [reference.input.name]: new Tensor('float32', Float32Array.from(values), reference.input.dims),
        });
        const worst = await worstDifference(model, feed, reference);
        const good = worst <= TOLERANCE;
        unexpected += good ? 0 : 1;
        const last = feed(reference.cases.at(-1).input);
        const result = (await model.run(last))[reference.output.name];
        out.result(good ? 'green' : 'red', good ? '✓' : '✗', good ? 'ran' : 'WRONG', reference.model, await time(model, last));
        out.field('variant', `${model.variant}; loaded in ${loaded.toFixed(1)} ms; a run is the median of ${TIMED_RUNS}`);
        out.field('output', `${reference.output.name} = ${Array.from(result.data, (value) => value.toFixed(6)).join(', ')}`);
        out.field('compared', `${reference.cases.length} inputs, largest difference ${worst.toExponential(1)}, at most ${TOLERANCE}`);
        out.field('digest', model.digest);
        model.dispose();
    }
    return unexpected;
}
