// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Firefox ESR by puppeteer-core: WebDriver BiDi, no geckodriver.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

import { driverOf } from './page.mjs';

export const name = 'firefox';

const EXECUTABLE = process.env.ASSAY_FIREFOX ?? '/usr/bin/firefox-esr';
export const available = () => existsSync(EXECUTABLE);

export async function launch() {
    const browser = await puppeteer.launch({ browser: 'firefox', executablePath: EXECUTABLE, headless: true });
    const page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 900 });
    return {
        ...driverOf(browser, page),
        setFiles: async (selector, files) => (await page.$(selector)).uploadFile(...files),
        resize: (width, height) => page.setViewport({ width, height }),
        colourScheme: null, // BiDi has no command for it in this version
    };
}

/**
 * Opens a page without any automation. While BiDi watches, a worker that makes workers of its own
 * sometimes blocks for good in the constructor (seen with Firefox 153); without it that never happened.
 */
export function visit(url) {
    const profile = mkdtempSync(join(tmpdir(), 'assay-firefox-'));
    const child = spawn(EXECUTABLE, ['--headless', '--no-remote', '--profile', profile, url], {
        detached: true, // a process group of its own, so that its content processes end with it
        stdio: 'ignore',
    });
    return {
        close: async () => {
            const ended = new Promise((resolve) => child.once('exit', resolve));
            if (child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
            await ended;
            rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
        },
    };
}
