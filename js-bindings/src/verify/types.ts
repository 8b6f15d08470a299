// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The types of `./verify` and `./verify-inline`.
export type { Accepted, Check, Refused, TrustLevel, Verdict } from './verdict.js'
export type { HexOrBytes, Measurement, Policy, PolicyInput, ChatProfile, CompletionsProfile, Profile, Root, Time } from './policy.js'
export type { AttestationVerdict, GenuineAttestationVerdict } from './attestation.js'
export type { GenuineNitro, NitroClaims, NitroGenuineInput, NitroInput, VerifiedNitro } from './nitro.js'
export type { Platform } from './platform.js'
export type { ReceiptAnchor, ReceiptInput, ReceiptStatement, ReceiptStreamInput, VerifiedReceipt } from './receipt.js'
export type { ReceiptStream, ReceiptStreamClass, UnkeptReceipt } from './receipt_stream.js'
export type {
  EcdsaInput, Ed25519Input, Ed25519Rule, EthBytes, LowS, P256Input, P384Input, RecoverInput, RecoveredAddress, RsaPkcs1Input, RsaPssInput,
  SchnorrInput, SignedBy,
} from './signatures.js'
export type { Batch } from './batch.js'
export type { Erc1271Answer, Erc1271Call, Erc1271Input, Message, MessageDigest, MessageInput, SignedByAccount, WalletSignature } from './message.js'
export type {
  ChainNumber, DecodeNumberInput, DecodedNumber, EncodeNumberInput, EncodedNumber, EventInput, EventLog, Heartbeat, HeartbeatInput, InferenceEvent,
  ModelInput, ModelOutput, NumberTensor, SettledLeaf, Settlement, SettlementClaim, SettlementEvent, SettlementInput, SettlementLeaf, StringTensor, VerifiedHeartbeat,
} from './settlement.js'
export type {
  OhttpConfig, OhttpConfigInput, OhttpContext, OhttpMediaType, OpenInput, OpenedOhttpResponse, SealInput, SealedOhttpRequest, VerifiedOhttpConfig,
} from './ohttp.js'
export type { OhttpStream, OhttpStreamClass, OhttpStreamInput, OpenedOhttpStream } from './ohttp_stream.js'
export type {
  GenuineTdxQuote, PlatformTcb, SgxClaims, SignedTdxQuote, TcbStatus, TdClaims, TdxClaims, TdxCollateral, TdxGenuineInput, TdxInput, TdxMeasurement, TdxPolicy,
  TdxSignatureInput, VerifiedTdxQuote,
} from './tdx.js'
export type {
  GenuineSnpReport, SnpCertificates, SnpClaims, SnpGenuineInput, SnpInput, SnpLine, SnpMeasurement, SnpPolicy, SnpRoots, SnpTcb, VerifiedSnpReport,
} from './snp.js'
export type { TypedData, TypedDataHashes, TypedDataInput, TypedDataSignature, TypedDataValue } from './typed_data.js'
export type {
  AssumableLink, AttestedEnclave, EvidenceArguments, EvidenceInput, EvidencePolicy, ProofJudge, ProofKey, ProofTask, VerifiedEvidence,
} from './evidence.js'
export type { BundledProof, EzklInstance, EzklProof, SnarkProof } from './proof_value.js'
export type { Sha256 } from './pin.js'
export type { Verifier } from './sync.js'
export type { WasmOptions, WasmSource } from '../loader/source.js'
export type {
  BlockAnchor, ChainConfig, Checkpoint, HeaderInput, Ics23Input, MptInput, ProvenAccount, ProvenReceipt, ReceiptProofInput, RegisteredTee, RegistryContract,
  RegistryInput, RegistryQuery, RegistrySlots, RegistrySlotsInput, StoreProofInput, TrustedBlock,
} from './chain.js'
export type { DecodedRegistration, StorageBytesInput, TrieProofInput, TxResultInput } from './chain_parts.js'
export type { StorageSlotInput, StorageStep } from './storage_slot.js'
export type { Fork, ForkInput } from './fork.js'
