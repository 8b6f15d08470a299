// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The pages' server: this folder, the package, node_modules and the models. Without the demo's content security policy,
// which is not the peers' to keep.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { packageRoot } from '../../demo/package.mjs'
import { serve as serveFolders } from '../../demo/serve.mjs'

const HERE = fileURLToPath(new URL('.', import.meta.url))
/** The built package; ASSAY_PACKAGE names another build. */
export const packageFolder = () => join(packageRoot(), '/')

/** @param {Map<string, string>} texts made files by path. @param {string} models folder of the models. */
export const serve = (texts, models) =>
  serveFolders({
    texts,
    csp: null,
    mounts: [['/package/', packageRoot()], ['/nm/', join(HERE, 'node_modules')], ['/models/', models], ['/', join(HERE, '.')]],
  })
