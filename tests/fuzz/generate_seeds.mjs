// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// Writes the seeds of this folder; `--check` compares instead and exits 1 on a difference. The texts (json, typed_data,
// reply, request) are written by hand and are their own source. Certificates, quotes and reports are those of the own
// vectors.
import { createPrivateKey, createPublicKey, privateEncrypt, sign, constants, createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { dynamicTuple, encode, list, tuple } from '../vectors/generate/lib/abi.mjs';
import { bits, boolean, integer, sequence, tlv } from '../vectors/generate/lib/der.mjs';
import { derSignature, ecKey, orderOf, rawSignature, signDigest, signMessage } from '../vectors/generate/lib/ecdsa.mjs';
import { batchSettlement, individualSettlement } from '../vectors/generate/lib/events.mjs';
import { iavl, keccak, multistore, plus, word } from '../vectors/generate/lib/chain.mjs';
import { keccak256 } from '../vectors/generate/lib/keccak.mjs';
import { chain } from '../vectors/generate/lib/nitro.mjs';
import { rsaKey, signPss } from '../vectors/generate/lib/rsa.mjs';
import { R, be32, g1, g2 } from '../js/support/bn254_maker.mjs';
import { makeFflonk, makeGroth16, makePlonk } from '../js/support/snark_maker.mjs';
import { seeded, toBytes } from '../vectors/generate/lib/seed.mjs';
import { PCR, SPKI, TEE, light, makeWorld } from '../vectors/generate/lib/synthetic.mjs';
import { deepProof, encodeEvmHeader, integer as integerRlp, makeReceipts, receiptsTrie, rlp } from '../vectors/generate/lib/trie.mjs';
import { ndjsonSeeds, operationSeeds, policySeeds, valueSeeds } from './call_seeds.mjs';

const SEEDS = fileURLToPath(new URL('seeds/', import.meta.url));
const VECTORS = new URL('../vectors/', import.meta.url);
/** Files of this folder that no command makes. */
const BY_HAND = /^(json|typed_data|typed_data_atoms|reply\/.*|request\/.*|signature_short_address)$/;

const vector = (name) => readFileSync(new URL(name, VECTORS));
const hex = (bytes) => `0x${Buffer.from(bytes).toString('hex')}`;
const raw = (text) => Buffer.from(text.replace(/^0x/, ''), 'hex');
const join1 = (first, ...parts) => Buffer.concat([Buffer.from([first]), ...parts]);
const json = (first, value) => join1(first, Buffer.from(JSON.stringify(value)));
const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const files = {};

files.cbor = raw('bf6161820142beef20f50263616263626162a0ff'); // a map without a length: an array, a bool, texts, a map
files.der = sequence(integer(5), boolean(true), tlv(0x17, Buffer.from('260101000000Z')), bits(Buffer.from([1, 2])));

// public_key_fuzz: which field or modulus, then numbers.
const field = (first, size) => join1(first, seeded(`fuzz field ${first} ${size}`, 2 * size));
const twice = (bytes) => Buffer.concat([bytes, bytes]);
files['public_key/field256'] = field(0, 32);
files['public_key/field256_equal'] = join1(0, twice(seeded('fuzz equal', 32)));
files['public_key/field384'] = field(1, 48);
files['public_key/field384_ones'] = join1(1, Buffer.alloc(96, 0xff));
const modulus = (size, exponent, numbers) => join1(2, Buffer.from([size - 2, exponent]), numbers);
files['public_key/modulus'] = modulus(62, 3, seeded('fuzz modulus', 124));
files['public_key/modulus_ones'] = modulus(128, 255, Buffer.alloc(256, 0xff));
files['public_key/modulus_short'] = modulus(2, 9, seeded('fuzz short modulus', 4));

// curve_fuzz: the curve, d - 1, u1, u2: sums u1 G + u2 (d G) at the edges of addition.
for (const [first, name] of [[0xfe, 'P-256'], [0xff, 'P-384']]) {
  const { size, order } = ecKey('fuzz', name).curve;
  const sum = (d, u1, u2) => join1(first, Buffer.from([d - 1]), toBytes(u1, size), toBytes(u2, size));
  const bitsOf = 8 * size;
  files[`curve/sum${bitsOf}`] = join1(first, Buffer.from([4]), seeded(`fuzz sum ${name}`, 2 * size));
  files[`curve/equal${bitsOf}`] = sum(5, 35n, 7n);
  files[`curve/opposite${bitsOf}`] = sum(5, order - 35n, 7n);
  files[`curve/last${bitsOf}`] = sum(1, order - 1n, order - 1n);
  files[`curve/zero${bitsOf}`] = sum(1, 0n, 0n);
}

// signatures_fuzz: the operation's number, then its fields.
const MESSAGE = seeded('fuzz message', 16);
const DIGEST = seeded('fuzz digest', 32);
const low = (key, made) => (made.s > orderOf(key) / 2n ? { r: made.r, s: orderOf(key) - made.s, odd: !made.odd } : made);
const wallet = ecKey('fuzz', 'secp256k1');
const walletSignature = (digest) => {
  const made = low(wallet, signDigest(wallet, digest));
  return Buffer.concat([rawSignature(wallet, made), Buffer.from([27 + Number(made.odd)])]);
};
files.signature_ecdsa = join1(1, wallet.point, DIGEST, rawSignature(wallet, signDigest(wallet, DIGEST)));
files.signature_der = join1(2, wallet.point, DIGEST, derSignature(low(wallet, signDigest(wallet, sha256(DIGEST)))));
files.signature_recover = join1(3, DIGEST, walletSignature(DIGEST));
// BIP-340, test vector 0.
files.signature_schnorr = join1(4, raw('f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9'), Buffer.alloc(32),
  raw('e907831f80848d1069a5371b402410364bdf1c5f8307b0084c55f1ce2dca821525f66a4a85ea8b71e482a74f382d2ce5ebeee8fdb2172f477df4900d310536c0'));
const ed25519 = createPrivateKey({ key: Buffer.concat([raw('302e020100300506032b657004220420'), seeded('fuzz ed25519', 32)]), format: 'der', type: 'pkcs8' });
const edPoint = createPublicKey(ed25519).export({ format: 'der', type: 'spki' }).subarray(-32);
files.signature_ed25519 = join1(5, edPoint, MESSAGE, sign(null, MESSAGE, ed25519));
files.signature_zip215 = join1(6, edPoint, MESSAGE, sign(null, MESSAGE, ed25519));
const nist = (first, name, hash) => {
  const key = ecKey('fuzz', name);
  return join1(first, key.point, MESSAGE, rawSignature(key, signMessage(key, MESSAGE, hash)));
};
files.signature_p256 = nist(7, 'P-256', 'sha256');
files.signature_p384 = nist(8, 'P-384', 'sha384');
const rsa = rsaKey('fuzz');
files.signature_rsa = join1(9, rsa.spki, MESSAGE, signPss(rsa, MESSAGE));
const digestInfo = Buffer.concat([raw('3031300d060960864801650304020105000420'), sha256(MESSAGE)]);
files.signature_pkcs1 = join1(10, rsa.spki, MESSAGE, privateEncrypt({ key: rsa.node, padding: constants.RSA_PKCS1_PADDING }, digestInfo));
const personal = keccak256(Buffer.concat([Buffer.from(`\x19Ethereum Signed Message:\n${MESSAGE.length}`), MESSAGE]));
files.signature_message = join1(11, MESSAGE, walletSignature(personal), keccak256(wallet.point.subarray(1)).subarray(12));

// event_fuzz: the event and its log's data, or the JSON text of a settlement or a heartbeat.
const leaf = { teeId: hex(seeded('fuzz tee', 32)), inputHash: hex(DIGEST), outputHash: hex(seeded('fuzz output', 32)), signature: hex(MESSAGE), timestamp: '1784000001' };
const [root, emitter] = [hex(seeded('fuzz root', 32)), `0x${'aa'.repeat(20)}`];
const event = batchSettlement(emitter, root, 20);
files['event/batch'] = join1(0, raw(event.data));
files['event/individual'] = join1(1, raw(individualSettlement(emitter, emitter, leaf).data));
const numbers = list([dynamicTuple('x', list([tuple(-25, 3), tuple(2n ** 127n - 1n, -(2n ** 127n))]), list([2])), dynamicTuple('scalar', list([tuple(0, 0)]), list([]))]);
const strings = list([dynamicTuple('label', list(['up', 'down']))]);
const output = dynamicTuple(numbers, strings, list([dynamicTuple('meta', '{"a":1}')]), 0);
files['event/result'] = join1(2, encode([output]));
files['event/model'] = join1(3, encode(['id', dynamicTuple(1, 'QmModel', dynamicTuple(numbers, strings)), output]));
files['event/settlement_root'] = json(4, { kind: 'batch', root, leaf, proof: [root, hex(DIGEST)] });
files['event/settlement_event'] = json(4, { event, leaf, proof: [] });
files['event/settlement_multi'] = json(6, { root, leaves: [leaf, leaf], proof: [root], flags: [true, false] });
files['event/heartbeat'] = json(5, { tee_id: leaf.teeId, timestamp: 1784000000, signature: 'AAAA' });

// ohttp_fuzz: what the rest is, then it. A script's bytes are pieces: length << 2 | kind.
files['ohttp/script'] = join1(0, Buffer.from([5 << 2]), Buffer.from('hello'), Buffer.from([0, (4 << 2) | 1]), Buffer.from('last'));
files['ohttp/script_wrong'] = join1(0, Buffer.from([(3 << 2) | 2]), Buffer.from('abc'), Buffer.from([(2 << 2) | 3, 0x81, 0, 1]));
files['ohttp/stream'] = join1(1, Buffer.alloc(32), Buffer.from([16]), Buffer.alloc(33));
files['ohttp/stream_limit'] = join1(1, Buffer.alloc(32), raw('81000001'));
files['ohttp/response'] = join1(2, Buffer.alloc(60));
files['ohttp/request'] = join1(3, raw('01002000010003'), Buffer.from([9]), Buffer.alloc(51));
const point = Buffer.concat([Buffer.from([9]), Buffer.alloc(31)]);
const keyConfig = Buffer.concat([raw('070020'), point, raw('000400010003')]);
files['ohttp/key_config'] = join1(4, keyConfig);
files['ohttp/signed_config'] = json(5, {
  tee_id: leaf.teeId, key_id: 7, kem_id: 32, kdf_id: 1, aead_id: 3, public_key: point.toString('hex'), key_config: keyConfig.toString('base64'),
  signature: 'AAAA', signature_hash: root,
});

// x509_fuzz: certificates of Nitro's, Intel's and AMD's kind.
const nitro = chain('Assay fuzz', 1767225600).build();
files['x509/nitro_root'] = nitro[0];
files['x509/nitro_leaf'] = nitro.at(-1);
files['x509/tdx_root'] = vector('tdx/root.der');
files['x509/vcek'] = vector('snp/milan_vek.der');
const pemOf = (text) => [...text.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END/g)].map(([, body]) => Buffer.from(body, 'base64'));
files['x509/pck'] = pemOf(vector('tdx/v4.bin').toString('latin1'))[0];
files['x509/ask'] = pemOf(vector('snp/milan_chain.pem').toString('latin1'))[0];
files['x509/der'] = files.der;

