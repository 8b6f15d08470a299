// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Serves the demo page on the loopback interface only, with the headers that a careful dApp sends:
// a CSP without inline or remote code, and the isolation headers that threads need.
//   node demo/serve.mjs [--port N]      N = 0 picks a free port; default 4173
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { packageRoot } from './package.mjs';

export const CSP = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'self'";

const HEADERS = {
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
};

const TYPES = {
    '.html': 'text/html; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.mjs': 'text/javascript; charset=utf-8',
    '.json': 'application/json; charset=utf-8',
    '.txt': 'text/plain; charset=utf-8',
    '.svg': 'image/svg+xml; charset=utf-8',
    '.wasm': 'application/wasm',
};

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Longest prefix first; what is not listed here cannot be fetched. */
const defaultMounts = () => [
    ['/assay/', join(packageRoot(), 'dist')],
    ['/samples/', join(HERE, 'samples')],
    ['/', join(HERE, 'dapp')],
];

function locate(mounts, url) {
    let path;
    try {
        path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    } catch {
        return undefined;
    }
    if (path.includes('\0') || path.includes('\\')) return undefined;
    const [prefix, folder] = mounts.find(([start]) => path.startsWith(start)) ?? [];
    if (folder === undefined) return undefined;
    const rest = path.slice(prefix.length);
    const file = join(folder, rest === '' || rest.endsWith('/') ? `${rest}index.html` : rest);
    return file.startsWith(folder + sep) ? file : undefined;
}

const typeOf = (path) => TYPES[extname(path)] ?? 'application/octet-stream';

async function answer({ mounts, texts, headers }, request, response) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.writeHead(405, { ...headers, allow: 'GET, HEAD' }).end();
        return;
    }
    const text = texts.get(request.url);
    if (text !== undefined) {
        response.writeHead(200, { ...headers, 'content-type': typeOf(request.url) }).end(text);
        return;
    }
    const file = locate(mounts, request.url ?? '/');
    const info = file === undefined ? undefined : await stat(file).catch(() => undefined);
    if (!info?.isFile()) {
        response.writeHead(404, { ...headers, 'content-type': TYPES['.txt'] }).end('not found\n');
        return;
    }
    response.writeHead(200, { ...headers, 'content-type': typeOf(file), 'content-length': info.size });
    if (request.method === 'HEAD') response.end();
    else createReadStream(file).on('error', () => response.destroy()).pipe(response);
}

/**
 * Starts the server. For tests and benchmarks: `requests` receives the path of every request, `texts`
 * holds made files by path, `csp` null leaves the policy out.
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>}
 */
export async function serve({ port = 0, mounts = defaultMounts(), requests = undefined, texts = new Map(), csp = CSP } = {}) {
    const site = {
        mounts: [...mounts].sort(([a], [b]) => b.length - a.length),
        texts,
        headers: csp === null ? HEADERS : { 'content-security-policy': csp, ...HEADERS },
    };
    const server = createServer((request, response) => {
        requests?.push(request.url);
        answer(site, request, response).catch(() => response.destroy());
    });
    await new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', resolve);
    });
    return {
        origin: `http://127.0.0.1:${server.address().port}`,
        close: () =>
            new Promise((resolve) => {
                server.close(resolve);
                server.closeAllConnections();
            }),
    };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
    const at = process.argv.indexOf('--port');
    const port = at < 0 ? Number(process.env.PORT ?? 4173) : Number(process.argv[at + 1]);
    try {
        const { origin } = await serve({ port });
        console.log(`Assay demo: ${origin}/\nStop with Ctrl-C.`);
    } catch (error) {
        if (error.code !== 'EADDRINUSE') throw error;
        console.error(`Port ${port} is taken. Choose another: node demo/serve.mjs --port N`);
        process.exitCode = 1;
    }
}
