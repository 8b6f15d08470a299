// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Which file is which. Files are told apart by content alone, never by name.

/** What a check can need, in the order in which a person reads it. */
export const ROLES = ['bundle', 'request', 'response', 'key', 'attestation', 'policy'];

/** What a bundle carries itself. */
export const BUNDLED = ['request', 'response', 'key', 'attestation'];

export const ROLE_NAMES = {
    bundle: 'Bundle',
    request: 'Request',
    response: 'Reply',
    key: 'Signing key',
    attestation: 'Attestation',
    policy: 'Policy',
};

const MAX_BYTES = 16 * 2 ** 20;

const utf8 = (bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
const toBytes = (text) => new TextEncoder().encode(text);

function fromBase64(text) {
    const raw = atob(text.replace(/\s+/g, ''));
    return Uint8Array.from(raw, (c) => c.charCodeAt(0));
}

/**
 * A Nitro document is a COSE_Sign1 array, tagged or not, definite or not; a bundle a CBOR map with text as its first key;
 * a key is a DER SEQUENCE.
 */
function binaryRole(bytes) {
    const [first, second] = bytes;
    if (first === 0x84 || first === 0x9f || (first === 0xd2 && (second === 0x84 || second === 0x9f))) {
        return 'attestation';
    }
    if (first >= 0xa1 && first <= 0xbf && second >> 5 === 3) return 'bundle';
    return first === 0x30 ? 'key' : undefined;
}

function ownString(value, name) {
    return Object.hasOwn(value, name) && typeof value[name] === 'string' ? value[name] : undefined;
}

/** The parts of one file that holds request, reply and key together. */
function receiptParts(name, value) {
    const requestIs = ownString(value, 'request_is') ?? 'sent';
    const key = ownString(value, 'key');
    return [
        { role: 'request', name, bytes: toBytes(value.request), requestIs },
        { role: 'response', name, bytes: toBytes(value.response) },
        ...(key === undefined ? [] : [{ role: 'key', name, bytes: fromBase64(key) }]),
    ];
}

function textParts(name, bytes, text) {
    if (/^data:/m.test(text) && !/^\s*\{/.test(text)) return [{ role: 'response', name, bytes }];
    let value;
    try {
        value = JSON.parse(text);
    } catch {
        return [];
    }
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
    if (Object.hasOwn(value, 'assay')) return [{ role: 'bundle', name, bytes }];
    if (ownString(value, 'request') !== undefined && ownString(value, 'response') !== undefined) {
        return receiptParts(name, value);
    }
    const has = (member) => Object.hasOwn(value, member);
    if (has('choices') || has('tee_signature')) return [{ role: 'response', name, bytes }];
    if (has('measurements')) return [{ role: 'policy', name, bytes }];
    if (has('messages') || has('prompt')) return [{ role: 'request', name, bytes, requestIs: 'sent' }];
    return [];
}

/** Base64 text of a binary part, or a PEM public key. */
function decodedParts(name, text) {
    try {
        const bytes = fromBase64(text.replace(/-----(?:BEGIN|END) PUBLIC KEY-----/g, ''));
        const role = binaryRole(bytes);
        return role === undefined ? [] : [{ role, name, bytes }];
    } catch {
        return [];
    }
}

/**
 * Reads one file into its parts `{ role, name, bytes }`. Throws a plain Error with a sentence for the
 * user when the file fits no role.
 * @param {{ name: string, size: number, arrayBuffer: () => Promise<ArrayBuffer> }} file
 */
export async function readEvidence(file) {
    if (file.size > MAX_BYTES) throw new Error(`${file.name} is larger than 16 MB.`);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const role = binaryRole(bytes);
    if (role !== undefined) return [{ role, name: file.name, bytes }];
    let parts = [];
    try {
        const text = utf8(bytes);
        parts = textParts(file.name, bytes, text);
        if (parts.length === 0) parts = decodedParts(file.name, text);
    } catch {
        // Not text: no part.
    }
    if (parts.length === 0) {
        throw new Error(`${file.name} is no bundle, receipt, attestation, key or policy that this page can read.`);
    }
    return parts;
}

/** The text of a part; throws when the bytes are not UTF-8. */
export const textOf = (part) => utf8(part.bytes);

export function sizeText(count) {
    return count < 1024 ? `${count} B` : `${(count / 1024).toFixed(1)} kB`;
}
