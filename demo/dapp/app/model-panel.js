// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The sample network on sliders: inputs on the left; outputs, latency and what ran on the right.
import { loadModel, Tensor } from '../assay/infer/index.js';
import { el, svg } from './dom.js';
import { createLatency } from './latency.js';
import { MODEL } from './model-labels.js';
import { millisText } from './words.js';

function slider(feature, index, changed) {
    const id = `feature-${index}`;
    const shown = el('output', { for: id }, '');
    const input = el('input', { type: 'range', id, min: feature.min, max: feature.max, step: feature.step, value: feature.start });
    const show = () => {
        shown.textContent = feature.text(Number(input.value));
        input.setAttribute('aria-valuetext', shown.textContent);
    };
    input.addEventListener('input', () => {
        show();
        changed();
    });
    show();
    return {
        node: el('div', { class: 'slider' }, el('label', { for: id }, feature.label), shown, input),
        get value() {
            return Number(input.value);
        },
        set value(next) {
            input.value = String(next);
            show();
        },
    };
}

function bar(label) {
    const fill = el('div', { class: 'fill' });
    const shown = el('output', {}, '');
    const node = el('div', { class: 'bar' }, el('b', {}, label), shown, el('div', { class: 'track', 'aria-hidden': 'true' }, fill));
    return {
        node,
        get text() {
            return `${label}: ${shown.textContent}`;
        },
        set(value, top) {
            shown.textContent = `${(value * 100).toFixed(1)} %`;
            fill.style.setProperty('--share', String(Math.min(Math.max(value, 0), 1)));
            node.dataset.top = String(top);
        },
    };
}

function sparkline() {
    const line = svg('polyline', { points: '' });
    const node = svg('svg', { class: 'spark', viewBox: '0 0 100 24', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, line);
    return {
        node,
        set(samples) {
            const top = Math.max(...samples) || 1;
            const step = samples.length > 1 ? 100 / (samples.length - 1) : 0;
            line.setAttribute('points', samples.map((ms, i) => `${(i * step).toFixed(2)},${(22 - (ms / top) * 20).toFixed(2)}`).join(' '));
        },
    };
}

function specs(model, build) {
    const shape = (values) => values.map(({ name, type, dims }) => `${name}: ${type}[${dims.join(', ')}]`).join('; ');
    const rows = [
        ['Variant', el('span', { id: 'variant' }, build)],
        ['Input', shape(model.inputs)],
        ['Output', shape(model.outputs)],
        ['Model digest', el('code', { id: 'model-digest' }, model.digest)],
    ];
    return el('dl', { class: 'specs' }, rows.flatMap(([term, value]) => [el('dt', {}, term), el('dd', {}, value)]));
}

/** Runs on every change, at most one run at a time, and always ends on the latest values. */
function createRunner(work) {
    let running = false;
    let again = false;
    return async function run() {
        again = true;
        if (running) return;
        running = true;
        try {
            while (again) {
                again = false;
                await work();
            }
        } finally {
            running = false;
        }
    };
}

export async function createModelPanel(panel, intro) {
    intro.textContent = MODEL.intro;
    let model;
    try {
        model = await loadModel(MODEL.url.href, { digest: MODEL.digest });
    } catch (error) {
        panel.replaceChildren(el('p', { role: 'alert' }, `The model could not be started: ${error.shortMessage ?? error.message} `,
            error.code ? el('span', { class: 'code' }, error.code) : null));
        panel.setAttribute('aria-busy', 'false');
        return;
    }

    const latency = createLatency();
    const spark = sparkline();
    const bars = MODEL.outputs.map(bar);
    const speed = el('strong', { id: 'latency' }, '');
    const said = el('p', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
    const data = new Float32Array(MODEL.features.length);
    const input = new Tensor('float32', data, [1, data.length]);

    const run = createRunner(async () => {
        sliders.forEach((control, i) => {
            data[i] = control.value;
        });
        const outputs = await latency.measure(() => model.run({ [model.inputs[0].name]: input }));
        const values = [...outputs[model.outputs[0].name].data];
        const best = values.indexOf(Math.max(...values));
        bars.forEach((each, i) => each.set(values[i], i === best));
        speed.replaceChildren(millisText(latency.median).replace(' ms', ''), ' ', el('small', {}, 'ms'));
        spark.set(latency.samples);
    });
    const announce = () => {
        const best = bars.find(({ node }) => node.dataset.top === 'true');
        if (best !== undefined) said.textContent = best.text;
    };

    const sliders = MODEL.features.map((feature, i) => slider(feature, i, run));
    const presets = MODEL.presets.map(({ label, values }) =>
        el('button', { class: 'quiet', type: 'button', onclick: async () => {
            values.forEach((value, i) => {
                sliders[i].value = value;
            });
            await run();
            announce();
        } }, label));
    const inputs = el('div', { class: 'sliders', role: 'group', 'aria-label': 'Inputs' },
        sliders.map(({ node }) => node), el('div', { class: 'presets', role: 'group', 'aria-label': 'Presets' }, presets));
    inputs.addEventListener('change', announce);

    panel.replaceChildren(inputs, el('div', { class: 'readout' },
        el('section', { 'aria-labelledby': 'outputs-title' }, el('h3', { id: 'outputs-title' }, MODEL.outputTitle),
            el('div', { class: 'bars', id: 'outputs' }, bars.map(({ node }) => node)), said),
        el('div', { class: 'latency' }, speed, spark.node, el('p', {}, 'one run, median of the last 60 measurements')),
        specs(model, model.variant)));
    await run();
    panel.setAttribute('aria-busy', 'false');
}
