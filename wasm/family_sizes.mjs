// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// node family_sizes.mjs MAP WASM says what each family of checks costs in verify.wasm.
//
// The linker's map has the bytes of every function and constant by its object file. What wasm-opt makes of the code
// afterwards has no such list, so each family's code is given its share of the code section that ships; constants ship as
// they are, but for literal strings, which the linker merges. A file is in exactly one row, so the rows add up; what a
// family shares with others (JSON, X.509, curves) stands in rows of its own.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** First match decides. Patterns of `archive/object`, of archives as the build names them. */
const FAMILIES = [
  ['receipts', /^receipt\/|^api\/(receipt_stream|verify_api)\b/],
  ['Nitro', /^attestation\/(nitro|cose_sign1)|^bytes\/cbor|^tinycbor\//],
  ['TDX', /^attestation\/tdx|^api\/tdx/],
  ['SEV-SNP', /^attestation\/snp|^api\/snp/],
  ['attestation, shared', /^attestation\/|^api\/attestation_json/],
  ['settlement, events, numbers', /^settlement\/|^api\/settlement|^bytes\/abi/],
  ['confidential chat', /^ohttp\/|^api\/ohttp|^hash\/hkdf|^sodium\/.*(chacha|poly1305|x25519|curve25519|scalarmult)/],
  ['evidence bundles', /^evidence\/|^api\/(verify_evidence|evidence_)/],
  ['secp256k1', /^secp256k1\/|^signatures\/(secp256k1|schnorr)/],
  ['Ed25519', /^signatures\/ed25519|^sodium\//],
  ['EIP-191, EIP-712, ERC-1271', /^signatures\/(eip712|erc1271)|^api\/message/],
  ['P-256, P-384, RSA', /^math\/|^signatures\/(nist|p256|p384|rsa|ecdsa_der)/],
  ['signatures, shared', /^signatures\/|^api\/signature/],
  ['hashes', /^hash\/|^mbedtls\//],
  ['options, verdicts', /^api\/|^base\//],
  ['JSON, DER, hex', /^bytes\//],
  ['literal strings of all', /^strings\//],
  ['bindings and C++ runtime', /./],
];

/** {code, data} in bytes by `archive/object`. */
export function readMap(text) {
  const objects = new Map();
  let section;
  for (const line of text.split('\n')) {
    // Zeros of .bss are counted in memory, not in the file.
    const head = /^\s+(?:-|[0-9a-f]+)\s+[0-9a-f]+\s+[0-9a-f]+ ([A-Z]+|\.\w+)\s*$/.exec(line);
    if (head) section = { CODE: 'code', '.rodata': 'data', '.data': 'data' }[head[1]];
    const strings = /^\s+[0-9a-f]+\s+[0-9a-f]+\s+([0-9a-f]+)\s{9}<internal>:\(\.rodata\)/.exec(line)?.[1];
    if (strings) objects.set('strings/merged', { code: 0, data: Number.parseInt(strings, 16) });
    const [, size, place, object] = /^\s+(?:-|[0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)\s{9}(\S*?)\(?([\w.-]+\.o(?:bj)?)\)?:\(/.exec(line) ?? [];
    if (!object || section === undefined) continue;
    const archive = /lib(?:assay_)?([\w+-]+?)\.a$/.exec(place)?.[1] ?? 'program';
    const name = `${archive}/${object.replace(/\.(c|cpp)?\.?o(bj)?$/, '')}`;
    const sizes = objects.get(name) ?? { code: 0, data: 0 };
    sizes[section] += Number.parseInt(size, 16);
    objects.set(name, sizes);
  }
  return objects;
}

/** Bytes of the code section's content. */
export function codeSize(wasm) {
  const number = (at) => {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = wasm[at++];
      value |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte & 0x80);
    return [value >>> 0, at];
  };
  for (let at = 8; at < wasm.length; ) {
    const [size, content] = number(at + 1);
    if (wasm[at] === 10) return size;
    at = content + size;
  }
  throw new Error('no code section');
}

/** Rows {family, code, data} in the order above; code as it ships. */
export function familySizes(map, wasm) {
  const rows = FAMILIES.map(([family]) => ({ family, code: 0, data: 0 }));
  for (const [name, { code, data }] of readMap(map)) {
    const row = rows[FAMILIES.findIndex(([, pattern]) => pattern.test(name))];
    row.code += code;
    row.data += data;
  }
  const share = codeSize(wasm) / rows.reduce((sum, { code }) => sum + code, 0);
  return rows.map(({ family, code, data }) => ({ family, code: Math.round(code * share), data }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [map, wasm] = process.argv.slice(2);
  const bytes = readFileSync(wasm);
  const rows = familySizes(readFileSync(map, 'utf8'), bytes);
  const line = (title, ...values) => console.log(`${title.padEnd(34)}${values.map((value) => String(value).padStart(9)).join('')}`);
  line('what verify.wasm is made of', 'code', 'data', 'bytes');
  for (const { family, code, data } of rows) line(family, code, data, code + data);
  const sum = rows.reduce((total, { code, data }) => total + code + data, 0);
  line('tables of the format', '', '', bytes.length - sum);
  line('verify.wasm', '', '', bytes.length);
}