// tdx_fuzz and snp_fuzz: a length, then the parts.
const lengthOf = (bytes) => Buffer.from([bytes.length >> 8, bytes.length & 255]);
for (const [name, collateral] of [['v4', 'good'], ['v5_td15', 'good'], ['sgx_v3', 'of_sgx'], ['debug', 'tcb_revoked']]) {
  const quote = vector(`tdx/${name}.bin`);
  files[`tdx/${name}`] = Buffer.concat([lengthOf(quote), quote, vector(`tdx/${collateral}.json`)]);
}
const crl = raw(JSON.parse(vector('tdx/good.json')).pck_crl);
files['tdx/crl'] = Buffer.concat([Buffer.from([0, 0]), crl]);
for (const name of ['milan', 'turin', 'vlek']) {
  const vek = vector(`snp/${name}_vek.der`);
  files[`snp/${name}`] = Buffer.concat([lengthOf(vek), vek, vector(`snp/${name}.bin`), vector(`snp/${name}_chain.pem`)]);
}

// attested_parse_fuzz: the reader, then its file.
const pins = (index, list, name) => JSON.parse(vector(index))[list].find(({ file }) => file === name).cases.find(({ policy }) => policy).policy;
for (const [first, name, file] of [
  [0, 'quote', vector('tdx/v4.bin')], [0, 'sgx_quote', vector('tdx/sgx_v3.bin')],
  [1, 'collateral', vector('tdx/good.json')], [1, 'sgx_collateral', vector('tdx/of_sgx.json')], [2, 'crl', crl],
  [3, 'report', vector('snp/milan.bin')], [4, 'chain', vector('snp/milan_chain.pem')],
  [4, 'pck', vector('tdx/v4.bin').subarray(vector('tdx/v4.bin').indexOf('-----BEGIN'))],
  [5, 'tdx_policy', Buffer.from(JSON.stringify(pins('tdx/index.json', 'quotes', 'v4.bin')))],
  [6, 'snp_policy', Buffer.from(JSON.stringify(pins('snp/index.json', 'reports', 'milan.bin')))],
]) files[`attested_parse/${name}`] = join1(first, file);

