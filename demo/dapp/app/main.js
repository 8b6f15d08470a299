// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
import { VERSION, WASM_SHA256 } from '../assay/index.js';
import * as assay from '../assay/verify/index.js';
import { showBanner, showReport, showWaiting } from './checks-view.js';
import { el } from './dom.js';
import { createIntake } from './dropzone.js';
import { argumentsOf, judge, plan } from './judge.js';
import { createModelPanel } from './model-panel.js';
import { listSamples, loadSample } from './samples.js';
import { createTheme } from './theme.js';

const $ = (id) => document.getElementById(id);

createTheme($('theme'));
$('build').append(`Assay ${VERSION}, verify.wasm SHA-256 `, el('code', {}, WASM_SHA256['verify.wasm']));

const banner = $('banner');
const report = $('report');
const at = $('at');
const check = $('check');
showWaiting(banner, report);

const clockChoice = (value) => document.querySelector(`input[name="clock"][value="${value}"]`);

function setClock(text) {
    const given = text !== undefined;
    clockChoice(given ? 'given' : 'device').checked = true;
    at.disabled = !given;
    if (given) at.value = text;
    at.setAttribute('aria-invalid', 'false');
}

$('clock').addEventListener('change', (event) => {
    if (event.target.name !== 'clock') return;
    at.disabled = event.target.value === 'device';
    if (!at.disabled) at.focus();
});

function note(text, { bad }) {
    $('intake-note').textContent = text;
    $('intake-note').dataset.bad = String(bad);
}

const intake = createIntake({ drop: $('drop'), pick: $('pick'), slots: $('slots') }, (parts, problems) => {
    const { call, missing = '' } = plan(parts);
    check.disabled = call === undefined;
    check.textContent = call === 'authenticate' ? 'Authenticate the document' : 'Check the evidence';
    note([...problems, missing].join(' ').trim(), { bad: problems.length > 0 });
});

/** The clock field holds RFC 3339 text or Unix seconds; the package takes those as numbers. */
const moment = (text) => (text !== undefined && /^-?\d{1,15}$/.test(text) ? BigInt(text) : text);

async function run() {
    const text = clockChoice('given').checked ? at.value.trim() : undefined;
    at.setAttribute('aria-invalid', String(text === ''));
    if (text === '') {
        at.focus();
        return;
    }
    const result = await judge(intake.parts, moment(text), (name, input) => assay[name](...argumentsOf(name, input)));
    showReport(report, result);
    showBanner(banner, result);
    // On a narrow screen the verdict lies below what was just pressed.
    if (banner.getBoundingClientRect().top > innerHeight * 0.8) $('verdict').scrollIntoView();
}
check.addEventListener('click', () => {
    for (const button of document.querySelectorAll('.sample')) button.setAttribute('aria-pressed', 'false');
    void run();
});

function sampleButton(sample) {
    const button = el('button', { class: 'sample', type: 'button', 'data-sample': sample.id, 'aria-pressed': 'false' },
        el('b', {}, sample.title));
    button.addEventListener('click', async () => {
        try {
            intake.replace(await loadSample(sample));
        } catch (error) {
            note(error.message, { bad: true });
            return;
        }
        for (const other of document.querySelectorAll('.sample')) {
            other.setAttribute('aria-pressed', String(other === button));
        }
        setClock(new Date(sample.now * 1000).toISOString().replace('.000', ''));
        await run();
    });
    return button;
}

try {
    $('samples').replaceChildren(...(await listSamples()).map(sampleButton));
} catch (error) {
    note(error.message, { bad: true });
}
await createModelPanel($('model-panel'), $('model-intro'));
