// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Extension messages are JSON: bytes and big integers cross as tagged text.

const tag = (kind, text) => ({ $assay: kind, text });

export function encode(value) {
    if (typeof value === 'bigint') return tag('integer', String(value));
    if (value instanceof Uint8Array) {
        let binary = '';
        for (const byte of value) binary += String.fromCharCode(byte);
        return tag('bytes', btoa(binary));
    }
    if (Array.isArray(value)) return value.map(encode);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, encode(member)]));
}

export function decode(value) {
    if (Array.isArray(value)) return value.map(decode);
    if (value === null || typeof value !== 'object') return value;
    if (value.$assay === 'integer') return BigInt(value.text);
    if (value.$assay === 'bytes') return Uint8Array.from(atob(value.text), (c) => c.charCodeAt(0));
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, decode(member)]));
}
