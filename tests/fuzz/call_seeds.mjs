// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Seeds of the targets that call: operation_fuzz, policy_fuzz, values_fuzz, ndjson_fuzz.
import { readFileSync } from 'node:fs';

import { PCR, REGISTRY, TEE } from '../vectors/generate/lib/synthetic.mjs';

const SAMPLES = new URL('../../demo/samples/evidence/', import.meta.url);
const NOW = 1795176000; // of the samples
const sample = (name) => readFileSync(new URL(name, SAMPLES));
const source = readFileSync(new URL('operation_names.hpp', import.meta.url), 'utf8');
/** A list of names there; a name's place is its number. */
const namesIn = (list) => [...source.match(new RegExp(`> ${list} = \\{([^}]*)\\}`))[1].matchAll(/"(\w+)"/g)].map(([, name]) => name);
const [NAMES, BATCHED] = [namesIn('NAMES'), namesIn('BATCHED')];
const [FRAME, BATCH] = [0xff, 0xfe];

const bytes = (value) => (typeof value === 'string' || value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(JSON.stringify(value)));
const short = (value) => { const out = Buffer.alloc(2); out.writeUInt16LE(value.length); return [out, value]; };
const long = (value) => { const out = Buffer.alloc(4); out.writeUInt32LE(value.length); return [out, value]; };
const join = (first, ...parts) => Buffer.concat([Buffer.from([].concat(first)), ...parts.map(bytes)]);
const numberOf = (list, name) => {
  if (!list.includes(name)) throw new Error(`operation_names.hpp has no ${name}`);
  return list.indexOf(name);
};
const hex = (value) => `0x${Buffer.from(value).toString('hex')}`;

