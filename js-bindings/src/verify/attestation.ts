// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the three families of attestation have in common: `kind` tells them apart, `debug` means the same for all.
import type { GenuineNitro, VerifiedNitro } from './nitro.js'
import type { GenuineSnpReport, VerifiedSnpReport } from './snp.js'
import type { GenuineTdxQuote, SignedTdxQuote, VerifiedTdxQuote } from './tdx.js'
import type { Verdict } from './verdict.js'

type Verified = VerifiedNitro | VerifiedTdxQuote | VerifiedSnpReport
type Genuine = GenuineNitro | GenuineTdxQuote | SignedTdxQuote | GenuineSnpReport

/** The verdict over an attestation under a policy; of any family, unless `T` names one. */
export type AttestationVerdict<T extends Verified = Verified> = Verdict<T>

/** The same without a policy: `genuine` at most. */
export type GenuineAttestationVerdict<T extends Genuine = Genuine> = Verdict<T>
