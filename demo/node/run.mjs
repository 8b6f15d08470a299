// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The main job: verifies the sample evidence, authenticates real documents where there are any, runs
// the sample model; everything through the npm package's wasm. Exit 1 when a verdict is not the
// expected one.
//   node demo/node/run.mjs
import { packageExport } from '../package.mjs';
import { verifySamples } from './evidence.mjs';
import { runModels } from './model.mjs';
import { authenticateDocuments } from './nitro.mjs';
import { createPrinter } from './print.mjs';

const out = createPrinter();
const verifier = await import(packageExport('./verify'));
const inference = await import(packageExport('./infer'));
const { VERSION } = await import(packageExport('.'));

const started = performance.now();
await verifier.loadVerifier();
out.line(`${out.paint('bold', `Assay ${VERSION}`)}  ${out.paint('dim', `verifier ready in ${(performance.now() - started).toFixed(1)} ms, no network`)}`);

let unexpected = 0;

out.heading('Sample evidence', 'demo root: made by this project, signed by no real enclave');
unexpected += await verifySamples(out, verifier);

out.heading('Real attestation documents', 'AWS Nitro root, pinned by its fingerprint');
const wrong = await authenticateDocuments(out, verifier);
if (wrong === undefined) out.result('dim', '-', 'skipped', 'no ../shared/vectors/nitro beside this checkout');
else unexpected += wrong;

out.heading('Sample models', 'ONNX, run by XNNPACK in WebAssembly');
unexpected += await runModels(out, inference);

out.line();
if (unexpected === 0) out.line(out.paint('green', 'Every verdict is the expected one.'));
else out.line(out.paint('red', `${unexpected} not as expected.`));
process.exitCode = unexpected === 0 ? 0 : 1;
