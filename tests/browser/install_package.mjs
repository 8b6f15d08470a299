// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The tests use what a user of the package gets: the packed tarball, installed in an empty folder.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('../../js-bindings', import.meta.url));

/** @returns {{ root: string, remove: () => void }} the installed copy; ASSAY_PACKAGE names it from now on */
export function installPackedPackage() {
    const folder = mkdtempSync(join(tmpdir(), 'assay-browser-'));
    const npm = (args, cwd) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    const [{ filename }] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], PACKAGE));
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    npm(['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', join(folder, filename)], folder);
    const root = join(folder, 'node_modules', 'assay-wasm');
    process.env.ASSAY_PACKAGE = root;
    return { root, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
