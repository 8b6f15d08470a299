// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Own vectors of the family `nitro_synth`: documents under own roots, each breaking one rule of
// attestation.md §1 (or none), with at least one row per NITRO_ code.
import { encode, head, indefiniteArray, indefiniteMap, Raw } from './lib/cbor.mjs'
import { ecKey, orderOf, rawSignature, signMessage } from './lib/ecdsa.mjs'
import { nothing, oid, sequence } from './lib/der.mjs'
import { chain, coseSign1, ogPcrHash, ogUserData, payloadMap, pcr } from './lib/nitro.mjs'
import { rsaKey } from './lib/rsa.mjs'
import { seeded, toBytes } from './lib/seed.mjs'
import {
  basicConstraints, CERTIFICATE_SIGN, DIGITAL_SIGNATURE, ECDSA_SHA256, extension, keyIdentifier, keyUsage,
  authorityKeyIdentifier, subjectKeyIdentifier, usualExtensions,
} from './lib/x509.mjs'

const NOW = 1795000000
const hex = (bytes) => Buffer.from(bytes).toString('hex')
const PCRS = new Map([0, 1, 2, 8].map((index) => [index, pcr(`vectors ${index}`)]))
const PINS = Object.fromEntries([0, 1, 2].map((index) => [index, hex(PCRS.get(index))]))
const POLICY = { measurements: [PINS], max_age_s: 300, max_skew_s: 60 }
const usual = chain('Vectors', NOW)
const usualCertificates = usual.build()

const rows = []

/**
 * One row. `links` edits the certificate arguments, `certificates` the built list, `fields` the payload members,
 * `payload` the encoded payload, `cose` the options of coseSign1, `document` the finished bytes.
 */
function row(group, expect, {
  links, certificates = (list) => list, fields = {}, pcrs = PCRS, timestamp = (NOW - 10) * 1000, payload = (map) => encode(map),
  cose = {}, document = (bytes) => bytes, root = (list) => list[0], now = NOW, policy = POLICY,
} = {}) {
  let list = usualCertificates
  if (links) {
    const changed = chain('Vectors', NOW)
    links(changed.links)
    list = changed.build()
  }
  const pinned = root(list)
  list = certificates(list)
  const body = payload(payloadMap({ certificates: list, pcrs, timestamp }, fields))
  const bytes = document(coseSign1(usual.leafKey, body, typeof cose === 'function' ? cose(body) : cose))
  rows.push({
    id: `${group}-${String(rows.length).padStart(3, '0')}`,
    class: group,
    doc_b64: Buffer.from(bytes).toString('base64'),
    root_der_b64: Buffer.from(pinned).toString('base64'),
    now,
    policy,
    expect,
    ...(expect === 'OK' ? { pcrs: Object.fromEntries([...pcrs].map(([index, value]) => [index, hex(value)])), timestamp_ms: timestamp } : {}),
  })
}
const withPolicy = (more) => ({ ...POLICY, ...more })

// Accepted forms
row('ok_plain', 'OK')
row('ok_authenticate', 'OK', { policy: null })
row('ok_tagged', 'OK', { cose: { tagged: true } })
row('ok_indefinite_payload', 'OK', { payload: (map) => indefiniteMap([...map]).bytes })
row('ok_indefinite_bundle', 'OK', { fields: { cabundle: indefiniteArray(usualCertificates.slice(0, -1)) } })
row('ok_og_pcr_hash', 'OK', { policy: withPolicy({ measurements: [{ og_pcr_hash: hex(ogPcrHash(PCRS)) }] }) })
row('ok_age_at_limit', 'OK', { timestamp: (NOW - 300) * 1000 })
row('ok_skew_at_limit', 'OK', { timestamp: (NOW + 60) * 1000 + 999 })
row('ok_unknown_field', 'OK', { fields: { extra: [1, 'x', null] } })
row('ok_unprotected_alg', 'OK', { cose: { unprotected: encode(new Map([[1, -7]])) } })
row('ok_second_entry', 'OK', { policy: withPolicy({ measurements: [{ ...PINS, 0: '11'.repeat(48) }, PINS] }) })
const high = (body) => {
  const bytes = (value) => Buffer.concat([head(2, value.length), value])
  const toSign = Buffer.concat([Buffer.from([0x84]), encode('Signature1'), bytes(Buffer.from('a1013822', 'hex')), Buffer.from([0x40]), bytes(body)])
  const made = signMessage(usual.leafKey, toSign)
  return { signature: rawSignature(usual.leafKey, { r: made.r, s: orderOf(usual.leafKey) - made.s }) }
}
row('ok_other_half_of_s', 'OK', { cose: high })

