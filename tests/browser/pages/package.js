// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The installed package inside a page with the strict CSP and cross-origin isolation. Every test is a
// function; the results are left in globalThis.results for the driver.
import * as verify from '/assay/verify/index.js';
import * as inline from '/assay/verify/inline.js';
import * as infer from '/assay/infer/index.js';
import * as web from '/assay/web/index.js';
import { WASM_SHA256 } from '/assay/index.js';

const fetchedWasm = () => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.wasm')).length;
const afterImport = { wasm: fetchedWasm() };

const equal = (got, expected, what) => {
    if (got !== expected) throw new Error(`${what}: expected ${expected}, got ${got}`);
};

async function bytesOf(path) {
    const response = await fetch(path);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
}
const textOf = async (path) => new TextDecoder().decode(await bytesOf(path));

async function sampleInput(sample) {
    const folder = '/samples/evidence/';
    const { request, request_is: requestIs, response, key } = JSON.parse(await textOf(folder + sample.receipt));
    return {
        request, requestIs, response,
        attestation: {
            document: await bytesOf(folder + sample.attestation),
            key: Uint8Array.from(atob(key), (c) => c.charCodeAt(0)),
        },
        policy: await textOf(folder + sample.policy),
        now: sample.now,
    };
}

async function everySample(verifyReceipt) {
    const { samples } = JSON.parse(await textOf('/samples/evidence/samples.json'));
    for (const sample of samples) {
        const verdict = await verifyReceipt(await sampleInput(sample));
        equal(verdict.ok ? 'OK' : verdict.code, sample.expect.ok ? 'OK' : sample.expect.code, sample.id);
    }
}

async function rejectionOf(promise) {
    try {
        await promise;
    } catch (error) {
        return error.code ?? String(error);
    }
    return 'nothing was thrown';
}

async function changedWasm(name) {
    const bytes = await bytesOf(`/assay/wasm/${name}`);
    bytes[bytes.length - 1] ^= 1;
    return bytes;
}

async function runModel(model, reference) {
    const feeds = Object.fromEntries(reference.inputs.map(({ name, dims, data }) =>
        [name, new infer.Tensor('float32', Float32Array.from(data), dims)]));
    const outputs = await model.run(feeds);
    for (const { name, data } of reference.outputs) {
        const got = outputs[name].data;
        equal(got.length, data.length, `length of ${name}`);
        data.forEach((value, i) => {
            if (!(Math.abs(got[i] - value) <= 1e-5 + 1e-4 * Math.abs(value))) {
                throw new Error(`${name}[${i}]: expected ${value}, got ${got[i]}`);
            }
        });
    }
}

/** Whether the engine compiles one function body of the feature; the smallest modules that use it. */
const compiles = (bytes) => WebAssembly.validate(Uint8Array.from(bytes));
const RELAXED = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11];
const supported = {
    simd: true,
    relaxed: compiles(RELAXED),
    'simd-threads': crossOriginIsolated,
    'relaxed-threads': compiles(RELAXED) && crossOriginIsolated,
};

const tests = {
    'import fetches no WebAssembly': () => equal(afterImport.wasm, 0, 'requests for .wasm'),
    'the page is cross-origin isolated': () => equal(crossOriginIsolated, true, 'crossOriginIsolated'),
    'the CSP refuses code from text': () => {
        let refused = false;
        try {
            // The assertion is that this throws.
            new Function('return 1')();
        } catch (error) {
            refused = error instanceof EvalError;
        }
        equal(refused, true, 'new Function refused');
    },
    'verify-inline gives every sample its verdict without fetching': async () => {
        await everySample(inline.verifyReceipt);
        equal(fetchedWasm(), 0, 'requests for .wasm');
    },
    'a changed verify.wasm is refused': async () =>
        equal(await rejectionOf(verify.loadVerifier({ wasm: await changedWasm('verify.wasm') })), 'WASM_DIGEST_MISMATCH', 'code'),
    'verify gives every sample its verdict': () => everySample(verify.verifyReceipt),
    'the released digest is the one of the file': async () => {
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await bytesOf('/assay/wasm/verify.wasm')));
        equal([...digest].map((b) => b.toString(16).padStart(2, '0')).join(''), WASM_SHA256['verify.wasm'], 'SHA-256');
    },
    'an empty policy is no verdict': async () => {
        const { samples } = JSON.parse(await textOf('/samples/evidence/samples.json'));
        const input = await sampleInput(samples[0]);
        equal(await rejectionOf(verify.verifyReceipt({ ...input, policy: {} })), 'NITRO_PCR_POLICY_EMPTY', 'code');
    },
    'a changed infer-simd.wasm is refused': async () =>
        equal(await rejectionOf(infer.loadModel(await bytesOf(MODEL), { variant: 'simd', wasm: await changedWasm('infer-simd.wasm') })),
            'WASM_DIGEST_MISMATCH', 'code'),
};