// zk_fuzz: the operation, then fields, each with its length.
const fields = (first, ...parts) => join1(first, ...parts.flatMap((part) => [Buffer.from([part.length & 255, part.length >> 8]), Buffer.from(part)]));
for (const [first, name, make] of [[0, 'groth16', makeGroth16], [1, 'plonk', makePlonk], [2, 'fflonk', makeFflonk]]) {
  const { vk, publicSignals, proof } = make();
  files[`zk/${name}`] = fields(first, vk, publicSignals, proof);
}
const zkPoint = (k) => Buffer.concat(g1(k).map(be32));
const twist = (k) => Buffer.concat(g2(k).flatMap(([c0, c1]) => [be32(c1), be32(c0)]));
files['zk/points'] = join1(3, zkPoint(2n), zkPoint(3n));
files['zk/pairing'] = join1(3, zkPoint(6n), twist(1n), zkPoint(R - 2n), twist(3n));
// A circuit of zeros: what it lacks is a proof.
const SETTINGS = {
  run_args: { logrows: 6, num_inner_cols: 2, lookup_range: [-128, 127], input_visibility: { Hashed: { hash_is_public: true, outlets: [] } }, output_visibility: 'Public', param_visibility: 'Private' },
  total_assignments: 40, total_const_size: 8, total_dynamic_col_size: 9, num_dynamic_lookups: 1, num_shuffles: 1, total_shuffle_col_size: 4, module_sizes: { poseidon: [64, [1]] },
  required_lookups: ['ReLU', { Div: { denom: 3.5 } }], required_range_checks: [[-1, 1]], model_instance_shapes: [[1, 4]], model_input_scales: [], model_output_scales: [7], version: '18.1.9',
};
const [FIXED, SIGMA] = [48, 15]; // what these settings ask for
const circuit = Buffer.concat([Buffer.from([3, 6, 0, FIXED, 0, 0, 0]), Buffer.alloc((FIXED + SIGMA) * 64)]);
const elements = Array.from({ length: 5 }, (_, i) => `0x${Buffer.from(be32(BigInt(i))).toString('hex')}`);
const zeros = JSON.stringify({ instances: [elements], proof: hex(Buffer.concat(Array(20).fill(zkPoint(1n)))), transcript_type: 'EVM' });
files['zk/ezkl'] = fields(4, circuit, JSON.stringify(SETTINGS), zeros, '');
// descriptor with one gate, one column and one digest: head, k, degree, columns, queries, expressions, the lists, points.
const small = Buffer.concat([Buffer.from('AEZK\u0001'), Buffer.alloc(64), Buffer.from([6, 3, 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 3, 0, 1, 0, 0, 1, 0, 0, 0, 0, 5, 3, 49, 46, 48, 1]), be32(9n), Buffer.from([0, 1]), Buffer.alloc(64)]);
files['zk/descriptor'] = fields(5, small, zeros, '');
const sample = (name) => vector(`ezkl/generated/${name}`);
files['zk/ezkl_holds'] = fields(4, sample('vk.key'), sample('settings.json'), sample('proof.json'), sample('sample.srs'));
files['zk/descriptor_holds'] = fields(5, sample('descriptor.bin'), sample('other_threads.json'), sample('sample.srs'));

