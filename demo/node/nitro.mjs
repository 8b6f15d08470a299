// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Real AWS-signed attestation documents, where a checkout has them beside it. They are judged at the
// time that was recorded for each; the AWS root is the one pinned in the package.
import { readFile } from 'node:fs/promises';

const FOLDER = new URL('../../../shared/vectors/nitro/', import.meta.url);

async function readIndex() {
    try {
        return JSON.parse(await readFile(new URL('index.json', FOLDER), 'utf8'));
    } catch (error) {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
        throw error;
    }
}

/** @returns {Promise<number | undefined>} unexpected verdicts; undefined when there are no documents */
export async function authenticateDocuments(out, { authenticateNitro }) {
    const index = await readIndex();
    if (index === undefined) return undefined;

    let unexpected = 0;
    let genuine = 0;
    let debug = 0;
    let total = 0;
    const refused = [];
    for (const { file, cases, note } of index.documents) {
        const { now, expect } = cases.find(({ policy }) => policy === null);
        const document = new Uint8Array(await readFile(new URL(file, FOLDER)));
        const start = performance.now();
        const verdict = await authenticateNitro({ document, now });
        total += performance.now() - start;
        const got = verdict.ok ? 'OK' : verdict.code;
        if (got !== expect) {
            unexpected += 1;
            out.result('red', '✗', 'WRONG', `${file}: ${got}, should be ${expect}`);
        } else if (verdict.ok) {
            genuine += 1;
            debug += verdict.value.debug ? 1 : 0;
        } else refused.push(`${got}${note === undefined ? '' : ` (${note})`}`);
    }

    out.result('blue', '✓', 'genuine', `${genuine} documents signed by AWS, each at its recorded time`, total);
    out.field('no policy', 'none was applied: genuine says that AWS signed, not whose code runs. Only a policy with measurements makes a document verified.');
    out.field('debug mode', `${debug} of them come from enclaves in debug mode, which a policy refuses`);
    if (refused.length > 0) {
        out.result('yellow', '✗', 'refused', `${refused.length} documents, as they should be`);
        out.field('reasons', refused.join('; '));
    }
    out.field('time', `${(total / index.documents.length).toFixed(2)} ms a document, mean`);
    return unexpected;
}
