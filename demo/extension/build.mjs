// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Puts the extension together in one folder that Chromium loads unpacked. No bundler: the files of
// the package that the service worker imports are copied as they are.
//   node demo/extension/build.mjs [--out FOLDER]      default build/extension
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { packageExport, packageRoot } from '../package.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const DAPP = fileURLToPath(new URL('../dapp', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../samples/evidence', import.meta.url));
const MODELS = fileURLToPath(new URL('../samples/models', import.meta.url));
const OWN = ['manifest.json', 'service-worker.js', 'message.js', 'popup.html', 'popup.css', 'popup.js', 'icon.png'];
const VIEW = ['checks-view.js', 'dom.js', 'dropzone.js', 'evidence.js', 'judge.js', 'samples.js', 'words.js'];

/** Every module that `entry` imports, itself included. A dynamic import() would break there: refused. */
export function moduleGraph(entry) {
    const seen = new Set();
    const visit = (file) => {
        if (seen.has(file)) return;
        seen.add(file);
        const source = readFileSync(file, 'utf8');
        if (/(?<![\w.$])import\s*\(/.test(source.replace(/^\s*(?:\/\/|\*).*$/gm, ''))) throw new Error(`${file} has a dynamic import().`);
        for (const [, specifier] of source.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g)) {
            visit(resolve(dirname(file), specifier));
        }
    };
    visit(entry);
    return [...seen];
}

export function buildExtension(out) {
    rmSync(out, { recursive: true, force: true });
    mkdirSync(join(out, 'app'), { recursive: true });
    for (const name of OWN) cpSync(join(HERE, name), join(out, name));
    for (const name of VIEW) cpSync(join(DAPP, 'app', name), join(out, 'app', name));
    cpSync(join(DAPP, 'style.css'), join(out, 'style.css'));
    cpSync(SAMPLES, join(out, 'samples', 'evidence'), {
        recursive: true,
        filter: (path) => !path.endsWith('.mjs'),
    });
    const dist = join(packageRoot(), 'dist');
    const entries = ['./verify-inline', './infer'].map((name) => fileURLToPath(packageExport(name)));
    const runtimes = ['infer-simd.wasm', 'infer-relaxed.wasm'].map((name) => join(dist, 'wasm', name)); // no threads there
    for (const file of [...entries.flatMap(moduleGraph), ...runtimes]) {
        cpSync(file, join(out, 'assay', relative(dist, file)));
    }
    for (const name of ['risk_forest.onnx', 'risk_forest.ref.json']) cpSync(join(MODELS, name), join(out, 'samples', 'models', name));
    return out;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
    const at = process.argv.indexOf('--out');
    const out = at < 0 ? fileURLToPath(new URL('../../build/extension', import.meta.url)) : resolve(process.argv[at + 1]);
    console.log(`Load unpacked in chrome://extensions: ${buildExtension(out)}`);
}