// zk_parse_fuzz: the reader, then its file, or several with their lengths.
files['zk_parse/settings'] = json(0, SETTINGS);
files['zk_parse/proof'] = join1(1, sample('proof.json'));
files['zk_parse/key'] = fields(2, sample('vk.key'), sample('settings.json'));
files['zk_parse/srs'] = join1(3, sample('sample.srs'));
files['zk_parse/descriptor'] = join1(4, sample('descriptor.bin'));
files['zk_parse/small_descriptor'] = join1(4, small);
for (const [i, name] of ['groth16', 'plonk', 'fflonk'].entries()) files[`zk_parse/${name}`] = join1(5 + i, files[`zk/${name}`].subarray(1));

// chain_fuzz: what the rest is, then it: JSON texts of a synthetic world, a registration, a state without its digest.
const world = makeWorld();
const record = keccak(PCR, keccak(word(0), word(5)));
const base = keccak(TEE, word(7));
const block = { signed_header: world.tip.signed_header, validators: world.tip.validators };
const anchor = { signed_header: world.anchor.signed_header, validators: world.anchor.validators };
files['chain/block'] = json(0, block);
files['chain/header'] = json(1, block.signed_header.header);
files['chain/validators'] = json(2, block.validators);
const proofIn = ({ state }) => state.getProof([word(2), plus(base, 5), plus(base, 6), plus(base, 8), record].map(hex));
const evidence = { trusted: anchor, path: [block], proof: proofIn(world) };
files['chain/registry'] = join1(3, Buffer.from(world.anchor.hash), Buffer.from(JSON.stringify(evidence)));
const answer = { tee_id: hex(TEE), height: '199', block_hash: root, enabled: true, tee_type: 0, pcr_hash: hex(PCR), pcr_approved: true, last_heartbeat_at: '1771999940', heartbeat_max_age: '1800' };
files['chain/answers'] = join1(3, Buffer.from(world.anchor.hash), Buffer.from(JSON.stringify({ answers: [{ provider: 'p', operator: 'o', answer }], state_time_s: 1772000000 })));
const selector = keccak256(Buffer.from('registerTEEWithAttestation(bytes,bytes,bytes,address,string,uint8)')).subarray(0, 4);
files['chain/registration'] = join1(4, selector, encode([MESSAGE, SPKI, DIGEST, BigInt(emitter), 'https://tee.example', 1]));
const u64 = (value) => { const out = Buffer.alloc(8); out.writeBigUInt64BE(BigInt(value)); return out; };
const { header } = block.signed_header;
const stateHashes = [world.tip.hash, header.validators_hash, header.next_validators_hash, header.app_hash, header.data_hash, header.last_results_hash].map((text) => Buffer.from(text, 'hex'));
files['chain/state'] = join1(5, Buffer.from('assay chain state\u0001'), u64(5), Buffer.from('10740'), u64(200), u64(1772000000), u64(7000000), ...stateHashes,
  ...world.validators.flatMap(({ key, power }) => [key, u64(power)]));
