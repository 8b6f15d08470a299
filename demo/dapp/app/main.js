// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
import { showBanner, showReport, showWaiting } from './checks-view.js';
import { el } from './dom.js';
import { createIntake } from './dropzone.js';
import { judge, plan } from './judge.js';
import { createModelPanel } from './model-panel.js';
import { listSamples, loadSample } from './samples.js';
import { createTheme } from './theme.js';

const $ = (id) => document.getElementById(id);

createTheme($('theme'));

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

const intake = createIntake(
    { drop: $('drop'), pick: $('pick'), slots: $('slots'), note: $('intake-note') },
    (parts) => {
        const { call, missing } = plan(parts);
        check.disabled = call === undefined;
        if (missing) $('intake-note').textContent = missing;
        check.textContent = call === 'authenticate' ? 'Authenticate the document' : 'Check the evidence';
    },
);

async function run() {
    const text = clockChoice('given').checked ? at.value.trim() : undefined;
    at.setAttribute('aria-invalid', String(text === ''));
    if (text === '') {
        at.focus();
        return;
    }
    const result = await judge(intake.parts, text);
    showReport(report, result);
    showBanner(banner, result);
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
            $('intake-note').textContent = error.message;
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
    $('intake-note').textContent = error.message;
}
await createModelPanel($('model-panel'), $('model-intro'));
