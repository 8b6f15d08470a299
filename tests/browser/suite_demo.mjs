// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The demo page as a person uses it: pointer and keyboard, in a real browser.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { audit } from './accessibility.mjs';
import { equal, until } from './report.mjs';

const SAMPLES = fileURLToPath(new URL('../../demo/samples/evidence/', import.meta.url));
const REAL = fileURLToPath(new URL('../../../shared/vectors/nitro/', import.meta.url));
const SHOTS = fileURLToPath(new URL('../../build/screenshots/', import.meta.url));

const BANNER = 'document.getElementById("banner")';
const { samples } = JSON.parse(readFileSync(join(SAMPLES, 'samples.json'), 'utf8'));

const text = (driver, selector) =>
    driver.evaluate(`document.querySelector(${JSON.stringify(selector)})?.textContent ?? null`);
const count = (driver, selector) => driver.evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`);

async function openPage(driver, origin) {
    await driver.open(`${origin}/`);
    await until(driver, 'document.querySelectorAll(".sample").length > 0');
    await until(driver, 'document.getElementById("model-panel").getAttribute("aria-busy") === "false"');
}

/** Does something and waits for the verdict that follows from it. */
async function verdictAfter(driver, act) {
    await driver.evaluate(`delete ${BANNER}.dataset.outcome`);
    await act();
    await until(driver, `${BANNER}.dataset.outcome !== undefined`);
    return driver.evaluate(`${BANNER}.dataset.outcome`);
}

async function pressUntil(driver, key, condition, most = 40) {
    for (let i = 0; i < most; i += 1) {
        if (await driver.evaluate(condition)) return;
        await driver.press(key);
    }
    throw new Error(`${key} pressed ${most} times, still not: ${condition}`);
}

async function checkSample(driver, { id, expect }) {
    const outcome = await verdictAfter(driver, () => driver.click(`[data-sample="${id}"]`));
    equal(outcome, expect.ok ? 'verified' : 'refused', 'outcome');
    equal(await text(driver, '.badge'), 'demo root', 'root badge');
    equal((await count(driver, '[data-status="assumed"]')) > 0, true, 'assumed rows');
    const failed = await driver.evaluate('[...document.querySelectorAll("[data-status=failed] .code")].map((node) => node.textContent)');
    equal([...new Set(failed)].join(), expect.ok ? '' : expect.code, 'codes of failed rows');
    if (!expect.ok) {
        equal(await text(driver, '#banner .code'), expect.code, 'code in the banner');
        equal(await count(driver, '.answer'), 0, 'texts shown for refused evidence');
        return;
    }
    equal((await count(driver, '[data-status="passed"]')) >= 10, true, 'ten passed rows or more');
    equal(await count(driver, '.answer pre *'), 0, 'elements in the signed text');
    equal(await count(driver, '.warn'), expect.not_covered === undefined ? 0 : 1, 'warnings');
    equal(await count(driver, '[data-alarm="true"]'), expect.not_covered === undefined ? 0 : 1, 'alarming members');
}

async function useKeyboard(driver, origin) {
    await openPage(driver, origin);
    await driver.press('Tab');
    equal(await driver.evaluate('document.activeElement.className'), 'skip', 'first stop of the Tab key');
    await driver.press('Enter');
    await until(driver, 'document.activeElement.id === "verdict"');
    await openPage(driver, origin);
    await pressUntil(driver, 'Tab', 'document.activeElement.dataset.sample === "reply-changed"');
    equal(await driver.evaluate('getComputedStyle(document.activeElement).outlineStyle'), 'solid', 'focus ring');
    equal(await verdictAfter(driver, () => driver.press('Enter')), 'refused', 'outcome');
    await pressUntil(driver, 'Tab', 'document.activeElement.id === "feature-0"', 120);
    const before = await text(driver, '#outputs');
    await driver.press('End');
    await until(driver, `document.getElementById("outputs").textContent !== ${JSON.stringify(before)}`);
}

/** Bundles among the samples: id, outcome, code. */
const BUNDLES = [
    ['settled', 'verified'], ['settled-unknown', 'refused', 'TRUST_INSUFFICIENT'], ['wrong-key', 'refused', 'EVIDENCE_LINK_MISMATCH'],
    ['own-policy', 'refused', 'EVIDENCE_MALFORMED'],
];

async function checkBundle(driver, origin, [id, outcome, code = null]) {
    await openPage(driver, origin);
    equal(await verdictAfter(driver, () => driver.click(`[data-sample="bundle-${id}"]`)), outcome, 'outcome');
    equal(await text(driver, '#banner .code'), code, 'code in the banner');
    const filled = await driver.evaluate('[...document.querySelectorAll("#slots [data-filled=true]")].map((node) => node.dataset.role).join()');
    equal(filled, 'bundle,policy', 'what is there');
    equal(await count(driver, '.answer'), outcome === 'verified' ? 1 : 0, 'signed texts shown');
    const row = (name) => driver.evaluate(`document.querySelector('[data-check="${name}"]')?.dataset.status ?? null`);
    if (outcome === 'verified')
        for (const name of ['attestation', 'receipt', 'settlement', 'merkle proof', 'links', 'key', 'root', 'times']) equal(await row(name), 'passed', name);
    if (id === 'wrong-key') equal(await row('key'), 'failed', 'key');
}

async function useBundle(driver, origin) {
    await openPage(driver, origin);
    const filled = (roles) => until(driver, `[...document.querySelectorAll("#slots [data-filled=true]")].map((node) => node.dataset.role).join() === "${roles}"`);
    await driver.setFiles('#pick', [join(SAMPLES, 'receipt.json')]);
    await filled('request,response,key');
    await driver.setFiles('#pick', [join(SAMPLES, 'bundle.cbor')]);
    await filled('bundle');
    equal(await driver.evaluate('document.getElementById("check").disabled'), true, 'disabled without a policy');
    await driver.setFiles('#pick', [join(SAMPLES, 'policy.json')]);
    await filled('bundle,policy');
    equal(await verdictAfter(driver, () => driver.click('#check')), 'refused', 'outcome');
    equal(await text(driver, '#banner .code'), 'NITRO_CERT_EXPIRED', 'code');
    await driver.setFiles('#pick', [join(SAMPLES, 'attestation.cose')]);
    await filled('attestation,policy');
}

async function useFiles(driver, origin) {
    await openPage(driver, origin);
    const files = ['receipt.json', 'attestation.cose', 'policy.json'].map((name) => join(SAMPLES, name));
    await driver.setFiles('#pick', [files[0]]);
    await until(driver, 'document.querySelectorAll("#slots [data-filled=true]").length === 3');
    equal(await driver.evaluate('document.getElementById("check").disabled'), true, 'disabled while parts are missing');
    await driver.setFiles('#pick', files.slice(1));
    await until(driver, 'document.querySelectorAll("#slots [data-filled=true]").length === 5');
    // By this device's clock the sample's certificates, which live for hours, are not valid.
    equal(await verdictAfter(driver, () => driver.click('#check')), 'refused', 'outcome');
    equal(await text(driver, '#banner .code'), 'NITRO_CERT_EXPIRED', 'code');
}

/** Drops a file of text on an element. @returns whether the page took it, instead of leaving it to the browser to open. */
const drop = (driver, selector, name, content) =>
    driver.evaluate(`(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([${JSON.stringify(content)}], ${JSON.stringify(name)}));
        const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
        return !document.querySelector(${JSON.stringify(selector)}).dispatchEvent(event);
    })()`);

async function dropFiles(driver, origin) {
    await openPage(driver, origin);
    const content = (name) => readFileSync(join(SAMPLES, name), 'utf8');
    const filled = () => driver.evaluate('document.querySelectorAll("#slots [data-filled=true]").length');
    equal(await drop(driver, '#drop', 'receipt.json', content('receipt.json')), true, 'taken');
    await until(driver, 'document.querySelectorAll("#slots [data-filled=true]").length === 3');
    equal(await drop(driver, 'body', 'policy.json', content('policy.json')), true, 'taken beside the zone');
    equal(await filled(), 3, 'parts after a drop beside the zone');
    await drop(driver, '#drop', 'policy.json', content('policy.json'));
    await until(driver, 'document.querySelectorAll("#slots [data-filled=true]").length === 4');
}

async function authenticate(driver, origin) {
    await openPage(driver, origin);
    const { file, now } = JSON.parse(readFileSync(join(REAL, 'index.json'), 'utf8')).documents.find(({ expect }) => expect === 'OK');
    await driver.setFiles('#pick', [join(REAL, file)]);
    await until(driver, 'document.querySelectorAll("#slots [data-filled=true]").length === 1');
    await driver.click('input[name="clock"][value="given"]');
    for (const digit of String(now)) await driver.press(digit);
    equal(await verdictAfter(driver, () => driver.click('#check')), 'genuine', 'outcome');
    equal(await count(driver, '.badge'), 0, 'demo root badges');
}

async function model(driver, origin) {
    await openPage(driver, origin);
    equal(/^\d+(\.\d+)? ms$/.test(await text(driver, '#latency')), true, 'a latency in ms');
    equal(/^sha256:[0-9a-f]{64}$/.test(await text(driver, '#model-digest')), true, 'a model digest');
    equal((await text(driver, '#variant')).length > 0, true, 'a variant');
    const before = await text(driver, '#outputs');
    await driver.click('.presets button:last-child');
    await until(driver, `document.getElementById("outputs").textContent !== ${JSON.stringify(before)}`);
}

async function noProblems(driver, where) {
    const problems = await driver.evaluate(`(${audit})()`);
    equal(problems.join('; '), '', where);
}

async function audits(driver, origin) {
    await openPage(driver, origin);
    await driver.evaluate('document.documentElement.removeAttribute("lang")');
    equal((await driver.evaluate(`(${audit})()`)).length > 0, true, 'the audit notices a fault');
    for (const theme of ['light', 'dark']) {
        for (const width of [1280, 360]) {
            await driver.resize(width, 900);
            await openPage(driver, origin);
            await driver.click(`#theme label:has([value="${theme}"])`);
            await noProblems(driver, `${theme}, ${width} px, at first`);
            for (const id of ['tool-call-injected', 'reply-changed']) {
                await verdictAfter(driver, () => driver.click(`[data-sample="${id}"]`));
                await noProblems(driver, `${theme}, ${width} px, ${id}`);
            }
        }
    }
    await driver.resize(1280, 900);
}