files['chain/tx_result'] = json(6, { index: 0, total: 1, tx: '7478', data_hash: root.slice(2), tx_aunts: [], result: '0801', last_results_hash: root.slice(2), result_aunts: [root.slice(2)], execution: 'evm' });

// trie_fuzz: an ICS23 proof behind its root and key, RLP, the nodes of a receipt's proof, a block's header.
const tree = iavl(Array.from({ length: 9 }, (_, i) => [Buffer.from([10 * (i + 1)]), Buffer.from([i + 1])]));
const stores = multistore({ bank: DIGEST, evm: tree.root, gov: DIGEST });
const under = (rootHash, key, proof) => join1(0, rootHash, Buffer.from([key.length]), key, proof);
files['trie/iavl'] = under(tree.root, Buffer.from([30]), tree.proof(Buffer.from([30])));
files['trie/iavl_absent'] = under(tree.root, Buffer.from([35]), tree.proof(Buffer.from([35])));
files['trie/iavl_last'] = under(tree.root, Buffer.from([95]), tree.proof(Buffer.from([95])));
files['trie/simple'] = under(stores.root, Buffer.from('evm'), stores.proof('evm'));
files['trie/rlp'] = join1(1, rlp([MESSAGE, [Buffer.from([1]), [], Buffer.alloc(60)], Buffer.alloc(0)]));
const receipts = makeReceipts([[], [event], [], [individualSettlement(emitter, emitter, leaf)]]);
const nodesOf = (index, nodes) => join1(2, Buffer.from([index]), ...nodes.flatMap((node) => [Buffer.from([node.length >> 8, node.length & 255]), node]));
files['trie/receipt'] = nodesOf(1, receiptsTrie(receipts).proof(rlp(integerRlp(1))));
files['trie/slot'] = nodesOf(5, deepProof(keccak256(Buffer.from([5])), rlp(Buffer.from([5, 6])), 3, 'fuzz').nodes);
files['trie/header'] = join1(3, encodeEvmHeader({ number: 123 }).header);

