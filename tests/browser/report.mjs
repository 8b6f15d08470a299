// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Counts and prints; the last line is the contract of every runner of this repository.

export function createReport(stream = process.stdout) {
    const count = { passed: 0, failed: 0, skipped: 0 };
    return {
        count,
        heading: (text) => stream.write(`\n${text}\n`),
        pass(name) {
            count.passed += 1;
            stream.write(`  ok    ${name}\n`);
        },
        fail(name, why) {
            count.failed += 1;
            stream.write(`  FAIL  ${name}: ${why}\n`);
        },
        /** Loud on purpose: a skipped browser must not look like a tested one. tests/run_all/count.mjs reads this line. */
        skip(name, why) {
            count.skipped += 1;
            stream.write(`  skipped: ${name}: ${why}\n`);
        },
        /** A browser that is not there. Where it could have been installed, by root in CI, that is a failure. */
        absent(name, { ci = process.env.CI === 'true', root = process.getuid?.() === 0 } = {}) {
            if (ci && root) this.fail(name, 'no browser');
            else this.skip(name, 'no browser');
        },
        /** A test of pages/package.js. Chromium runs every variant: one that it does not is a failure there. */
        ofPage(engine, page, { name, outcome, why }) {
            const needed = engine === 'chromium' && name.startsWith('infer-');
            this[outcome === 'skip' && needed ? 'fail' : outcome](`${engine}: ${page}: ${name}`, why);
        },
        async test(name, body) {
            try {
                await body();
                this.pass(name);
            } catch (error) {
                this.fail(name, error.message.split('\n')[0]);
            }
        },
        close() {
            const skipped = count.skipped === 0 ? '' : `, ${count.skipped} skipped`;
            stream.write(`\n${count.passed} passed, ${count.failed} failed${skipped}\n`);
            return count.failed === 0 ? 0 : 1;
        },
    };
}

export function equal(got, expected, what) {
    if (got !== expected) throw new Error(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`);
}

/** Waits until `expression` is true in the page. */
export async function until(driver, expression, ms = 30000) {
    const end = Date.now() + ms;
    while (Date.now() < end) {
        if (await driver.evaluate(expression)) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`not true within ${ms / 1000} s: ${expression}`);
}
