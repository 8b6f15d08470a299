// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The include rules of core/ and wasm/bindings as data, and the check of one file against them.

/** The modules of core/ and the modules that each may include besides itself. */
export const LAYERS = {
  base: [],
  bytes: ['base'],
  math: ['base'],
  hash: ['base', 'bytes'],
  signatures: ['base', 'bytes', 'math', 'hash'],
  receipt: ['base', 'bytes', 'hash', 'signatures'],
  ohttp: ['base', 'bytes', 'hash', 'signatures', 'receipt'],
  settlement: ['base', 'bytes', 'hash', 'signatures', 'receipt'],
  zk: ['base', 'bytes', 'math', 'hash'],
  attestation: ['base', 'bytes', 'hash', 'signatures'],
  evidence: ['base', 'bytes'],
  chain: ['base', 'bytes', 'hash', 'signatures'],
  api: ['base', 'bytes', 'hash', 'signatures', 'receipt', 'attestation', 'ohttp', 'settlement', 'evidence', 'chain', 'math', 'zk'],
  onnx: ['base', 'bytes'],
  runtime: ['base', 'bytes', 'onnx'],
  infer_api: ['base', 'bytes', 'onnx', 'runtime'],
};

/** The one folder of core/ with I/O and a clock. It may include every module. */
const CLI = 'cli';

/** Families of wasm modules: what a binding of the family may include of core/. */
const BINDING_LAYERS = {
  verify: ['api', ...LAYERS.api.filter((module) => module !== 'zk')],
  zk: ['api', ...LAYERS.zk],
  infer: ['infer_api', ...LAYERS.infer_api],
};
/** Shared by all families (wasm/bindings/boundary.hpp and the like). */
const SHARED_BINDING_LAYERS = ['base', 'bytes'];

/** The standard headers of core/: none of I/O, clocks, threads, randomness or exceptions. Everything comes in as bytes and integers. */
const STANDARD = new Set(
  `algorithm array bit bitset cassert charconv cmath compare cstddef cstdint cstring deque functional initializer_list
   limits map memory new numbers numeric optional set span string string_view tuple type_traits utility variant vector`.split(/\s+/),
);

/** Headers of the libraries, and the modules that are built on them. */
const LIBRARIES = [
  [/^cbor\.h$/, ['bytes']],
  [/^mbedtls\//, ['hash']],
  [/^secp256k1(_\w+)?\.h$/, ['signatures']],
  [/^private\/ed25519_ref10\.h$/, ['signatures']],
  [/^sodium\//, ['ohttp']],
  [/^(xnnpack|pthreadpool)\.h$/, ['runtime']],
];

/** What single files take of other headers, and for what. */
const EXEMPT = {
  'core/base/error.cpp': ['cstdlib'], // abort
  'core/hash/sha2.cpp': ['cstdlib'], // abort
  'core/runtime/op_select.cpp': ['cstdio', 'cstdlib'], // snprintf, strtod
};

/** With the digraph, the relatives of `include`, and comments (single-line ones are taken out before) wherever they may stand. */
const INCLUDE = /^(?:.*\*\/)?\s*(?:#|%:)\s*(?:include|include_next|import)\b\s*(?:"([^"]+)"|<([^>]+)>|(.*))/;

const moduleOf = (path) => /^core\/([^/]+)\//.exec(path)?.[1];

/** One reason why `file` must not include `header`, or undefined. Both paths from the repo root. */
export const forbidden = (file, header, quoted) => {
  const target = moduleOf(header);
  if (/(^|\/)\.{1,2}(\/|$)/.test(header)) return 'include by the path from the repository root';
  if (/^wasm\/bindings\//.test(file)) {
    if (target === undefined) return undefined;
    const family = /^wasm\/bindings\/(verify|zk|infer)/.exec(file)?.[1];
    const allowed = family === undefined ? SHARED_BINDING_LAYERS : BINDING_LAYERS[family];
    return allowed.includes(target)
      ? undefined
      : `a ${family ?? 'shared'} binding must not use core/${target}`;
  }
  if (/^emscripten(\/|\.h)/.test(header)) return 'Emscripten headers belong in wasm/bindings';

  const module = moduleOf(file);
  if (module === undefined) return undefined;
  if (module === CLI) return undefined;
  const allowed = LAYERS[module];
  if (allowed === undefined) return `core/${module} has no place in tests/layers/layers.mjs`;
  if (target !== undefined && target !== module && !allowed.includes(target)) {
    return `core/${module} must not use core/${target}`;
  }
  if (target === undefined && /^(wasm|tests|demo|js-bindings|web)\//.test(header)) {
    return 'core/ must not use what is built on it';
  }
  if (quoted && target === undefined && /^[^/]+$/.test(header)) {
    return 'include by the path from the repository root';
  }
  if (target !== undefined || STANDARD.has(header) || EXEMPT[file]?.includes(header)) return undefined;
  if (LIBRARIES.some(([pattern, modules]) => pattern.test(header) && modules.includes(module))) return undefined;
  return `<${header}> is not among the headers of core/${module} (tests/layers/layers.mjs)`;
};

/** The rows as the compiler sees them: continued ones joined (an empty row stands for each that was), without one-line comments. */
const rowsOf = (text) =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/(?:.*\\\n)+.*/g, (rows) => rows.replaceAll('\\\n', '') + '\n'.repeat(rows.split('\n').length - 1))
    .split('\n')
    .map((row) => row.replaceAll(/\/\*.*?\*\//g, ' '));

/** All violations in one file: {file, line, header, reason}. */
export const check = (file, text) =>
  rowsOf(text).flatMap((row, index) => {
    const match = INCLUDE.exec(row);
    if (match === null) return [];
    const header = match[1] ?? match[2] ?? match[3];
    const reason = match[3] === undefined ? forbidden(file, header, match[1] !== undefined) : 'an include must name its file';
    return reason === undefined ? [] : [{ file, line: index + 1, header, reason }];
  });
