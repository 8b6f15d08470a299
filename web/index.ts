// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// `assay-wasm/web`: what only a browser has. Importing does nothing.
export { HostedModel } from './hosted_model.js'
export { WorkerHost, createWorkerHost } from './host.js'
export type { CallOptions, HostedRunOptions } from './hosted_model.js'
export type { HostedLoadOptions, WorkerHostOptions, WorkerLike } from './host.js'
export { ChainVerifier, createChainVerifier } from './chain/verifier.js'
export type { ChainEvidence } from './chain/verifier.js'
export type { ForkEvidence } from './chain/fork.js'
export type { ChainEndpoints, ChainPolicy, ChainVerifierOptions, VerifyTeeOptions } from './chain/settings.js'
export type { AccountQuery, ProvenSettlement, SettlementQuery } from './chain/settlement.js'
export type { Provider } from './chain/fallback.js'
export type { RpcOptions, Traffic } from './chain/rpc.js'
