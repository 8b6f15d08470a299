// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The installed package inside a page with the strict CSP and cross-origin isolation. Every test is a
// function; the results are left in globalThis.results for the driver.
import * as verify from '/assay/verify/index.js';
import * as inline from '/assay/verify/inline.js';
import * as infer from '/assay/infer/index.js';
import * as ort from '/assay/ort/index.js';
import { imageToTensor } from '/assay/preprocess/index.js';
import * as web from '/assay/web/index.js';
import { WASM_SHA256 } from '/assay/index.js';
import { PLATFORM_SCHEMES, sameByEither } from '/tests/platform.js';

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

const MODELS = ['price_move', 'chart_pattern', 'risk_forest'];

async function checkModel(load, name) {
    const { model: file, input, output, cases } = JSON.parse(await textOf(`/samples/models/${name}.ref.json`));
    const model = await load(await bytesOf(`/samples/models/${file}`));
    for (const { input: values, output: expected } of cases) {
        const data = Float32Array.from(values);
        const outputs = await model.run({ [input.name]: new infer.Tensor('float32', data, input.dims) });
        equal(data.length, values.length, `${name}: the caller's elements after the run`);
        const got = outputs[output.name].data;
        equal(got.length, expected.length, `${name}: number of outputs`);
        expected.forEach((value, i) => {
            if (!(Math.abs(got[i] - value) <= 1e-5)) throw new Error(`${name}[${i}]: expected ${value}, got ${got[i]}`);
        });
    }
    model.dispose();
    equal(await rejectionOf(model.run({})), 'ONNX_DISPOSED', `${name}: code after dispose`);
    return model;
}

/** On the page's own thread. */
async function inferHere(variant) {
    for (const name of MODELS) {
        const model = await checkModel((bytes) => infer.loadModel(bytes, { variant }), name);
        equal(model.variant, variant, 'variant');
    }
}

/** In the package's worker. */
async function inferInWorker(variant, threads) {
    const host = web.createWorkerHost();
    try {
        for (const name of MODELS) {
            const model = await checkModel((bytes) => host.loadModel(bytes, { variant, threads }), name);
            equal(model.variant, variant, 'variant');
            equal(model.threads, threads, 'threads');
        }
    } finally {
        host.dispose();
    }
}

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
    'a changed infer-simd.wasm is refused': async () => {
        const model = await bytesOf('/samples/models/price_move.onnx');
        const wasm = await changedWasm('infer-simd.wasm');
        equal(await rejectionOf(infer.loadModel(model, { variant: 'simd', wasm })), 'WASM_DIGEST_MISMATCH', 'code');
    },
    'a changed model is refused': async () => {
        const model = await bytesOf('/samples/models/price_move.onnx');
        equal(await rejectionOf(infer.loadModel(model, { digest: '0'.repeat(64) })), 'MODEL_DIGEST_MISMATCH', 'code');
    },
    'a page that changed its import from onnxruntime-web runs its model': async () => {
        const { model, input, output, cases } = JSON.parse(await textOf('/samples/models/price_move.ref.json'));
        const session = await ort.InferenceSession.create(`/samples/models/${model}`, { executionProviders: ['webgpu', 'wasm'] });
        const feeds = { [input.name]: new ort.Tensor('float32', Float32Array.from(cases[0].input), input.dims) };
        const { data } = (await session.run(feeds))[output.name];
        if (!(Math.abs(data[0] - cases[0].output[0]) <= 1e-5)) throw new Error(`expected ${cases[0].output[0]}, got ${data[0]}`);
        await session.release();
    },
    'images become tensors, and tensors images': async () => {
        const canvas = new OffscreenCanvas(4, 2);
        const drawing = canvas.getContext('2d');
        drawing.fillStyle = 'rgb(255, 0, 51)';
        drawing.fillRect(0, 0, 4, 2);
        const bitmap = await createImageBitmap(canvas);
        for (const source of [canvas, bitmap, drawing.getImageData(0, 0, 4, 2)]) {
            const tensor = imageToTensor(source, { width: 2, height: 2 });
            equal(tensor.dims.join(), '1,3,2,2', 'dims');
            equal([...tensor.data].map((value) => value.toFixed(2)).join(), '1.00,1.00,1.00,1.00,0.00,0.00,0.00,0.00,0.20,0.20,0.20,0.20', 'elements');
        }
        const tensor = await ort.Tensor.fromImage(bitmap, { tensorLayout: 'NHWC' });
        equal([...tensor.toImageData({ tensorLayout: 'NHWC' }).data.slice(0, 4)].join(), '255,0,51,255', 'pixel');
        equal(tensor.toDataURL({ tensorLayout: 'NHWC' }).startsWith('data:image/png;base64,'), true, 'data URL');
        // The page's policy lets it fetch from its own origin only.
        equal((await ort.Tensor.fromImage('/extension/icon.png', { resizedWidth: 3 })).dims.join(), '1,3,128,3', 'dims of an address');
    },
    'a run in the worker is aborted at once, and the model goes on': async () => {
        const host = web.createWorkerHost();
        try {
            const model = await host.loadModel('/samples/models/chart_pattern.onnx');
            const feeds = { picture: new Float32Array(256) };
            const abort = new AbortController();
            const run = model.run(feeds, { signal: abort.signal });
            abort.abort();
            equal(await rejectionOf(run), 'ABORTED', 'code');
            equal((await model.run(feeds)).probabilities.data.length, 4, 'outputs');
        } finally {
            host.dispose();
        }
    },
    'the worker gives every sample its verdict': async () => {
        const host = web.createWorkerHost();
        try {
            await everySample((input) => host.verifyReceipt(input));
        } finally {
            host.dispose();
        }
        equal(await rejectionOf(host.sha256(new Uint8Array(1))), 'WORKER_LOST', 'code after dispose');
    },
};
for (const [name, scheme] of Object.entries(PLATFORM_SCHEMES)) {
    tests[`${name} by WebCrypto and by the module`] = async () => {
        if (!(await sameByEither(verify, name, scheme))) throw new Unsupported(`this engine has no ${scheme.algorithm.name}`);
    };
}
for (const variant of ['simd', 'relaxed']) {
    tests[`infer-${variant} on the page's thread`] = needs(variant, () => inferHere(variant));
    tests[`infer-${variant} in the worker`] = needs(variant, () => inferInWorker(variant, 1));
}
for (const variant of ['simd-threads', 'relaxed-threads']) {
    tests[`infer-${variant} in the worker, 2 threads`] = needs(variant, () => inferInWorker(variant, 2));
}

class Unsupported extends Error {}

function needs(variant, test) {
    return async () => {
        if (!infer.isSupported(variant)) throw new Unsupported(`this engine cannot run ${variant}`);
        await test();
    };
}

/** A test that never ends is a failure with a name, not a hanging page. */
const withTimeout = (promise, ms) =>
    Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error(`no end within ${ms / 1000} s`)), ms))]);

const results = [];
for (const [name, test] of Object.entries(tests)) {
    try {
        await withTimeout((async () => test())(), 60000);
        results.push({ name, outcome: 'pass' });
    } catch (error) {
        results.push({ name, outcome: error instanceof Unsupported ? 'skip' : 'fail', why: String(error?.message ?? error).split('\n')[0] });
    }
}
globalThis.results = results;
if (location.search === '?report') await fetch(`done.txt?${encodeURIComponent(JSON.stringify(results))}`);
