// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The types of `./verify` and `./verify-inline`.
export type { Accepted, Check, Refused, TrustLevel, Verdict } from './verdict.js'
export type { HexOrBytes, Measurement, Policy, PolicyInput, Profile, Root, Time } from './policy.js'
export type { GenuineNitro, NitroClaims, NitroGenuineInput, NitroInput, VerifiedNitro } from './nitro.js'
export type { Platform } from './p384_platform.js'
export type { ReceiptAnchor, ReceiptInput, VerifiedReceipt } from './receipt.js'
export type { EcdsaInput, EthBytes, LowS, P384Input, RecoverInput, RecoveredAddress, RsaPssInput, SignedBy } from './signatures.js'
export type { Verifier } from './sync.js'
export type { WasmOptions, WasmSource } from '../loader/source.js'
