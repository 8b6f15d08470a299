// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The sample receipts and attestations: each verified through the wasm package, at its recorded
// time, under the policy beside it; each verdict compared with what the sample is meant to show.
import { readFile } from 'node:fs/promises';

const FOLDER = new URL('../samples/evidence/', import.meta.url);

const utc = (seconds) => `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

async function load(sample) {
    const [receipt, attestation, policy] = await Promise.all(
        [sample.receipt, sample.attestation, sample.policy].map((name) => readFile(new URL(name, FOLDER))),
    );
    const { request, request_is: requestIs, response, key } = JSON.parse(receipt);
    return {
        request,
        requestIs,
        response,
        attestation: {
            document: new Uint8Array(attestation),
            key: new Uint8Array(Buffer.from(key, 'base64')),
        },
        policy: policy.toString('utf8'),
        now: sample.now,
    };
}

/** @returns {{ groups: string[], assumed: string[], uncovered: string[] }} names of the rows by kind */
export function summarise(checks) {
    const assumed = [];
    const uncovered = [];
    const walk = (rows) =>
        rows.flatMap(({ name, status, detail, children }) => {
            if (status === 'assumed') {
                assumed.push(detail === undefined ? name : `${name}: ${detail}`);
                return [];
            }
            if (status === 'not-covered') {
                uncovered.push(name);
                return [];
            }
            const inner = walk(children ?? []);
            return [inner.length === 0 ? name : `${name} (${inner.join(', ')})`];
        });
    return { groups: walk(checks.filter(({ status }) => status !== 'failed')), assumed, uncovered };
}

function meets(verdict, expect) {
    if (verdict.ok !== expect.ok) return false;
    if (!verdict.ok) return verdict.code === expect.code;
    return expect.not_covered === undefined || verdict.value.notCovered.includes(expect.not_covered);
}

function printVerified(out, verdict, input) {
    const { groups, assumed, uncovered } = summarise(verdict.checks);
    out.field('trust', `${verdict.trust}, root: ${JSON.parse(input.policy).root?.name ?? 'AWS Nitro'}`);
    out.field('checked', groups.join('; '));
    out.field('assumed', assumed.join('; '));
    out.field('not covered', uncovered.join(', '));
    out.field('signed text', verdict.value.output);
}

/** Names from the root of the tree to the check that decided. */
function failedAt(checks) {
    const row = checks.find(({ status }) => status === 'failed');
    return row === undefined ? [] : [row.name, ...failedAt(row.children ?? [])];
}

function printRefused(out, verdict) {
    out.field('failed check', failedAt(verdict.checks).join(' > '));
    out.field('reason', `${verdict.message} (${verdict.code}, ${verdict.category})`);
}

/**
 * @returns {Promise<number>} how many samples did not give the verdict that they are meant to
 */
export async function verifySamples(out, { verifyReceipt }) {
    const { samples } = JSON.parse(await readFile(new URL('samples.json', FOLDER), 'utf8'));
    let unexpected = 0;
    let told = false;
    for (const sample of samples) {
        const input = await load(sample);
        const start = performance.now();
        const verdict = await verifyReceipt(input);
        const ms = performance.now() - start;
        const expected = meets(verdict, sample.expect);
        unexpected += expected ? 0 : 1;
        if (verdict.ok) out.result('green', '✓', 'verified', sample.title, ms);
        else out.result(expected ? 'yellow' : 'red', '✗', 'refused', sample.title, ms);
        if (!verdict.ok) printRefused(out, verdict);
        else if (!told) {
            printVerified(out, verdict, input);
            out.field('judged as of', `${utc(sample.now)}, the samples' recorded time`);
            told = true;
        } else if (sample.expect.not_covered !== undefined) {
            out.field('not covered', `${sample.expect.not_covered}: in the reply, but nothing signs it; it is not returned`);
        }
        if (!expected) {
            out.field('UNEXPECTED', `this sample should have been ${sample.expect.ok ? 'verified' : `refused with ${sample.expect.code}`}`);
        }
    }
    return unexpected;
}
