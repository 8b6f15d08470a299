// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The chain's verifier inside a page, against servers of another origin that chain.json names.
import { createChainVerifier } from '/assay/web/index.js';

const { policy, endpoints, teeId, now } = await (await fetch('/tests/chain.json')).json();
const levelOf = (verdict) => (verdict.ok ? verdict.trust : verdict.code);

const equal = (got, expected, what) => {
    if (got !== expected) throw new Error(`${what}: expected ${expected}, got ${got}`);
};

const tests = {
    'a TEE is proven from a checkpoint, past a server that lies': async () => {
        equal(levelOf(await createChainVerifier({ policy, endpoints }).verifyTee(teeId, { now })), 'proven', 'trust');
    },
    'and from the state that the page kept': async () => {
        const first = createChainVerifier({ policy, endpoints });
        equal(levelOf(await first.verifyTee(teeId, { now })), 'proven', 'trust');
        const verifier = createChainVerifier({ policy, endpoints, storedState: first.state });
        equal(levelOf(await verifier.verifyTee(teeId, { now })), 'proven', 'trust from the state');
    },
    'a server that only lies is refused': async () => {
        const verifier = createChainVerifier({ policy, endpoints: { ...endpoints, evm: endpoints.evm.slice(0, 1) } });
        equal(levelOf(await verifier.verifyTee(teeId, { now })), 'ICS23_PROOF_INVALID', 'code');
    },
};

const results = [];
for (const [name, test] of Object.entries(tests)) {
    try {
        await test();
        results.push({ name, outcome: 'pass' });
    } catch (error) {
        results.push({ name, outcome: 'fail', why: String(error?.message ?? error).split('\n')[0] });
    }
}
globalThis.results = results;
if (location.search === '?report') await fetch(`done.txt?${encodeURIComponent(JSON.stringify(results))}`);
