// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the cases call of other packages, in Node as installed and in a browser as bundled by bundle.mjs.
import * as confio from '@confio/ics23'
import { RLP } from '@ethereumjs/rlp'
import { verifyMerkleProof } from '@ethereumjs/mpt'
import * as evervault from '@evervault/wasm-attestation-bindings'
import { SignedAttestation } from '@0xsequence/tee-verifier'
import { bn254 } from '@noble/curves/bn254.js'
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { TypedDataEncoder } from 'ethers/hash'
import { createKeccak } from 'hash-wasm'
import sodium from 'libsodium-wrappers'
import mcl from 'mcl-wasm'
import * as snarkjs from 'snarkjs'
import * as tiny from 'tiny-secp256k1'

export { openMbedtls } from './mbedtls/index.mjs'
export const ethereumjs = { RLP, verifyMerkleProof }
export const openSodium = async () => {
  await sodium.ready
  return sodium
}
export { bn254, confio, createKeccak, evervault, keccak_256, mcl, schnorr, secp256k1, SignedAttestation, snarkjs, tiny, TypedDataEncoder }
