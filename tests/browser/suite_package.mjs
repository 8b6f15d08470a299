// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The installed package in a page: pages/package.js does the work, its results are counted here.
import { until } from './report.mjs';

export async function packageSuite(report, driver, engine, origin) {
    await driver.open(`${origin}/tests/package.html`);
    try {
        await until(driver, 'globalThis.results !== undefined', 240000);
    } catch (error) {
        report.fail(`${engine}: package`, error.message);
        return;
    }
    // One test provokes a refusal by the CSP, which Firefox reports.
    const provoked = driver.errors?.findIndex((text) => /Content-Security-Policy.*\beval\b/.test(text)) ?? -1;
    if (provoked >= 0) driver.errors.splice(provoked, 1);
    for (const { name, outcome, why } of await driver.evaluate('globalThis.results')) {
        report[outcome](`${engine}: package: ${name}`, why);
    }
}
