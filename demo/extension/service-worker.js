// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Verifies evidence that a page of the extension sends. The verifier is imported statically, its
// bytes are inside the module: a service worker may not import() and should not fetch code.
import * as assay from './assay/verify/inline.js';
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

chrome.runtime.onMessage.addListener((message, sender, reply) => {
    if (sender.id !== chrome.runtime.id || message?.kind !== 'assay' || !CALLS.has(message.name)) return false;
    void answer(message).then(reply);
    return true; // the reply comes later
});