// Step 0: the policy
row('policy_no_measurements', 'NITRO_PCR_POLICY_EMPTY', { policy: { max_age_s: 300 } })
row('policy_empty_list', 'NITRO_PCR_POLICY_EMPTY', { policy: withPolicy({ measurements: [] }) })
row('policy_two_pins', 'NITRO_PCR_POLICY_EMPTY', { policy: withPolicy({ measurements: [{ 0: PINS[0], 1: PINS[1] }] }) })
row('policy_short_pin', 'NITRO_PCR_POLICY_EMPTY', { policy: withPolicy({ measurements: [PINS, { ...PINS, 2: '00' }] }) })
row('policy_before_document', 'NITRO_PCR_POLICY_EMPTY', { policy: withPolicy({ measurements: [] }), document: () => Buffer.from('00', 'hex') })

// Limits
row('limit_document', 'NITRO_LIMIT', { document: (bytes) => Buffer.concat([bytes, Buffer.alloc(16385 - bytes.length)]) })
row('limit_user_data', 'NITRO_LIMIT', { fields: { user_data: Buffer.alloc(1025, 7) } })
row('limit_module_id', 'NITRO_LIMIT', { fields: { module_id: 'm'.repeat(257) } })
row('limit_bundle', 'NITRO_LIMIT', { certificates: (list) => [...Array(9).fill(list[0]), list.at(-1)] })
const nested = (depth) => new Raw(Buffer.concat([Buffer.alloc(depth, 0x81), Buffer.from([0])]))
row('limit_depth', 'NITRO_LIMIT', { fields: { extra: nested(8) } })
row('ok_depth_at_limit', 'OK', { fields: { extra: nested(7) } })
row('limit_declared_elements', 'NITRO_LIMIT', { fields: { extra: new Raw(head(4, 65)) } })
row('limit_declared_2_64', 'NITRO_LIMIT', { fields: { extra: new Raw(head(4, (1n << 64n) - 1n)) } })

// CBOR and structure
row('cbor_empty', 'NITRO_MALFORMED', { document: () => Buffer.alloc(0) })
row('cbor_cut', 'NITRO_MALFORMED', { document: (bytes) => bytes.subarray(0, -1) })
row('cbor_left_over', 'NITRO_MALFORMED', { cose: { tail: Buffer.from([0]) } })
row('cbor_two_tags', 'NITRO_MALFORMED', { document: (bytes) => Buffer.concat([Buffer.from([0xd2, 0xd2]), bytes]) })
row('cbor_float', 'NITRO_MALFORMED', { fields: { extra: new Raw(Buffer.from('f93c00', 'hex')) } })
row('cbor_undefined', 'NITRO_MALFORMED', { fields: { extra: new Raw(Buffer.from('f7', 'hex')) } })
row('cbor_tag_inside', 'NITRO_MALFORMED', { fields: { extra: new Raw(Buffer.from('c100', 'hex')) } })
row('cbor_indefinite_text', 'NITRO_MALFORMED', { fields: { extra: new Raw(Buffer.from('7f6161ff', 'hex')) } })
row('cbor_bad_utf8', 'NITRO_MALFORMED', { fields: { extra: new Raw(Buffer.from('62c080', 'hex')) } })
row('cbor_two_byte_simple', 'NITRO_MALFORMED', { fields: { extra: new Raw(Buffer.from('f816', 'hex')) } })
row('cbor_info_28', 'NITRO_MALFORMED', { fields: { extra: new Raw(Buffer.from('1c', 'hex')) } })
row('cbor_length_past_end', 'NITRO_MALFORMED', { fields: { extra: new Raw(head(2, (1n << 64n) - 1n)) } })
row('cbor_equal_keys', 'NITRO_MALFORMED', { fields: { extra: new Raw(Buffer.from('a20500180500', 'hex')) } })
row('cbor_key_is_bytes', 'NITRO_MALFORMED', { fields: { extra: new Raw(Buffer.from('a1410000', 'hex')) } })
for (const name of ['module_id', 'digest', 'timestamp', 'pcrs', 'certificate', 'cabundle'])
  row(`field_no_${name}`, 'NITRO_MALFORMED', { fields: { [name]: undefined } })