/** @param given what generate_seeds.mjs has made by then */
export function operationSeeds({ DIGEST, MESSAGE, calls, emitter, event, keyConfig, leaf, root, typedData, world, chainTexts, inferenceData, proofs }) {
  const seeds = {};
  const named = (name, operation, ...fields) => {
    seeds[`operation/${name}`] = join(numberOf(NAMES, operation), ...fields.flatMap((field) => short(bytes(field))));
  };
  const call = (operation, ...fields) => named(operation, operation, ...fields);
  const policy = JSON.parse(sample('policy.json'));
  const now = { now: NOW };
  const [none, good] = [Buffer.alloc(0), Buffer.alloc(16, 1)]; // answers of the platform
  const document = sample('attestation.cose');
  const receipt = JSON.parse(sample('bundle.json'));
  const key = Buffer.from(receipt.attestation.key, 'base64');

  call('verify_receipt', receipt.request.text, receipt.response.text, document, key, { ...now, policy, request_is: 'sent' }, good);
  named('verify_receipt_pinned', 'verify_receipt', receipt.request.text, receipt.response.text, none, key,
    { ...now, profile: 'gw-stripped', expected_tee_id: JSON.parse(receipt.response.text).tee_id, policy: { accept: ['unproven'], receipt: { max_age_s: null } } }, none);
  call('verify_nitro', document, { ...now, policy }, good);
  call('authenticate_nitro', document, { ...now, now_source: 'device', root: policy.root }, good);
  call('p384_tasks', document, Buffer.from(policy.root.der, 'base64'));
  call('verify_evidence', { assay: 1, attestation: receipt.attestation }, { ...now, policy }, good, none);
  call('evidence_proof_task', sample('bundle.cbor'), { ...now, policy });
  call('choose_profile', receipt.request.text, { pcr_hash: Object.keys(policy.profiles)[0], request_is: 'sent', profiles: policy.profiles });
  for (const [mode, text] of [['value', '{"b":[1e-7,true,"\\u00e9"],"a":-0.0}'], ['temperature', '0.7'], ['python', '{"a":[null,"\\ud83d\\ude00",1.5e300]}']])
    named(`canonical_${mode}`, 'canonical_json', text, mode);

  call('hash_message', MESSAGE);
  call('hash_typed_data', typedData);
  call('verify_typed_data', typedData, Buffer.alloc(65), Buffer.alloc(20), 'strict');
  call('erc1271_call_data', DIGEST, MESSAGE);
  call('verify_erc1271_result', Buffer.concat([Buffer.from('1626ba7e', 'hex'), Buffer.alloc(28)]));
  named('erc1271_near', 'verify_erc1271_result', Buffer.concat([Buffer.from('1626ba7e', 'hex'), Buffer.alloc(27), Buffer.from([1])]));

  call('verify_settlement', { root, leaf, proof: [root] }, none, {});
  named('verify_settlement_event', 'verify_settlement', { event, leaf, proof: [] }, key, { emitter });
  call('decode_settlement_event', event, { emitter });
  call('decode_inference_event', { ...event, topics: [hex(proofs.inferenceTopic)], data: hex(inferenceData) }, {});
  call('hash_settlement_leaf', leaf);
  call('settlement_root', Buffer.concat([DIGEST, DIGEST, DIGEST]));
  call('decode_number', '-25', '3');
  call('decode_number_words', Buffer.concat([Buffer.alloc(31), Buffer.from([7]), Buffer.alloc(31), Buffer.from([2])]));
  call('encode_number', 'float64', Buffer.from('3ff3c0ca428c59fb', 'hex'));
  call('verify_heartbeat', { tee_id: hex(proofs.teeId(key)), timestamp: 1784000000, signature: 'AAAA' }, key, { now: '2026-07-14T03:33:20Z', max_age_s: 60, future_s: null });

  call('verify_ohttp_config', { tee_id: hex(proofs.teeId(key)), key_id: 7, kem_id: 32, kdf_id: 1, aead_id: 3, public_key: hex(keyConfig.subarray(3, 35)).slice(2),
    key_config: keyConfig.toString('base64'), signature: 'AAAA', signature_hash: root }, key);
  call('open_ohttp_response', Buffer.alloc(32), Buffer.alloc(32), Buffer.alloc(60));
  call('open_ohttp_chunks', Buffer.alloc(32), Buffer.alloc(32), none, Buffer.alloc(65), 'more');
  call('read_ohttp_key_config', keyConfig);
  call('hkdf_sha256', DIGEST, none, MESSAGE, Buffer.from([0, 42]));
  call('chacha20_poly1305', 'seal', DIGEST, Buffer.alloc(12), MESSAGE, MESSAGE);

  const tdx = { measurements: [Object.fromEntries(['mrtd', 'rtmr0', 'rtmr1', 'rtmr2'].map((field) => [field, '11'.repeat(48)]))], accept_status: ['UpToDate'], require_sept_ve_disable: false };
  const snp = { measurements: [{ measurement: '22'.repeat(48), from: 0 }, '33'.repeat(48)], min_tcb: { snp: 1 }, max_vmpl: 0 };
  call('verify_tdx_quote', Buffer.alloc(48, 4), none, { ...now, policy: { ...tdx, root: policy.root } });
  call('authenticate_tdx_quote', Buffer.alloc(48, 4), '{}', { ...now, root: policy.root });
  call('check_tdx_quote_signature', Buffer.alloc(48, 4), now);
  call('verify_snp_report', Buffer.alloc(1184, 2), none, none, none, { ...now, policy: { ...snp, ark_sha256: { Milan: '44'.repeat(32) } } });
  call('authenticate_snp_report', Buffer.alloc(1184, 2), none, none, none, { ...now, ark_sha256: { Turin: '44'.repeat(32) } });

  const query = { height: '199', tee_id: hex(TEE) };
  const config = { ...world.config, accept: ['proven', 'calldata', 'quorum', 'unproven'], quorum: { needed: 2, of: 2 } };
  const trusted = chainTexts.registry;
  call('verify_registry', config, query, trusted);
  named('verify_registry_answers', 'verify_registry', config, query, chainTexts.answers);
  call('verify_header', config, { trusted: trusted.trusted, path: trusted.path });
  call('advance_trusted_state', { ...world.config, state: 'AAAA' }, { path: trusted.path });
  call('verify_ics23', 'iavl', 'present', proofs.tree.root, Buffer.from([30]), Buffer.from([3]), proofs.tree.proof(Buffer.from([30])));
  named('verify_ics23_absent', 'verify_ics23', 'iavl', 'absent', proofs.tree.root, Buffer.from([35]), none, proofs.tree.proof(Buffer.from([35])));
  call('verify_store_proof', 'evm', 'present', proofs.stores.root, Buffer.from([30]), Buffer.from([3]), proofs.tree.proof(Buffer.from([30])), proofs.stores.proof('evm'));
  call('verify_mpt_proof', { state_root: hex(proofs.account.root), source: 'proven' },
    { address: emitter, accountProof: proofs.account.nodes.map(hex), balance: '0x5', codeHash: root, nonce: '0x1', storageHash: hex(proofs.slot.root),
      storageProof: [{ key: hex(proofs.slot.name), value: '0x506', proof: proofs.slot.nodes.map(hex) }] });
  call('verify_receipt_proof', { receipts_root: hex(proofs.receipts.root), source: 'quorum' }, { index: 1, proof: proofs.receipts.nodes.map(hex) });
  call('verify_trie_proof', { root: hex(proofs.slot.root), key: hex(proofs.slot.key), proof: proofs.slot.nodes.map(hex) });
  call('decode_rlp', proofs.rlp);
  named('verify_receipt_header', 'verify_receipt_proof', { block_hash: hex(proofs.header.hash), header_rlp: hex(proofs.header.header), height: 123 }, { index: 0, proof: [] });

  call('hash_header', chainTexts.header);
  call('hash_validators', chainTexts.validators);
  call('encode_vote', { type: 2, height: '5', round: 0, block_id: null, timestamp: '2026-02-25T00:00:00.5Z', chain_id: '10740' });
  call('merkle_root', ['00', '0102']);
  call('registry_slots', { registry: { address: hex(REGISTRY) }, tee_id: hex(TEE), tee_type: 0, pcr_hash: hex(PCR) });
  call('read_storage_bytes', { slot: root, words: { [root]: `0x616263${'00'.repeat(28)}06` } });
  call('decode_registration', chainTexts.registration);
  call('verify_tx_result', chainTexts.txResult);

  // Frames as they are, batches of what the other targets' seeds sign, and of messages.
  seeds['operation/frame'] = join(FRAME, ...long(Buffer.from('hash_message')), ...long(MESSAGE));
  seeds['operation/frame_short'] = join(FRAME, ...long(Buffer.from('hash_message')), Buffer.from([5, 0, 0, 0, 1]));
  seeds['operation/frame_batch'] = join(FRAME, ...long(Buffer.from('verify_batch')), ...long(Buffer.from('hash_message')), ...long(Buffer.concat(long(MESSAGE))));
  const batch = (name, operation, ...items) => {
    seeds[`operation/batch_${name}`] = join([BATCH, numberOf(BATCHED, operation)], ...items.flat().flatMap((field) => short(bytes(field))));
  };
  for (const [operation, fields] of Object.entries(calls)) {
    const broken = fields.with(-2, Buffer.concat([bytes(fields.at(-2)), Buffer.from([0])]));
    batch(operation, operation, fields, broken);
  }
  batch('messages', 'hash_message', [MESSAGE], ['']);
  batch('typed', 'hash_typed_data', [typedData], ['{}']);
  batch('call_data', 'erc1271_call_data', [DIGEST, MESSAGE], [MESSAGE, MESSAGE]);
  batch('results', 'verify_erc1271_result', [Buffer.alloc(32)], [Buffer.concat([Buffer.from('1626ba7e', 'hex'), Buffer.alloc(28)])]);
  return seeds;
}

