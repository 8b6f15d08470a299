// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The few DOM helpers of the page. Text always goes in as text: nothing here parses HTML.

/**
 * Creates an element. `props` sets attributes: null leaves one out, a boolean is written as a word in
 * data-* and aria-* and as presence elsewhere; `on…` adds a listener.
 */
export function el(tag, props = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
        if (value === null || value === undefined) continue;
        if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
        else if (typeof value === 'boolean' && !/^(?:data|aria)-/.test(name)) node.toggleAttribute(name, value);
        else node.setAttribute(name, String(value));
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return node;
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(tag, props = {}, ...children) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(props)) node.setAttribute(name, String(value));
    node.append(...children);
    return node;
}

const RING = 'M10 1.75a8.25 8.25 0 1 1 0 16.5 8.25 8.25 0 0 1 0-16.5z';
const SHAPES = {
    passed: [{ d: RING, fill: 'currentColor', 'fill-opacity': 0.14 }, { d: 'm6.2 10.3 2.6 2.6 5-5.6' }],
    failed: [{ d: RING, fill: 'currentColor', 'fill-opacity': 0.14 }, { d: 'm7 7 6 6m0-6-6 6' }],
    assumed: [{ d: RING, 'stroke-dasharray': '2.6 2.58' }, { d: 'M6.5 10.8c1.2-1.7 2.3-1.7 3.5-.6s2.3 1.1 3.5-.6' }],
    'not-covered': [{ d: RING }, { d: 'M6.5 10h7' }],
    genuine: [{ d: 'M10 1.8 17 4.6v5c0 4.2-2.9 7.2-7 8.6-4.1-1.4-7-4.4-7-8.6v-5z', fill: 'currentColor', 'fill-opacity': 0.14 }, { d: 'm6.9 9.9 2.3 2.3 4.1-4.6' }],
    waiting: [{ d: RING, 'stroke-dasharray': '2.6 2.58' }],
    alert: [{ d: 'M10 2.5 18.2 17H1.8z' }, { d: 'M10 8v4.2m0 2v.1' }],
};

/** A decorative icon; the text beside it carries the meaning. */
export function icon(name) {
    const paths = SHAPES[name].map((shape) => svg('path', shape));
    return svg('svg', {
        viewBox: '0 0 20 20', fill: 'none', stroke: 'currentColor', 'stroke-width': 1.5,
        'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true', focusable: 'false',
    }, ...paths);
}
