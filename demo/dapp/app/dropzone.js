// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The evidence intake: drop zone, file picker and the list of parts that are present.
import { el, icon } from './dom.js';
import { BUNDLED, readEvidence, ROLE_NAMES, ROLES, sizeText } from './evidence.js';

/**
 * @param {{ drop: Element, pick: HTMLInputElement, slots: Element }} ui
 * @param {(parts: Map<string, { role: string, name: string, bytes: Uint8Array }>, problems: string[]) => void} changed
 */
export function createIntake(ui, changed) {
    const parts = new Map();

    function slot(role) {
        const part = parts.get(role);
        const remove = () => {
            parts.delete(role);
            update();
            ui.pick.focus();
        };
        return el('li', { 'data-role': role, 'data-filled': part !== undefined },
            icon(part === undefined ? 'waiting' : 'passed'),
            el('span', {}, ROLE_NAMES[role]),
            el('span', { class: 'file', title: part && `${part.name}, ${sizeText(part.bytes.length)}` },
                part?.name ?? 'none'),
            part === undefined ? null
                : el('button', { type: 'button', 'aria-label': `Remove ${ROLE_NAMES[role].toLowerCase()}`, onclick: remove }, 'Remove'));
    }

    /** A bundle takes the place of what it carries, and the reverse: two answers to one question decide nothing. */
    function put(part) {
        if (part.role === 'bundle') BUNDLED.forEach((role) => parts.delete(role));
        else if (BUNDLED.includes(part.role)) parts.delete('bundle');
        parts.set(part.role, part);
    }

    function update(problems = []) {
        ui.slots.replaceChildren(...ROLES.map(slot));
        changed(parts, problems);
    }

    async function take(files) {
        const problems = [];
        for (const file of files) {
            try {
                (await readEvidence(file)).forEach(put);
            } catch (error) {
                problems.push(error.message);
            }
        }
        update(problems);
    }

    ui.pick.addEventListener('change', async () => {
        await take([...ui.pick.files]);
        ui.pick.value = '';
    });
    ui.drop.addEventListener('dragover', (event) => {
        event.preventDefault();
        ui.drop.setAttribute('data-over', '');
    });
    ui.drop.addEventListener('dragleave', () => ui.drop.removeAttribute('data-over'));
    ui.drop.addEventListener('drop', (event) => {
        event.preventDefault();
        ui.drop.removeAttribute('data-over');
        void take([...event.dataTransfer.files]);
    });
    // A file that misses the zone would otherwise replace the page.
    for (const name of ['dragover', 'drop']) {
        window.addEventListener(name, (event) => event.preventDefault());
    }
    update();

    return {
        /** Replaces every part, e.g. by those of a sample. */
        replace(next) {
            parts.clear();
            next.forEach(put);
            update();
        },
        parts,
    };
}
