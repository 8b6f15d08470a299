// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The demo's static server: headers, types, and that nothing beside its folders can be read.
import { request } from 'node:http';

import { CSP, serve } from '../../demo/serve.mjs';
import { equal } from './report.mjs';

/** A raw request: fetch would normalise the path before it is sent. */
function get(origin, path, method = 'GET') {
    const { hostname, port } = new URL(origin);
    return new Promise((resolve, reject) => {
        request({ hostname, port, path, method }, (response) => {
            response.resume();
            response.on('end', () => resolve(response));
        }).on('error', reject).end();
    });
}

const OUTSIDE = ['/../serve.mjs', '/%2e%2e/serve.mjs', '/..%2fserve.mjs', '/app/../../serve.mjs', '/samples/../../package.json', '/%00', '/%', '/app/..%5c..%5cserve.mjs'];

export async function serverSuite(report, mounts) {
    const server = await serve({ mounts });
    try {
        await report.test('server: CSP, isolation and type of the page', async () => {
            const { statusCode, headers } = await get(server.origin, '/');
            equal(statusCode, 200, 'status');
            equal(headers['content-security-policy'], CSP, 'CSP');
            equal(headers['cross-origin-opener-policy'], 'same-origin', 'COOP');
            equal(headers['cross-origin-embedder-policy'], 'require-corp', 'COEP');
            equal(headers['content-type'], 'text/html; charset=utf-8', 'type');
        });
        await report.test('server: type of WebAssembly', async () => {
            equal((await get(server.origin, '/assay/wasm/verify.wasm')).headers['content-type'], 'application/wasm', 'type');
        });
        for (const path of OUTSIDE) {
            await report.test(`server: ${path} is not found`, async () => equal((await get(server.origin, path)).statusCode, 404, 'status'));
        }
        await report.test('server: only reads', async () => equal((await get(server.origin, '/', 'POST')).statusCode, 405, 'status'));
        await report.test('server: the loopback interface only', () => equal(new URL(server.origin).hostname, '127.0.0.1', 'address'));
    } finally {
        await server.close();
    }
}