row('field_empty_module_id', 'NITRO_MALFORMED', { fields: { module_id: '' } })
row('field_zero_timestamp', 'NITRO_MALFORMED', { fields: { timestamp: 0 } })
row('field_negative_timestamp', 'NITRO_MALFORMED', { fields: { timestamp: -1 } })
row('field_no_pcr', 'NITRO_MALFORMED', { fields: { pcrs: new Map() } })
row('field_pcr_32', 'NITRO_MALFORMED', { fields: { pcrs: new Map([...PCRS, [32, Buffer.alloc(48)]]) } })
row('field_pcr_of_32_bytes', 'NITRO_MALFORMED', { fields: { pcrs: new Map([...PCRS, [9, Buffer.alloc(32)]]) } })
row('field_nonce_is_text', 'NITRO_MALFORMED', { fields: { nonce: 'x' } })
row('field_empty_bundle', 'NITRO_MALFORMED', { fields: { cabundle: [] } })
row('cose_crit', 'NITRO_MALFORMED', { cose: { protectedBytes: encode(new Map([[1, -35], [2, [1]]])) } })
row('certificate_cut', 'NITRO_MALFORMED', { certificates: (list) => [...list.slice(0, -1), list.at(-1).subarray(0, -1)] })
row('certificate_left_over', 'NITRO_MALFORMED', { certificates: (list) => [...list.slice(0, -1), Buffer.concat([list.at(-1), Buffer.from([0])])] })
row('certificate_repeated_extension', 'NITRO_MALFORMED', { links: (all) => { all[3].extensions = [...usualExtensions(all[3]), keyUsage(DIGITAL_SIGNATURE)] } })
row('certificate_point_off_curve', 'NITRO_MALFORMED', { links: (all) => { const spki = Buffer.from(all[3].key.spki); spki[spki.length - 1] ^= 1; all[3].spki = spki } })

// Algorithms
row('alg_no_protected', 'NITRO_ALG_UNSUPPORTED', { cose: { protectedBytes: Buffer.alloc(0) } })
row('alg_es256', 'NITRO_ALG_UNSUPPORTED', { cose: { protectedBytes: encode(new Map([[1, -7]])) } })
row('alg_absent', 'NITRO_ALG_UNSUPPORTED', { cose: { protectedBytes: encode(new Map()) } })
row('alg_digest', 'NITRO_ALG_UNSUPPORTED', { fields: { digest: 'SHA256' } })
row('alg_certificate_sha256', 'NITRO_ALG_UNSUPPORTED', { links: (all) => { all[2].algorithm = ECDSA_SHA256; all[2].hash = 'sha256' } })
row('alg_inner_differs', 'NITRO_ALG_UNSUPPORTED', { links: (all) => { all[2].outerAlgorithm = ECDSA_SHA256 } })
row('alg_with_parameters', 'NITRO_ALG_UNSUPPORTED', { links: (all) => { all[2].algorithm = sequence(oid('1.2.840.10045.4.3.3'), nothing()) } })
row('alg_leaf_on_p256', 'NITRO_ALG_UNSUPPORTED', { links: (all) => { all[3].spki = ecKey('vectors p256 leaf', 'P-256').spki } })
row('alg_leaf_rsa', 'NITRO_ALG_UNSUPPORTED', { links: (all) => { all[3].spki = rsaKey('vectors gateway').spki } })

// Chain
const other = chain('Other', NOW).build()
row('chain_other_root', 'NITRO_CHAIN_UNTRUSTED', { root: () => other[0] })
row('chain_own_root_in_bundle', 'NITRO_CHAIN_UNTRUSTED', { certificates: () => other, root: () => usualCertificates[0] })
row('chain_reversed', 'NITRO_CHAIN_UNTRUSTED', { certificates: (list) => [...list.slice(0, -1).reverse(), list.at(-1)] })
row('chain_link_missing', 'NITRO_CHAIN_UNTRUSTED', { certificates: (list) => [list[0], list[2], list[3]] })
row('chain_link_repeated', 'NITRO_CHAIN_UNTRUSTED', { certificates: (list) => [list[0], list[1], list[1], list[2], list[3]] })
row('chain_issuer_name', 'NITRO_CHAIN_UNTRUSTED', { links: (all) => { all[3].issuer = 'Somebody' } })
row('chain_key_identifier', 'NITRO_CHAIN_UNTRUSTED', {
  links: (all) => { all[3].extensions = [basicConstraints(false), keyUsage(DIGITAL_SIGNATURE, false), subjectKeyIdentifier(keyIdentifier(all[3].key)), authorityKeyIdentifier(seeded('aki', 20))] },
})
row('chain_signature', 'NITRO_CHAIN_UNTRUSTED', { links: (all) => { all[2].changeSignature = (bytes) => Buffer.from(bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte))) } })
row('chain_signed_by_another', 'NITRO_CHAIN_UNTRUSTED', { links: (all) => { all[3].issuerKey = ecKey('vectors stranger'); all[3].extensions = [basicConstraints(false), keyUsage(DIGITAL_SIGNATURE, false)] } })

