// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
import { showBanner, showReport, showWaiting } from './app/checks-view.js';
import { el } from './app/dom.js';
import { createIntake } from './app/dropzone.js';
import { judge, plan } from './app/judge.js';
import { listSamples, loadSample } from './app/samples.js';
import { decode, encode } from './message.js';

const $ = (id) => document.getElementById(id);
const banner = $('banner');
const report = $('report');
const check = $('check');
const choice = $('sample');
showWaiting(banner, report);

/** The service worker makes the call; it throws here what was thrown there. */
async function invoke(name, input) {
    const reply = await chrome.runtime.sendMessage({ kind: 'assay', name, input: encode(input) });
    if (reply.error !== undefined) throw Object.assign(new Error(reply.error.message), reply.error);
    return decode(reply.verdict);
}

const intake = createIntake({ drop: $('drop'), pick: $('pick'), slots: $('slots') }, (parts, problems) => {
    const { call, missing = '' } = plan(parts);
    check.disabled = call === undefined;
    $('intake-note').textContent = [...problems, missing].join(' ').trim();
});

async function run(at) {
    const result = await judge(intake.parts, at, invoke);
    showReport(report, result);
    showBanner(banner, result);
}
check.addEventListener('click', () => void run(undefined));

const samples = await listSamples();
choice.replaceChildren(el('option', { value: '' }, 'none'), ...samples.map(({ id, title }) => el('option', { value: id }, title)));
choice.addEventListener('change', async () => {
    const sample = samples.find(({ id }) => id === choice.value);
    if (sample === undefined) return;
    intake.replace(await loadSample(sample));
    await run(sample.now);
});

// The decision forest, in the service worker too.
const features = $('features');
const reference = await (await fetch('samples/models/risk_forest.ref.json')).json();
features.replaceChildren(el('option', { value: '' }, 'choose a market'), ...reference.cases.map((_, i) => el('option', { value: String(i) }, `market ${i + 1}`)));
features.addEventListener('change', async () => {
    const chosen = reference.cases[Number(features.value)];
    if (features.value === '' || chosen === undefined) return;
    const { risk, error } = await chrome.runtime.sendMessage({ kind: 'risk', features: chosen.input });
    $('risk').textContent = error === undefined ? `risk ${risk.toFixed(4)}` : error.code;
});
