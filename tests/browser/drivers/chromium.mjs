// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Chromium by playwright-core.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

import { driverOf } from './page.mjs';

export const name = 'chromium';

export const EXECUTABLE = process.env.ASSAY_CHROMIUM ?? '/usr/bin/chromium';
export const available = () => existsSync(EXECUTABLE);

// The sandbox needs user namespaces, which root in a container does not have.
export const ROOT_ARGS = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export async function launch() {
    const browser = await chromium.launch({
        executablePath: EXECUTABLE,
        args: ['--headless', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
            '--disable-component-update', '--disable-sync', ...ROOT_ARGS],
    });
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    return {
        ...driverOf(browser, page),
        setFiles: (selector, files) => page.setInputFiles(selector, files),
        resize: (width, height) => page.setViewportSize({ width, height }),
        colourScheme: (colorScheme) => page.emulateMedia({ colorScheme, reducedMotion: 'reduce' }),
    };
}