// Constraints
row('constraint_version_1', 'NITRO_CERT_CONSTRAINT', { links: (all) => { all[3].version = 0 } })
row('constraint_critical_unknown', 'NITRO_CERT_CONSTRAINT', { links: (all) => { all[3].extensions = [...usualExtensions(all[3]), extension('1.3.6.1.4.1.99999.1', true, Buffer.from([5, 0]))] } })
row('constraint_intermediate_no_ca', 'NITRO_CERT_CONSTRAINT', { links: (all) => { all[2].extensions = [basicConstraints(false), keyUsage(CERTIFICATE_SIGN)] } })
row('constraint_intermediate_no_cert_sign', 'NITRO_CERT_CONSTRAINT', { links: (all) => { all[2].extensions = [basicConstraints(true, 0), keyUsage(DIGITAL_SIGNATURE)] } })
row('constraint_path_length', 'NITRO_CERT_CONSTRAINT', { links: (all) => { all[1].pathLength = 0 } })
row('constraint_leaf_is_ca', 'NITRO_CERT_CONSTRAINT', { links: (all) => { all[3].extensions = [basicConstraints(true), keyUsage(DIGITAL_SIGNATURE)] } })
row('constraint_leaf_usage', 'NITRO_CERT_CONSTRAINT', { links: (all) => { all[3].extensions = [basicConstraints(false), keyUsage(Buffer.from([1, 0x06]))] } })
row('constraint_leaf_no_usage', 'NITRO_CERT_CONSTRAINT', { links: (all) => { all[3].extensions = [basicConstraints(false)] } })

// Certificate times
row('expired_leaf', 'NITRO_CERT_EXPIRED', { now: NOW + 10201 })
row('expired_not_yet', 'NITRO_CERT_EXPIRED', { now: NOW - 601 })
row('expired_before_1970', 'NITRO_CERT_EXPIRED', { now: -1, policy: null })
row('ok_last_second', 'OK', { now: NOW + 10200, policy: null })
row('ok_first_second', 'OK', { now: NOW - 600, policy: null })

// Document signature
row('signature_short', 'NITRO_SIGNATURE_INVALID', { cose: { signature: seeded('signature', 95) } })
row('signature_zero_r', 'NITRO_SIGNATURE_INVALID', { cose: { signature: Buffer.concat([Buffer.alloc(48), seeded('s', 48)]) } })
row('signature_r_is_n', 'NITRO_SIGNATURE_INVALID', { cose: { signature: Buffer.concat([toBytes(orderOf(usual.leafKey), 48), seeded('s', 48)]) } })
row('signature_changed_payload', 'NITRO_SIGNATURE_INVALID', {
  cose: (body) => {
    const honest = coseSign1(usual.leafKey, Buffer.concat([body.subarray(0, -1), Buffer.from([body.at(-1) ^ 1])]))
    return { signature: honest.subarray(-96) }
  },
})
row('signature_by_another', 'NITRO_SIGNATURE_INVALID', {
  cose: (body) => ({ signature: coseSign1(ecKey('vectors stranger'), body).subarray(-96) }),
})