/** Which evidence, then the options. */
export function policySeeds() {
  const policy = JSON.parse(sample('policy_settled.json'));
  const key = JSON.parse(sample('bundle.json')).attestation.key;
  const [profileHash] = Object.keys(policy.profiles);
  const options = (which, given, now = NOW) => join(which, { now, policy: given });
  const nitro = {
    ...policy, nonce: '43285bb1a24c7434f743675eb7dfe2ec89209e62', allow_debug: true,
    user_data: { og: { signing_key_sha256: 'c947acfa29a79eb5ad9d17ca980c63b4277f3e5ce634dc8a5af0092c210f9962' } },
  };
  const unproven = { signing_key: { spki: key, profile: 'gw-stripped' }, accept: ['unproven'], links: ['key', 'times'], receipt: { max_age_s: null } };
  return Object.fromEntries(Object.entries({
    attestation: options(0, policy),
    whole: options(1, policy, '2026-11-20T12:00:00Z'),
    pins: options(1, nitro, String(NOW)),
    other_profile: options(1, { ...policy, profiles: { [profileHash]: { chat: 'gw-verbatim' } } }),
    other_nonce: options(0, { ...nitro, nonce: '43285bb1a24c7434f743675eb7dfe2ec89209e63' }),
    other_key: options(0, { ...nitro, user_data: { og: { signing_key_sha256: policy.settlement.roots[0] } } }),
    other_root: options(1, { ...policy, settlement: { roots: [profileHash] } }),
    by_hash: options(0, { ...policy, measurements: [{ og_pcr_hash: profileHash, from: NOW - 9, until: NOW + 9 }] }),
    stranger: options(1, { ...policy, measurements: [{ og_pcr_hash: policy.settlement.roots[0] }] }),
    bare: options(2, { ...unproven, settlement: policy.settlement }),
    demanded: options(2, { ...unproven, measurements: policy.measurements, request_is: 'sdk-input', links: 'require' }),
    emitter: options(1, { ...policy, settlement: { emitter: `0x${'aa'.repeat(20)}` } }),
    families: options(0, {
      root: policy.root, measurements: [...policy.measurements, { mrtd: '11'.repeat(48) }, '22'.repeat(48)],
      accept_status: ['UpToDate'], min_tcb: { snp: 1 }, chip_id: '33'.repeat(64), report_data: '44'.repeat(64), ark_sha256: { Milan: '55'.repeat(32) },
    }),
    chain: options(2, {
      ...unproven, zk: [],
      chain: { chain_id: '10740', trust: { height: '100', header_hash: '66'.repeat(32) }, registry: { address: `0x${'42'.repeat(20)}` }, trusting_period_s: 600 },
    }),
    empty: options(0, {}),
    milliseconds: join(1, { now: NOW * 1000, policy }),
  }).map(([name, content]) => [`policy/${name}`, content]));
}

