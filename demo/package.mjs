// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Where the demos find the npm package: the one built in this repository, or the installed copy that
// ASSAY_PACKAGE names (the browser tests use the packed tarball).
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const BUILT = fileURLToPath(new URL('../js-bindings', import.meta.url));

export function packageRoot() {
    const root = process.env.ASSAY_PACKAGE ? resolve(process.env.ASSAY_PACKAGE) : BUILT;
    if (!existsSync(join(root, 'dist'))) {
        throw new Error(`The package is not built (no dist in ${root}): run \`make run\` once.`);
    }
    return root;
}

/** URL of an export of the package, e.g. './verify', read from its package.json. */
export function packageExport(subpath) {
    const root = packageRoot();
    const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const target = exports[subpath];
    const file = typeof target === 'string' ? target : (target?.import ?? target?.default);
    if (file === undefined) throw new Error(`The package has no export ${subpath}.`);
    return pathToFileURL(join(root, file)).href;
}