// operation_fuzz, policy_fuzz, values_fuzz, ndjson_fuzz.
const inTrie = (name, value) => ({ name, key: keccak256(name), ...deepProof(keccak256(name), rlp(value), 3, 'fuzz') });
const slot = inTrie(word(5), Buffer.from([5, 6]));
const account = inTrie(raw(emitter), [Buffer.from([1]), Buffer.from([5]), slot.root, raw(root)]);
const evmHeader = encodeEvmHeader({ number: 123 }).header;
const lone = makeWorld({ count: 1 }); // one signature
const receiptProof = receiptsTrie(receipts);
const RESULT_EVENT = 'InferenceResult(((string,(int128,int128)[],uint32[])[],(string,string[])[],(string,string)[],bool))';
const signed = (name, ...lengths) => {
  const parts = [];
  let at = 1;
  for (const length of lengths) parts.push(files[`signature_${name}`].subarray(at, (at += length ?? Infinity)));
  return parts;
};
Object.assign(files, operationSeeds({
  DIGEST, MESSAGE, emitter, event, keyConfig, leaf, root, world: lone, inferenceData: encode([dynamicTuple(list([dynamicTuple('x', list([tuple(-25, 3)]), list([1]))]), strings, list([]), 0)]),
  typedData: readFileSync(join(SEEDS, 'typed_data')),
  calls: {
    verify_ecdsa: [wallet.point, DIGEST, files.signature_ecdsa.subarray(-64), 'malleable'],
    verify_ecdsa_der: [...signed('der', 65, 32, null), 'strict'],
    recover_address: [...signed('recover', 32, 65), 'malleable'],
    verify_schnorr: signed('schnorr', 32, 32, 64),
    verify_ed25519: [...signed('ed25519', 32, 16, 64), 'zip215'],
    verify_rsa_pss: signed('rsa', 294, 16, null),
    verify_message: [...signed('message', 16, 65, 20), 'strict'],
  },
  chainTexts: {
    registry: { trusted: light(lone.anchor), path: [light(lone.tip)], proof: proofIn(lone) }, answers: { answers: [{ provider: 'p', operator: 'o', answer }], state_time_s: 1772000000 }, header: block.signed_header.header,
    validators: block.validators, registration: files['chain/registration'].subarray(1), txResult: files['chain/tx_result'].subarray(1),
  },
  proofs: {
    tree, stores, slot, account, teeId: keccak256, inferenceTopic: keccak256(Buffer.from(RESULT_EVENT)), rlp: files['trie/rlp'].subarray(1), header: { header: evmHeader, hash: keccak256(evmHeader) },
    receipts: { root: receiptProof.root, nodes: receiptProof.proof(rlp(integerRlp(1))) },
  },
}), policySeeds(), valueSeeds(), ndjsonSeeds());

const checking = process.argv.includes('--check');
const complain = (what) => {
  console.error(`tests/fuzz/seeds/${what}`);
  process.exitCode = 1;
};
for (const [name, content] of Object.entries(files)) {
  const path = join(SEEDS, name);
  if (!checking) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  } else if (!existsSync(path) || !readFileSync(path).equals(content)) complain(`${name} differs from what generate_seeds.mjs makes`);
}
for (const entry of readdirSync(SEEDS, { recursive: true })) {
  const name = relative(SEEDS, join(SEEDS, entry));
  if (statSync(join(SEEDS, name)).isFile() && !Object.hasOwn(files, name) && !BY_HAND.test(name)) complain(`${name}: nothing makes it`);
}
console.log(`${Object.keys(files).length} seeds`);
