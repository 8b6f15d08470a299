// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The installed package in a page: pages/package.js does the work, its results are counted here.
import { until } from './report.mjs';

const PAGE = '/tests/package.html';
const REPORT = '/tests/done.txt?';
const LIMIT_MS = 300000;

/** Through the driver: the results are read from the page. */
async function drive(driver, origin) {
    await driver.open(origin + PAGE);
    await until(driver, 'globalThis.results !== undefined', LIMIT_MS);
    // One test provokes a refusal by the CSP, which some engines report as an error.
    const provoked = driver.errors?.findIndex((text) => /Content.Security.Policy.*\beval\b/.test(text)) ?? -1;
    if (provoked >= 0) driver.errors.splice(provoked, 1);
    return driver.evaluate('globalThis.results');
}

/** Without automation: the page reports its results by a request to this server. */
async function visit(engine, server) {
    const browser = engine.visit(`${server.origin}${PAGE}?report`);
    try {
        const end = Date.now() + LIMIT_MS;
        for (;;) {
            const report = server.requests.find((url) => url.startsWith(REPORT));
            if (report !== undefined) return JSON.parse(decodeURIComponent(report.slice(REPORT.length)));
            if (Date.now() > end) throw new Error(`no results within ${LIMIT_MS / 1000} s`);
            await new Promise((resolve) => setTimeout(resolve, 200));
        }
    } finally {
        await browser.close();
    }
}

/** @param {{ origin: string, requests: string[] }} server */
export async function packageSuite(report, driver, engine, server) {
    let results;
    try {
        results = await (engine.visit === undefined ? drive(driver, server.origin) : visit(engine, server));
    } catch (error) {
        report.fail(`${engine.name}: package`, error.message);
        return;
    }
    for (const result of results) report.ofPage(engine.name, result);
}
