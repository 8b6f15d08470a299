// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Terminal output: colour only for a person at a terminal, and never against NO_COLOR.

const COLOURS = { green: 32, red: 31, yellow: 33, blue: 34, dim: 2, bold: 1 };
const WIDTH = 96;

export function createPrinter(stream = process.stdout, env = process.env) {
    const coloured = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
    const paint = (colour, text) => (coloured ? `\x1b[${COLOURS[colour]}m${text}\x1b[0m` : text);
    const line = (text = '') => stream.write(`${text}\n`);

    /** Breaks text at spaces so that it stays beside its label. */
    function wrap(text, width) {
        const lines = [];
        let current = '';
        for (const word of text.split(/\s+/)) {
            if (current !== '' && current.length + 1 + word.length > width) {
                lines.push(current);
                current = word;
            } else current = current === '' ? word : `${current} ${word}`;
        }
        return [...lines, current];
    }

    return {
        paint,
        line,
        heading(text, aside = '') {
            line();
            line(`${paint('bold', text)}${aside === '' ? '' : `  ${paint('dim', aside)}`}`);
        },
        /** One result: a symbol, a word, what it is about, and how long it took. */
        result(colour, symbol, word, subject, ms) {
            const time = ms === undefined ? '' : `  ${paint('dim', `${ms.toFixed(ms < 1 ? 3 : 1)} ms`)}`;
            line(`  ${paint(colour, `${symbol} ${word.padEnd(8)}`)}  ${subject}${time}`);
        },
        /** A label and its text, wrapped. */
        field(label, text) {
            const indent = 14 + 14;
            wrap(text, WIDTH - indent).forEach((part, i) => {
                line(`${' '.repeat(14)}${paint('dim', (i === 0 ? label : '').padEnd(14))}${part}`);
            });
        },
    };
}
