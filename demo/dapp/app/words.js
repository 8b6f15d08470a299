// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the verdict's terms mean to a person. Codes and names themselves stay visible beside these.

export const STATUS_WORDS = {
    passed: 'passed',
    failed: 'failed',
    assumed: 'assumed',
    'not-covered': 'not covered',
};

export const TRUST_WORDS = {
    proven: 'proven from chain state',
    attested: 'attested by a live enclave',
    calldata: 'from registration calldata',
    quorum: 'agreed by several servers',
    unproven: 'unproven: one party’s word',
};

/** Who has to act, by category of a refusal. */
export const ADVICE = {
    rejected: 'The evidence is well-formed and contradicts itself. Treat the answer as altered and do not use it.',
    policy: 'The evidence may be genuine, but it is not what the policy asks for. Whoever sets the policy decides.',
    malformed: 'The bytes are not what they claim to be, so nothing in them can be relied on.',
    unsupported: 'This uses a form that Assay does not check, so nothing is said about it.',
    limit: 'The evidence is larger or deeper than any honest one.',
    usage: 'The question itself could not be asked: something is missing or not of the documented form.',
    load: 'The checker itself could not start; nothing was checked.',
    internal: 'The checker failed; nothing was checked. Trying again starts a fresh one.',
};

/** What a check demands, by its name in the verdict. */
const DEMANDS = {
    attestation: 'The enclave is real, runs the code that the policy names, and vouches for the signing key.',
    document: 'The attestation is one well-formed Nitro document.',
    'trusted root': 'Its first certificate is the pinned root, byte for byte.',
    'certificate chain': 'Each certificate is signed by the one before it.',
    'certificate constraints': 'Each certificate is used for what it was issued for.',
    'certificate validity': 'Every certificate is valid at the time of judging.',
    'document signature': 'The document is signed by the key of the last certificate.',
    age: 'It is as recent as the policy demands.',
    'debug mode': 'Nobody could look into the enclave with a debugger.',
    measurements: 'The code inside is one that the policy names.',
    'user data': 'The enclave itself names the key that signs replies.',
    'public key': 'The document carries the key that the policy names.',
    profile: 'The policy says how this enclave writes the text that it signs.',
    receipt: 'The enclave’s key signed this reply to this request.',
    'receipt fields': 'The reply carries one complete receipt.',
    'signing key': 'The key is a plain RSA key of sufficient size.',
    'enclave id': 'The receipt names the attested key.',
    'request hash': 'The receipt was made for this request.',
    'output hash': 'The receipt was made for this reply.',
    signature: 'Request, reply and time are signed by that key.',
    freshness: 'The receipt is as recent as the policy demands.',
    'trust level': 'The evidence is as strong as the policy demands.',
    links: 'The parts of the bundle belong together.',
    key: 'The key that signed is the attested enclave’s.',
    settlement: 'The receipt stands in the settled batch.',
    'merkle proof': 'The leaf leads to the settled root.',
    'receipt signature': 'The enclave’s key signed the leaf.',
    'settlement event': 'The contract’s log has the form of a settlement.',
    root: 'The settled root is one that the policy names.',
    times: 'The enclave was attested before it answered.',
};

/** The sentence for a check that was made; undefined for others and for a name of a later version. */
export function demandOf({ name, status }) {
    if (!Object.hasOwn(DEMANDS, name)) return undefined;
    const demand = DEMANDS[name];
    if (status === 'failed') return `Does not hold: ${demand[0].toLowerCase()}${demand.slice(1)}`;
    return status === 'passed' ? demand : undefined;
}

const UNCOVERED = {
    'response.tool_calls': 'tool calls',
    'response.function_call': 'a function call',
    'response.content': 'text beside the signed tool calls',
};

/** What in the reply an application could act on although nothing signs it; null when there is nothing. */
export function alarm(paths) {
    const found = Object.keys(UNCOVERED).filter((path) => paths.includes(path));
    return found.length === 0 ? null : found.map((path) => UNCOVERED[path]).join(' and ');
}

export const isAlarm = (path) => Object.hasOwn(UNCOVERED, path);

export const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** Unix seconds, or RFC 3339 text, as a person reads it. */
export function timeText(time) {
    const seconds = Number(time);
    const date = new Date(Number.isNaN(seconds) ? time : seconds * 1000);
    if (Number.isNaN(date.getTime())) return String(time);
    return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

export function millisText(ms) {
    if (ms >= 100) return `${ms.toFixed(0)} ms`;
    return ms >= 1 ? `${ms.toFixed(1)} ms` : `${ms.toFixed(3)} ms`;
}
