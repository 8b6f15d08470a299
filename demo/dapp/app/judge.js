// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// From the parts that are present to one call of the package, as plain data: the page makes the call
// itself, the extension's popup sends it to the service worker.
import { textOf } from './evidence.js';

const NEEDED = [
    ['request', 'the request'],
    ['response', 'the reply'],
    ['key', 'the signing key'],
    ['attestation', 'the attestation'],
    ['policy', 'a policy'],
];

/** What the present parts allow: the call's kind, or a sentence that says what is missing. */
export function plan(parts) {
    const has = (role) => parts.has(role);
    if (has('bundle')) return has('policy') ? { call: 'evidence' } : { missing: 'Still missing: a policy.' };
    const receipt = has('request') || has('response') || has('key');
    if (!receipt && !has('attestation')) return {};
    if (!receipt) return { call: has('policy') ? 'attestation' : 'authenticate' };
    const missing = NEEDED.filter(([role]) => !has(role)).map(([, words]) => words);
    return missing.length === 0 ? { call: 'receipt' } : { missing: `Still missing: ${missing.join(', ')}.` };
}

const FUNCTIONS = {
    evidence: 'verifyEvidence',
    receipt: 'verifyReceipt',
    attestation: 'verifyNitroAttestation',
    authenticate: 'authenticateNitro',
};

/** How the function of that name takes the input. */
export function argumentsOf(name, input) {
    if (name !== 'verifyEvidence') return [input];
    const { bundle, policy, ...options } = input;
    return [bundle, policy, options];
}

function inputOf(call, parts) {
    if (call === 'evidence') return { bundle: parts.get('bundle').bytes, policy: textOf(parts.get('policy')) };
    const document = parts.get('attestation').bytes;
    if (call === 'authenticate') return { document };
    const policy = textOf(parts.get('policy'));
    if (call === 'attestation') return { document, policy };
    const request = parts.get('request');
    return {
        request: request.bytes,
        requestIs: request.requestIs,
        response: parts.get('response').bytes,
        attestation: { document, key: parts.get('key').bytes },
        policy,
    };
}

/** The root that the policy pins instead of the vendor's. What is wrong with a policy the verdict says. */
function rootNameOf(policy) {
    try {
        return JSON.parse(policy).root?.name;
    } catch {
        return undefined;
    }
}

/** Errors that the package throws (usage, load, internal) are shown like any refusal, never hidden. */
export function thrownVerdict(error) {
    return {
        ok: false,
        code: error.code ?? 'POLICY_INVALID',
        category: error.category ?? 'usage',
        message: error.shortMessage ?? error.message,
        checks: error.checks ?? [],
    };
}

/**
 * @param {Map<string, { role: string, bytes: Uint8Array }>} parts
 * @param {string | undefined} at the moment to judge for; undefined is the device's clock
 * @param {(name: string, input: object) => Promise<object>} invoke makes the call, returns its verdict
 */
export async function judge(parts, at, invoke) {
    const { call } = plan(parts);
    const now = at ?? Math.floor(Date.now() / 1000);
    const start = performance.now();
    let verdict;
    let rootName;
    try {
        const input = inputOf(call, parts);
        rootName = rootNameOf(input.policy);
        verdict = await invoke(FUNCTIONS[call], at === undefined ? input : { ...input, now: at });
    } catch (error) {
        verdict = thrownVerdict(error);
    }
    const ms = performance.now() - start;
    return { call, verdict, ms, now, clock: at === undefined ? 'device' : 'given', rootName };
}
