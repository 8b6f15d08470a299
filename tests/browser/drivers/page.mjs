// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the pages of playwright and puppeteer have in common; a driver adds what differs.
export function driverOf(browser, page) {
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
    });
    return {
        errors,
        open: (url) => page.goto(url),
        evaluate: (expression) => page.evaluate(expression),
        click: (selector) => page.click(selector),
        press: (key) => page.keyboard.press(key),
        screenshot: (path, { full = false } = {}) => page.screenshot({ path, fullPage: full }),
        close: () => browser.close(),
    };
}
