// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Verifies evidence that a page of the extension sends, and runs a decision forest. Everything is
// imported statically: a service worker may not import(). The verifier's bytes are inside its module;
// the runtime's file is one of the extension's own.
import * as assay from './assay/verify/inline.js';
import { Tensor, loadModel } from './assay/infer/index.js';
import { argumentsOf } from './app/judge.js';
import { decode, encode } from './message.js';

const CALLS = new Set(['verifyEvidence', 'verifyReceipt', 'verifyNitroAttestation', 'authenticateNitro']);

async function answer({ name, input }) {
    try {
        return encode({ verdict: await assay[name](...argumentsOf(name, decode(input))) });
    } catch (error) {
        const { code, category, shortMessage, message, checks } = error;
        return { error: { code, category, message: shortMessage ?? message, checks } };
    }
}

/** The worker is ended when idle: the model is loaded again when it is next asked for. */
let forest;

/** Risk of a list of features, on the one thread that a service worker has. */
async function score(features) {
    try {
        forest ??= loadModel(chrome.runtime.getURL('samples/models/risk_forest.onnx'));
        const model = await forest;
        const { risk } = model.runSync({ features: new Tensor('float32', Float32Array.from(features), [1, features.length]) });
        return { risk: risk.data[0], variant: model.variant };
    } catch (error) {
        forest = undefined;
        return { error: { code: error.code, message: error.shortMessage ?? error.message } };
    }
}

chrome.runtime.onMessage.addListener((message, sender, reply) => {
    if (sender.id !== chrome.runtime.id) return false;
    if (message?.kind === 'risk' && Array.isArray(message.features)) {
        void score(message.features).then(reply);
        return true;
    }
    if (message?.kind !== 'assay' || !CALLS.has(message.name)) return false;
    void answer(message).then(reply);
    return true; // the reply comes later
});