export function valueSeeds() {
  const words = (...values) => Buffer.concat(values.map((value) => Buffer.from(BigInt.asUintN(256, value).toString(16).padStart(64, '0'), 'hex')));
  return {
    'values/moment': join(0, '2024-02-29T23:59:59Z'),
    'values/moment_offset': join(0, '1969-12-31t23:30:00.125-00:30'),
    'values/moment_seconds': join(0, '-62167219200'),
    'values/moment_before_0': join(0, '0000-01-01T00:00:00+00:01'),
    'values/seconds': join(1, Buffer.from('000000006a0a0a0a', 'hex')),
    'values/float': join(2, Buffer.from('3dcccccd', 'hex')),
    'values/float_smallest': join(2, Buffer.from('80000001', 'hex')),
    'values/double': join(3, Buffer.from('3fb999999999999a', 'hex')),
    'values/integer': join(4, '-170141183460469231731687303715884105728'),
    'values/words': join(5, words(-25n, 3n)),
    'values/words_far': join(5, words(2n ** 127n - 1n, -(2n ** 127n))),
    'values/texts': join(6, '12345678901234567890123456785 -7'),
  };
}

/** How (1: each line a bundle, 14: more before it), then a file with its length and another file. */
export function ndjsonSeeds() {
  const files = (how, first, second = '') => join(how, ...short(Buffer.from(first)), second);
  return {
    'ndjson/lines': files(1, '{"a":1}\n\n {"b":2}\r\n{', '\n\n{}'),
    'ndjson/by_form': files(0, '{"a":1}\r\n\t\n{"b":2}', '{}'),
    'ndjson/whole': files(0, '{\n"a": 1\n}\n', '{"one":"line"}\n\n'),
    'ndjson/cut': files(0x2e, '{"a":1}\n{"b":2}\n', ''),
    'ndjson/cut_lines': files(0x2f, 'x\n\n\ny', 'z'),
    'ndjson/cbor': files(0, Buffer.from([0xa1, 0x0a, 0x0a, 0x01])),
  };
}
