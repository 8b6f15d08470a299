// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The sample evidence: made under a demo root, each with the clock that it was recorded at.
import { readEvidence } from './evidence.js';

const FOLDER = new URL('../samples/evidence/', import.meta.url);

async function get(name) {
    const response = await fetch(new URL(name, FOLDER));
    if (!response.ok) throw new Error(`The sample ${name} could not be read (${response.status}).`);
    return response;
}

/** @returns {Promise<{ id: string, title: string, now: number, expect: { ok: boolean, code?: string } }[]>} */
export async function listSamples() {
    return (await (await get('samples.json')).json()).samples;
}

export async function loadSample(sample) {
    const names = [sample.receipt, sample.attestation, sample.policy];
    const files = await Promise.all(
        names.map(async (name) => {
            const buffer = await (await get(name)).arrayBuffer();
            return { name, size: buffer.byteLength, arrayBuffer: async () => buffer };
        }),
    );
    return (await Promise.all(files.map(readEvidence))).flat();
}
