// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// check_layers.mjs: walks the C and C++ files of core/ and wasm/ and fails on an include that
// layers.mjs forbids. Before that it checks itself: every rule must catch an example of its breach.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LAYERS, check } from './layers.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
let passed = 0;
let failed = 0;
const report = (ok, text) => {
  if (ok) {
    passed += 1;
  } else {
    failed += 1;
    console.error(`FAILED ${text}`);
  }
};

// [file, line, whether it is forbidden]
const EXAMPLES = [
  ['core/base/result.hpp', '#include "core/bytes/hex.hpp"', true],
  ['core/bytes/hex.cpp', '#include "core/base/result.hpp"', false],
  ['core/bytes/hex.cpp', '#include "core/bytes/hex.hpp"', false],
  ['core/bytes/hex.cpp', '  #  include   "core/hash/sha2.hpp"', true],
  ['core/receipt/receipt.cpp', '#include "core/attestation/nitro.hpp"', true],
  ['core/hash/sha2.cpp', '#include "core/hash/../runtime/session.hpp"', true],
  ['core/hash/sha2.cpp', '#include "core/hash/./sha2.hpp"', true],
  ['core/hash/sha2.cpp', '#inc\\\r\nlude <random>', true],
  ['core/attestation/nitro.cpp', '#include "core/onnx/model.hpp"', true],
  ['core/api/verify_api.cpp', '#include "core/runtime/session.hpp"', true],
  ['core/runtime/session.cpp', '#include "core/hash/sha2.hpp"', true],
  ['core/runtime/session.cpp', '#include "core/onnx/model.hpp"', false],
  ['core/infer_api/infer_api.cpp', '#include "core/receipt/receipt.hpp"', true],
  ['core/api/verify_api.cpp', '#include "core/cli/files.hpp"', true],
  ['core/cli/main.cpp', '#include "core/runtime/session.hpp"', false],
  ['core/cli/files.cpp', '#include <fstream>', false],
  ['core/unheard_of/file.cpp', '#include "core/base/result.hpp"', true],
  ['core/hash/sha2.cpp', '#include <fstream>', true],
  ['core/hash/sha2.cpp', '#include <iostream>', true],
  ['core/hash/sha2.cpp', '#include <chrono>', true],
  ['core/hash/sha2.cpp', '#include <random>', true],
  ['core/hash/sha2.cpp', '#include <ctime>', true],
  ['core/hash/sha2.cpp', '#include <time.h>', true],
  ['core/hash/sha2.cpp', '#include <vector>', false],
  ['core/hash/sha2.cpp', '// #include <random>', false],
  ['core/hash/sha2.cpp', '#include <cstdio>', true],
  ['core/hash/sha2.cpp', '#include <cstdlib>', false],
  ['core/hash/poseidon.cpp', '#include <cstdlib>', true],
  ['core/hash/sha2.cpp', '#include <sstream>', true],
  ['core/hash/sha2.cpp', '#include <pthread.h>', true],
  ['core/hash/sha2.cpp', '#include <netdb.h>', true],
  ['core/hash/sha2.cpp', '#include "sys/socket.h"', true],
  ['core/hash/sha2.cpp', '#include <vector_of_something>', true],
  ['core/runtime/op_select.cpp', '#include <cstdio>', false],
  ['core/runtime/op_cast.cpp', '#include <cstdio>', true],
  ['core/hash/sha2.cpp', '#include <mbedtls/sha256.h>', false],
  ['core/bytes/hex.cpp', '#include <mbedtls/sha256.h>', true],
  ['core/hash/sha2.cpp', '#include_next <random>', true],
  ['core/hash/sha2.cpp', '#import <random>', true],
  ['core/hash/sha2.cpp', '%:include <random>', true],
  ['core/hash/sha2.cpp', '#include /* of chance */ <random>', true],
  ['core/hash/sha2.cpp', '/* of chance */ # /* */ include <random>', true],
  ['core/hash/sha2.cpp', '/* of\n chance */ #include <random>', true],
  ['core/hash/sha2.cpp', '#include \\\n <random>', true],
  ['core/hash/sha2.cpp', '#inc\\\nlude <random>', true],
  ['core/hash/sha2.cpp', '#include HEADER', true],
  ['core/hash/sha2.cpp', '#include /* why */ <vector> // here', false],
  ['core/hash/sha2.cpp', '#include "sha2.hpp"', true],
  ['core/hash/sha2.cpp', '#include "tests/unit/helper.hpp"', true],
  ['core/hash/sha2.cpp', '#include <emscripten/bind.h>', true],
  ['core/cli/main.cpp', '#include <emscripten.h>', true],
  ['wasm/other/file.cpp', '#include <emscripten/val.h>', true],
  ['wasm/bindings/verify_bindings.cpp', '#include <emscripten/bind.h>', false],
  ['wasm/bindings/verify_bindings.cpp', '#include "core/api/verify_api.hpp"', false],
  ['wasm/bindings/verify_bindings.cpp', '#include "core/runtime/session.hpp"', true],
  ['wasm/bindings/verify_bindings.cpp', '#include "core/zk/groth16.hpp"', true],
  ['wasm/bindings/zk_bindings.cpp', '#include "core/api/operations.hpp"', false],
  ['wasm/bindings/zk_bindings.cpp', '#include "core/receipt/receipt.hpp"', true],
  ['wasm/bindings/infer_bindings.cpp', '#include "core/infer_api/infer_api.hpp"', false],
  ['wasm/bindings/infer_bindings.cpp', '#include "core/receipt/receipt.hpp"', true],
  ['wasm/bindings/boundary.hpp', '#include "core/api/verify_api.hpp"', true],
  ['wasm/bindings/boundary.hpp', '#include "core/base/result.hpp"', false],
];
for (const [file, line, expected] of EXAMPLES) {
  report(check(file, line).length > 0 === expected, `self-test: ${file} with ${line}`);
}

// The table itself must be a hierarchy: a module may only use modules listed before it.
const order = Object.keys(LAYERS);
for (const [module, uses] of Object.entries(LAYERS)) {
  for (const used of uses) {
    report(order.indexOf(used) < order.indexOf(module), `table: ${module} before ${used}`);
  }
}

const SOURCE = /\.(c|cc|cpp|h|hpp|inc|def)$/;
const walk = (directory) =>
  readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return walk(path);
    return SOURCE.test(entry.name) ? [relative(root, path)] : [];
  });
const files = [...walk(join(root, 'core')), ...walk(join(root, 'wasm'))].filter(
  (file) => !file.startsWith('core/cmake/'),
);
report(files.length > 20, `only ${files.length} source files found: wrong folder?`);
for (const file of files) {
  const violations = check(file, readFileSync(join(root, file), 'utf8'));
  report(violations.length === 0, violations
    .map(({ line, header, reason }) => `${file}:${line}: ${header}: ${reason}`)
    .join('\n       '));
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
