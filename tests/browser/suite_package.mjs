// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The installed package in a page: pages/NAME.js does the work, its results are counted here.
import { until } from './report.mjs';

const pageOf = (name) => `/tests/${name}.html`;
const REPORT = '/tests/done.txt?';
const LIMIT_MS = 300000;

/** Through the driver: the results are read from the page. */
async function drive(driver, url) {
    await driver.open(url);
    await until(driver, 'globalThis.results !== undefined', LIMIT_MS);
    // One test provokes a refusal by the CSP, which some engines report as an error.
    const provoked = driver.errors?.findIndex((text) => /Content.Security.Policy.*\beval\b/.test(text)) ?? -1;
    if (provoked >= 0) driver.errors.splice(provoked, 1);
    return driver.evaluate('globalThis.results');
}

/** Without automation: the page reports its results by a request to this server. */
async function visit(engine, server, url) {
    const browser = engine.visit(`${url}?report`);
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
export async function pageSuite(report, driver, engine, server, name) {
    const url = server.origin + pageOf(name);
    let results;
    try {
        results = await (engine.visit === undefined ? drive(driver, url) : visit(engine, server, url));
    } catch (error) {
        report.fail(`${engine.name}: ${name}`, error.message);
        return;
    }
    for (const result of results) report.ofPage(engine.name, name, result);
}
