// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// WebKitGTK by WebKitWebDriver under a virtual display: plain W3C WebDriver over fetch.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

export const name = 'webkit';

const DRIVER = process.env.ASSAY_WEBKIT_DRIVER ?? '/usr/bin/WebKitWebDriver';

/** MiniBrowser lies in the multiarch library directory, e.g. /usr/lib/x86_64-linux-gnu/webkit2gtk-4.1. */
function miniBrowser() {
    if (process.env.ASSAY_MINIBROWSER) return process.env.ASSAY_MINIBROWSER;
    return readdirSync('/usr/lib')
        .map((folder) => join('/usr/lib', folder, 'webkit2gtk-4.1', 'MiniBrowser'))
        .find((path) => existsSync(path));
}

export const available = () => existsSync(DRIVER) && existsSync('/usr/bin/xvfb-run') && miniBrowser() !== undefined;

const KEYS = { Tab: '\uE004', Enter: '\uE007', Space: ' ', ArrowRight: '\uE014', ArrowLeft: '\uE012', ArrowDown: '\uE015', ArrowUp: '\uE013', End: '\uE010', Home: '\uE011' };
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

function freePort() {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function start() {
    const port = await freePort();
    const child = spawn('xvfb-run', ['-a', '-s', '-screen 0 1400x1000x24', DRIVER, `--port=${port}`], {
        detached: true, // a process group of its own, so that the display ends with it
        stdio: 'ignore',
        env: { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1' },
    });
    const base = `http://127.0.0.1:${port}`;
    for (let i = 0; i < 150; i += 1) {
        const up = await fetch(`${base}/status`).then((r) => r.ok, () => false);
        if (up) return { child, base };
        await wait(200);
    }
    stop(child);
    throw new Error('WebKitWebDriver did not answer');
}

function stop(child) {
    try {
        process.kill(-child.pid, 'SIGTERM');
    } catch {
        // Already gone.
    }
}

export async function launch() {
    const { child, base } = await start();
    const call = async (method, path, body) => {
        const response = await fetch(`${base}${path}`, {
            method,
            ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        });
        const { value } = await response.json();
        if (!response.ok) throw new Error(`WebDriver: ${value?.error}: ${value?.message}`);
        return value;
    };
    let session;
    try {
        const { sessionId } = await call('POST', '/session', {
            capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] } } },
        });
        session = `/session/${sessionId}`;
        await call('POST', `${session}/timeouts`, { script: 120000, pageLoad: 60000 });
        await call('POST', `${session}/window/rect`, { width: 1280, height: 950 });
    } catch (error) {
        stop(child);
        throw error;
    }
    const find = async (selector) =>
        (await call('POST', `${session}/element`, { using: 'css selector', value: selector }))[ELEMENT];
    const evaluate = async (expression) => {
        const script = 'const done = arguments[arguments.length - 1];' +
            `Promise.resolve(${expression}).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
        const outcome = await call('POST', `${session}/execute/async`, { script, args: [] });
        if (outcome.error !== undefined) throw new Error(outcome.error);
        return outcome.value;
    };
    return {
        errors: null, // this driver reports no page errors
        open: (url) => call('POST', `${session}/url`, { url }),
        evaluate,
        click: async (selector) => call('POST', `${session}/element/${await find(selector)}/click`, {}),
        press: async (key) => {
            const value = KEYS[key] ?? key;
            await call('POST', `${session}/actions`, {
                actions: [{ type: 'key', id: 'keyboard', actions: [{ type: 'keyDown', value }, { type: 'keyUp', value }] }],
            });
        },
        setFiles: async (selector, files) =>
            call('POST', `${session}/element/${await find(selector)}/value`, { text: files.join('\n') }),
        resize: (width, height) => call('POST', `${session}/window/rect`, { width, height }),
        colourScheme: null,
        screenshot: async (path) => writeFile(path, Buffer.from(await call('GET', `${session}/screenshot`), 'base64')),
        close: async () => {
            await call('DELETE', session).catch(() => undefined);
            stop(child);
        },
    };
}
