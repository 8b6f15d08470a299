// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Runs the packed package, the demo page and the extension in Chromium, Firefox ESR and WebKitGTK.
//   node tests/browser/run.mjs [chromium|firefox|webkit …]
// Closes with "N passed, N failed"; what could not run is named as skipped, never as passed.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { serve } from '../../demo/serve.mjs';
import * as chromium from './drivers/chromium.mjs';
import * as firefox from './drivers/firefox.mjs';
import * as webkit from './drivers/webkit.mjs';
import { installPackedPackage } from './install_package.mjs';
import { createReport } from './report.mjs';
import { chainSuite } from './suite_chain.mjs';
import { demoSuite } from './suite_demo.mjs';
import { extensionSuite } from './suite_extension.mjs';
import { pageSuite } from './suite_package.mjs';
import { serverSuite } from './suite_server.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const DEMO = fileURLToPath(new URL('../../demo', import.meta.url));

const wanted = process.argv.slice(2);
const engines = [chromium, firefox, webkit].filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const report = createReport();

if (engines.some((engine) => !engine.available()) && process.getuid?.() === 0) {
    spawnSync('sh', [join(HERE, 'install_browsers.sh')], { stdio: 'inherit' });
}

async function runEngine(engine, server) {
    const { origin } = server;
    report.heading(engine.name);
    let driver;
    try {
        driver = await engine.launch();
    } catch (error) {
        report.fail(`${engine.name}: start`, error.message.split('\n')[0]);
        return;
    }
    try {
        await pageSuite(report, driver, engine, server, 'package');
        await chainSuite(report, driver, engine, server.mounts);
        await demoSuite(report, driver, engine.name, origin);
        if (driver.errors !== null) {
            await report.test(`${engine.name}: no error in the console`, () => {
                if (driver.errors.length > 0) throw new Error(driver.errors.join(' | '));
            });
        }
    } catch (error) {
        report.fail(`${engine.name}: browser`, error.message.split('\n')[0]);
    } finally {
        await driver.close();
    }
    if (engine.name === 'chromium') await extensionSuite(report);
}

const present = engines.filter((engine) => engine.available());
for (const engine of engines) {
    if (!present.includes(engine)) report.absent(engine.name);
}
const installed = installPackedPackage();
try {
    const mounts = [
        ['/assay/', join(installed.root, 'dist')],
        ['/samples/', join(DEMO, 'samples')],
        ['/extension/', join(DEMO, 'extension')],
        ['/tests/', join(HERE, 'pages')],
        ['/', join(DEMO, 'dapp')],
    ];
    await serverSuite(report, mounts);
    const requests = [];
    const server = await serve({ requests, mounts });
    try {
        for (const engine of present) await runEngine(engine, { origin: server.origin, requests, mounts });
    } finally {
        await server.close();
    }
} finally {
    installed.remove();
}
process.exitCode = report.close();
