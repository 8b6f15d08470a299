// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Basic accessibility checks of our own, run inside the page: names of controls, references, order of
// headings, contrast of text. Returns a list of sentences, empty when all is well.

/** Self-contained: it is sent to the page as text. */
export function audit() {
    const problems = [];
    const shown = (node) => node.checkVisibility?.() ?? node.getClientRects().length > 0;
    const describe = (node) => `<${node.localName}${node.id ? ` id=${node.id}` : ''}> ${node.textContent.trim().slice(0, 30)}`;

    if (!document.documentElement.lang) problems.push('the page has no language');
    if (document.title.trim() === '') problems.push('the page has no title');
    if (document.querySelectorAll('main').length !== 1) problems.push('the page needs exactly one main');
    if (document.querySelectorAll('h1').length !== 1) problems.push('the page needs exactly one h1');

    let level = 1;
    for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
        const next = Number(heading.localName[1]);
        if (next > level + 1) problems.push(`heading level jumps: ${describe(heading)}`);
        level = next;
    }

    const ids = new Set();
    for (const { id } of document.querySelectorAll('[id]')) {
        if (ids.has(id)) problems.push(`id ${id} is used twice`);
        ids.add(id);
    }
    for (const name of ['aria-labelledby', 'aria-describedby', 'for']) {
        for (const node of document.querySelectorAll(`[${name}]`)) {
            for (const id of node.getAttribute(name).split(/\s+/)) {
                if (!ids.has(id)) problems.push(`${name} of ${describe(node)} names the missing id ${id}`);
            }
        }
    }

    const nameOf = (node) =>
        node.getAttribute('aria-label') ??
        node.getAttribute('aria-labelledby')?.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(' ') ??
        ([...(node.labels ?? [])].map((label) => label.textContent).join(' ') || node.textContent);
    for (const control of document.querySelectorAll('button, input, select, textarea, a[href], summary, [tabindex="0"]')) {
        if (shown(control) && nameOf(control).trim() === '') problems.push(`no name: ${describe(control)}`);
    }
    for (const image of document.querySelectorAll('svg, img')) {
        if (image.getAttribute('aria-hidden') !== 'true' && !image.hasAttribute('aria-label') && !image.alt) {
            problems.push(`image without a name that is not hidden: ${describe(image.parentElement)}`);
        }
    }

    // Contrast, WCAG 2.2 §1.4.3. Colours are resolved by a canvas, whatever their notation.
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgba = (colour) => {
        context.clearRect(0, 0, 1, 1);
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        return context.getImageData(0, 0, 1, 1).data;
    };
    const luminance = (colour) => {
        const [r, g, b] = [...colour].slice(0, 3).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const backgroundOf = (node) => {
        for (let at = node; at !== null; at = at.parentElement) {
            const colour = rgba(getComputedStyle(at).backgroundColor);
            if (colour[3] === 255) return colour;
        }
        return [255, 255, 255, 255];
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
        const node = text.parentElement;
        if (text.data.trim() === '' || !shown(node) || node.closest('.visually-hidden, .skip, :disabled, script, style')) continue;
        const style = getComputedStyle(node);
        const [a, b] = [luminance(rgba(style.color)), luminance(backgroundOf(node))].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        if (ratio < (large ? 3 : 4.5)) problems.push(`contrast ${ratio.toFixed(2)} of ${describe(node)}`);
    }

    if (document.documentElement.scrollWidth > innerWidth + 1) problems.push(`scrolls sideways at ${innerWidth} px`);
    return problems;
}
