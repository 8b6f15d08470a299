// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// From the parts that are present to one call of the package. Nothing is fetched or compiled before
// the first call.
import { authenticateNitro, verifyNitroAttestation, verifyReceipt } from '../assay/verify/index.js';
import { textOf } from './evidence.js';

/** What the present parts allow: the call's name, or a sentence that says what is missing. */
export function plan(parts) {
    const has = (role) => parts.has(role);
    const receipt = has('request') || has('response') || has('key');
    if (!receipt && !has('attestation')) return { missing: '' };
    if (!receipt) return { call: has('policy') ? 'attestation' : 'authenticate' };
    const wanted = [['request', 'the request'], ['response', 'the reply'], ['key', 'the signing key'],
        ['attestation', 'the attestation'], ['policy', 'a policy']];
    const missing = wanted.filter(([role]) => !has(role)).map(([, words]) => words);
    return missing.length === 0 ? { call: 'receipt' } : { missing: `Still missing: ${missing.join(', ')}.` };
}

function invoke(call, parts, time) {
    const document = parts.get('attestation').bytes;
    if (call === 'authenticate') return authenticateNitro({ document, ...time });
    const policy = JSON.parse(textOf(parts.get('policy')));
    if (call === 'attestation') return verifyNitroAttestation({ document, policy, ...time });
    const request = parts.get('request');
    return verifyReceipt({
        request: request.bytes,
        requestIs: request.requestIs,
        response: parts.get('response').bytes,
        attestation: document,
        key: parts.get('key').bytes,
        policy,
        ...time,
    });
}

function rootNameOf(parts) {
    try {
        return JSON.parse(textOf(parts.get('policy'))).root?.name;
    } catch {
        return undefined;
    }
}

/**
 * @param {Map<string, { role: string, bytes: Uint8Array }>} parts
 * @param {number | string | undefined} at the moment to judge for; undefined is the device's clock
 */
export async function judge(parts, at) {
    const { call } = plan(parts);
    const now = at ?? Math.floor(Date.now() / 1000);
    const start = performance.now();
    let verdict;
    try {
        verdict = await invoke(call, parts, at === undefined ? {} : { now: at });
    } catch (error) {
        // Usage, load and internal errors are thrown; they are shown, not hidden.
        verdict = {
            ok: false,
            code: error.code ?? 'POLICY_INVALID',
            category: error.category ?? 'usage',
            message: error.shortMessage ?? error.message,
            checks: error.checks ?? [],
        };
    }
    const ms = performance.now() - start;
    return { call, verdict, ms, now, clock: at === undefined ? 'device' : 'given', rootName: rootNameOf(parts) };
}
