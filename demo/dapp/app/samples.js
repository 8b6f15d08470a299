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

/** Those of the bundles that show what the separate files cannot. */
const BUNDLES = ['settled', 'settled-unknown', 'wrong-key', 'own-policy'];

/** @returns {Promise<{ id: string, title: string, now: number, expect: { ok: boolean, code?: string } }[]>} */
export async function listSamples() {
    const list = async (name) => (await (await get(name)).json()).samples;
    const [receipts, bundles] = await Promise.all([list('samples.json'), list('bundles.json')]);
    const shown = bundles.filter(({ id }) => BUNDLES.includes(id));
    return [...receipts, ...shown.map((sample) => ({ ...sample, id: `bundle-${sample.id}`, title: `Bundle: ${sample.title}` }))];
}

export async function loadSample(sample) {
    const names = sample.bundle === undefined ? [sample.receipt, sample.attestation, sample.policy] : [sample.bundle, sample.policy];
    const files = await Promise.all(
        names.map(async (name) => {
            const buffer = await (await get(name)).arrayBuffer();
            return { name, size: buffer.byteLength, arrayBuffer: async () => buffer };
        }),
    );
    return (await Promise.all(files.map(readEvidence))).flat();
}
