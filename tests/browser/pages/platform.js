// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Signatures by this engine's WebCrypto and by the module: the same verdicts, for what the engine signs and for what is
// made of it.
const RSA = { modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' };

/** By function of the package; `auto`: whether it goes to WebCrypto by itself. */
export const PLATFORM_SCHEMES = {
    verifyRsaPss: { algorithm: { name: 'RSA-PSS', ...RSA }, signing: { name: 'RSA-PSS', saltLength: 32 }, format: 'spki', auto: true },
    verifyRsaPkcs1: { algorithm: { name: 'RSASSA-PKCS1-v1_5', ...RSA }, signing: 'RSASSA-PKCS1-v1_5', format: 'spki', auto: true },
    verifyP384: { algorithm: { name: 'ECDSA', namedCurve: 'P-384' }, signing: { name: 'ECDSA', hash: 'SHA-384' }, format: 'raw', auto: false },
    verifyEd25519: { algorithm: { name: 'Ed25519' }, signing: { name: 'Ed25519' }, format: 'raw', auto: false },
};

const flipped = (bytes, bit) => bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

/** How often WebCrypto was asked for a verification during `run`. */
async function asked(run) {
    const { verify } = crypto.subtle;
    let count = 0;
    crypto.subtle.verify = (...given) => {
        count += 1;
        return verify.apply(crypto.subtle, given);
    };
    try {
        await run();
    } finally {
        delete crypto.subtle.verify;
    }
    return count;
}

/** @returns false when the engine has no such algorithm. @throws when a verdict differs. */
export async function sameByEither(verify, name, { algorithm, signing, format, auto }) {
    const { subtle } = crypto;
    let keys;
    try {
        keys = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
    } catch (error) {
        if (error.name === 'NotSupportedError') return false;
        throw error;
    }
    const message = crypto.getRandomValues(new Uint8Array(99));
    const publicKey = new Uint8Array(await subtle.exportKey(format, keys.publicKey));
    const input = { publicKey, message, signature: new Uint8Array(await subtle.sign(signing, keys.privateKey, message)) };
    const inputs = [input, { ...input, message: flipped(message, 5) }];
    for (const member of ['publicKey', 'signature']) {
        inputs.push({ ...input, [member]: input[member].subarray(1) });
        const bits = 8 * input[member].length;
        for (let i = 0; i < 24; i += 1) inputs.push({ ...input, [member]: flipped(input[member], Math.floor((i * bits) / 24)) });
    }
    for (const [i, given] of inputs.entries()) {
        const said = {};
        for (const platform of ['wasm', 'webcrypto', 'auto']) said[platform] = JSON.stringify(await verify[name]({ ...given, platform }));
        if (said.webcrypto !== said.wasm || said.auto !== said.wasm) throw new Error(`${i}: ${JSON.stringify(said)}`);
        if (JSON.parse(said.wasm).ok !== (i === 0)) throw new Error(`${i}: ${said.wasm}`);
    }
    for (const [platform, wanted] of [['webcrypto', true], ['wasm', false], ['auto', auto]]) {
        const count = await asked(() => verify[name]({ ...input, platform }));
        if ((count > 0) !== wanted) throw new Error(`${platform}: WebCrypto was asked ${count} times`);
    }
    return true;
}