// Policy, in order
row('future', 'NITRO_FROM_FUTURE', { timestamp: (NOW + 61) * 1000 })
row('future_2_64', 'NITRO_FROM_FUTURE', { fields: { timestamp: (1n << 64n) - 1n } })
row('old', 'NITRO_TOO_OLD', { timestamp: (NOW - 301) * 1000 + 999 })
const zeros = new Map([...PCRS, [0, Buffer.alloc(48)], [1, Buffer.alloc(48)], [2, Buffer.alloc(48)]])
row('debug_pinned_zeros', 'NITRO_DEBUG_MODE', { pcrs: zeros, policy: withPolicy({ measurements: [{ 0: '00'.repeat(48), 1: '00'.repeat(48), 2: '00'.repeat(48) }] }) })
row('ok_debug_allowed', 'OK', { pcrs: zeros, policy: withPolicy({ allow_debug: true, measurements: [{ 0: '00'.repeat(48), 1: '00'.repeat(48), 2: '00'.repeat(48) }] }) })
row('pcr_mismatch', 'NITRO_PCR_MISMATCH', { policy: withPolicy({ measurements: [{ ...PINS, 2: '22'.repeat(48) }] }) })
row('pcr_pinned_but_absent', 'NITRO_PCR_MISMATCH', { policy: withPolicy({ measurements: [{ ...PINS, 3: '22'.repeat(48) }] }) })
row('pcr_pins_not_mixed', 'NITRO_PCR_MISMATCH', { policy: withPolicy({ measurements: [{ ...PINS, 0: '22'.repeat(48) }, { ...PINS, 1: '22'.repeat(48) }] }) })
row('pcr_og_hash', 'NITRO_PCR_MISMATCH', { policy: withPolicy({ measurements: [{ og_pcr_hash: '33'.repeat(32) }] }) })
const nonce = seeded('vectors nonce', 20)
row('ok_nonce', 'OK', { fields: { nonce }, policy: withPolicy({ nonce: hex(nonce) }) })
row('nonce', 'NITRO_NONCE_MISMATCH', { fields: { nonce }, policy: withPolicy({ nonce: '00' }) })
row('nonce_absent', 'NITRO_NONCE_MISMATCH', { policy: withPolicy({ nonce: hex(nonce) }) })
row('nonce_empty_in_both', 'NITRO_NONCE_MISMATCH', { policy: withPolicy({ nonce: '' }) })
const tls = seeded('vectors tls', 600)
const signing = rsaKey('vectors gateway').spki
const bound = ogUserData(tls, signing)
const og = (data) => ({ og: { tls_cert_sha256: hex(data.subarray(2, 34)), signing_key_sha256: hex(data.subarray(36)) } })
row('ok_user_data_og', 'OK', { fields: { user_data: bound }, policy: withPolicy({ user_data: og(bound) }) })
row('ok_user_data_exact', 'OK', { fields: { user_data: bound }, policy: withPolicy({ user_data: { exact: hex(bound) } }) })
row('user_data_other_key', 'NITRO_USER_DATA_MISMATCH', { fields: { user_data: ogUserData(tls, Buffer.from('x')) }, policy: withPolicy({ user_data: og(bound) }) })
row('user_data_absent', 'NITRO_USER_DATA_MISMATCH', { policy: withPolicy({ user_data: og(bound) }) })
row('user_data_prefix', 'NITRO_USER_DATA_MISMATCH', { fields: { user_data: Buffer.from(bound.map((byte, i) => (i === 34 ? 0x13 : byte))) }, policy: withPolicy({ user_data: og(bound) }) })
const unset = Buffer.concat([bound.subarray(0, 36), Buffer.alloc(32)])
row('user_data_zero_hash', 'NITRO_USER_DATA_MISMATCH', { fields: { user_data: unset }, policy: withPolicy({ user_data: og(unset) }) })
row('user_data_one_byte_more', 'NITRO_USER_DATA_MISMATCH', { fields: { user_data: Buffer.concat([bound, Buffer.from([0])]) }, policy: withPolicy({ user_data: { exact: hex(bound) } }) })
row('ok_public_key', 'OK', { fields: { public_key: signing }, policy: withPolicy({ public_key: hex(signing) }) })
row('public_key', 'NITRO_PUBLIC_KEY_MISMATCH', { fields: { public_key: signing }, policy: withPolicy({ public_key: '00' }) })
row('public_key_absent', 'NITRO_PUBLIC_KEY_MISMATCH', { policy: withPolicy({ public_key: hex(signing) }) })

// The order of the steps
row('order_old_before_pcr', 'NITRO_TOO_OLD', { timestamp: (NOW - 900) * 1000, policy: withPolicy({ measurements: [{ ...PINS, 0: '22'.repeat(48) }] }) })
row('order_chain_before_expiry', 'NITRO_CHAIN_UNTRUSTED', { root: () => other[0], now: NOW + 99999 })
row('order_expiry_before_signature', 'NITRO_CERT_EXPIRED', { now: NOW + 99999, cose: { signature: seeded('signature', 96) } })
row('order_signature_before_age', 'NITRO_SIGNATURE_INVALID', { timestamp: (NOW - 900) * 1000, cose: { signature: seeded('signature', 96) } })

export const files = { 'nitro_synth/nitro_synth.jsonl': rows }