async function screenshots(driver, engine, origin) {
    mkdirSync(SHOTS, { recursive: true });
    const views = [['light', 1280, 900, 'honest'], ['dark', 1280, 900, 'reply-changed'], ['light', 360, 740, 'tool-call-injected']];
    for (const [theme, width, height, id] of views) {
        await driver.resize(width, height);
        await openPage(driver, origin);
        await driver.click(`#theme label:has([value="${theme}"])`);
        await verdictAfter(driver, () => driver.click(`[data-sample="${id}"]`));
        await driver.screenshot(join(SHOTS, `${engine}-${theme}-${width}-${id}.png`), { full: true });
    }
    await driver.resize(1280, 900);
}

async function systemTheme(driver, origin) {
    await openPage(driver, origin);
    const paper = () => driver.evaluate('getComputedStyle(document.body).backgroundColor');
    await driver.colourScheme('light');
    const light = await paper();
    await driver.colourScheme('dark');
    equal((await paper()) === light, false, 'same paper in light and dark');
    await driver.click('#theme label:has([value="light"])');
    equal(await paper(), light, 'paper after choosing light');
    await driver.colourScheme('light');
}

/** @param {{ test: Function, skip: Function }} report */
export async function demoSuite(report, driver, engine, origin) {
    const test = (name, body) => report.test(`${engine}: demo: ${name}`, body);
    for (const sample of samples) {
        await test(`sample ${sample.id}`, async () => {
            await openPage(driver, origin);
            await checkSample(driver, sample);
        });
    }
    for (const bundle of BUNDLES) await test(`bundle ${bundle[0]}`, () => checkBundle(driver, origin, bundle));
    await test('own files, by the device\'s clock', () => useFiles(driver, origin));
    await test('own files, dropped', () => dropFiles(driver, origin));
    await test('a bundle in place of its parts', () => useBundle(driver, origin));
    if (existsSync(join(REAL, 'index.json'))) await test('a real document is genuine', () => authenticate(driver, origin));
    await test('model: preset, latency, digest', () => model(driver, origin));
    await test('keyboard alone', () => useKeyboard(driver, origin));
    await test('names, references, contrast, width', () => audits(driver, origin));
    if (driver.colourScheme !== null) await test('system theme and toggle', () => systemTheme(driver, origin));
    await test('everything came from this origin', async () => {
        const foreign = await driver.evaluate('performance.getEntriesByType("resource").map(({ name }) => new URL(name).origin).filter((origin) => origin !== location.origin)');
        equal(foreign.join(), '', 'requests to other origins');
    });
    await test('screenshots', () => screenshots(driver, engine, origin));
}
