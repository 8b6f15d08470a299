// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// createChainVerifier in a page against a stub of a chain on another origin: what it asks for passes a browser's rules for
// requests across origins, preflight included. pages/chain.js does the work.
import { served, startServers } from '../js/support/chain_servers.mjs';
import { CHAIN, REGISTRY, T, TEE, hex, makeWorld } from '../vectors/generate/lib/synthetic.mjs';
import { CSP, serve } from '../../demo/serve.mjs';
import { pageSuite } from './suite_package.mjs';

export async function chainSuite(report, driver, engine, mounts) {
    // 150 validators fill two pages, so that no question is answered with an error, which a console would show.
    const world = makeWorld({ count: 150 });
    const chain = await startServers({ honest: served(world), liar: served(makeWorld({ count: 150, registry: { enabled: false } })) });
    const settings = {
        policy: { chainId: CHAIN, checkpoint: { height: 100, headerHash: world.anchor.hash }, registry: { address: hex(REGISTRY) } },
        endpoints: { cometbft: chain.comet('honest'), evm: chain.evm('liar', 'honest') }, teeId: hex(TEE), now: T + 10,
    };
    const requests = [];
    const csp = `${CSP}; connect-src 'self' ${new URL(chain.at('')).origin}`;
    const server = await serve({ requests, mounts, csp, texts: new Map([['/tests/chain.json', JSON.stringify(settings)]]) });
    try {
        await pageSuite(report, driver, engine, { origin: server.origin, requests }, 'chain');
        await report.test(`${engine.name}: chain: the servers were asked`, () => {
            if (chain.seen.requests === 0) throw new Error('no request arrived');
        });
    } finally {
        await server.close();
        await chain.close();
    }
}
