// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The MV3 extension in Chromium: the service worker verifies, under the policy of the manifest.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

import { buildExtension } from '../../demo/extension/build.mjs';
import { EXECUTABLE, ROOT_ARGS } from './drivers/chromium.mjs';
import { equal } from './report.mjs';

const SAMPLES = fileURLToPath(new URL('../../demo/samples/evidence/samples.json', import.meta.url));
const FOREST = fileURLToPath(new URL('../../demo/samples/models/risk_forest.ref.json', import.meta.url));
const SHOT = fileURLToPath(new URL('../../build/screenshots/chromium-extension.png', import.meta.url));

async function launch(folder, profile) {
    const context = await chromium.launchPersistentContext(profile, {
        executablePath: EXECUTABLE,
        headless: true,
        ignoreDefaultArgs: ['--disable-extensions'],
        args: ['--headless=new', '--disable-gpu', `--disable-extensions-except=${folder}`, `--load-extension=${folder}`,
            '--disable-features=DisableLoadExtensionCommandLineSwitch', ...ROOT_ARGS],
    });
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: 30000 }));
    return { context, worker };
}

async function checkPopup(page, { id, expect }) {
    await page.evaluate(() => delete document.getElementById('banner').dataset.outcome);
    await page.selectOption('#sample', id);
    await page.waitForSelector('#banner[data-outcome]');
    equal(await page.getAttribute('#banner', 'data-outcome'), expect.ok ? 'verified' : 'refused', 'outcome');
    if (!expect.ok) equal(await page.textContent('#banner .code'), expect.code, 'code');
}

export async function extensionSuite(report) {
    const folder = mkdtempSync(join(tmpdir(), 'assay-extension-'));
    const profile = mkdtempSync(join(tmpdir(), 'assay-profile-'));
    const test = (name, body) => report.test(`chromium: extension: ${name}`, body);
    let context;
    try {
        buildExtension(folder);
        let worker;
        await test('the service worker starts', async () => {
            ({ context, worker } = await launch(folder, profile));
        });
        if (context === undefined) return;
        await test('the policy is exactly the required one', async () => {
            const manifest = await worker.evaluate(() => chrome.runtime.getManifest());
            equal(manifest.content_security_policy.extension_pages, "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'", 'CSP');
        });
        await test('the service worker refuses code from text', async () => {
            // In a task of its own: code that the debugger evaluates directly is exempt from the policy.
            const refused = await worker.evaluate(() => new Promise((resolve) => {
                setTimeout(() => {
                    try {
                        resolve(new Function('return false')());
                    } catch (error) {
                        resolve(error instanceof EvalError);
                    }
                });
            }));
            equal(refused, true, 'refused');
        });
        const page = await context.newPage();
        await page.goto(`chrome-extension://${new URL(worker.url()).host}/popup.html`);
        await page.waitForSelector('#sample option:nth-child(2)', { state: 'attached' });
        for (const sample of JSON.parse(readFileSync(SAMPLES, 'utf8')).samples) {
            await test(`sample ${sample.id}`, () => checkPopup(page, sample));
        }
        await test('a decision forest runs in the service worker', async () => {
            const reference = JSON.parse(readFileSync(FOREST, 'utf8'));
            for (const [index, { output }] of reference.cases.entries()) {
                await page.evaluate(() => (document.getElementById('risk').textContent = ''));
                await page.selectOption('#features', String(index));
                await page.waitForFunction(() => document.getElementById('risk').textContent !== '');
                equal(await page.textContent('#risk'), `risk ${output[0].toFixed(4)}`, `market ${index + 1}`);
            }
        });
        await test('a model of the wrong shape has its code there', async () => {
            const reply = await page.evaluate(() => chrome.runtime.sendMessage({ kind: 'risk', features: [1, 2] }));
            equal(reply.error.code, 'ONNX_INPUT_SHAPE', 'code');
        });
        await page.setViewportSize({ width: 400, height: 600 });
        await page.screenshot({ path: SHOT });
    } finally {
        await context?.close();
        for (const path of [folder, profile]) rmSync(path, { recursive: true, force: true });
    }
}
