// Assay: verifiable AI results in the browser
// Copyright 2026 The Assay Authors
// SPDX-License-Identifier: Apache-2.0
//
// The verdict as a page: banner, facts, the verified text, and the rows of what was checked, what
// was taken on trust and what nothing signs. Shared with the extension's popup.
import { el, icon } from './dom.js';
import { ADVICE, alarm, demandOf, isAlarm, millisText, plural, STATUS_WORDS, timeText, TRUST_WORDS } from './words.js';

/** Splits the tree: checks that were made stay a tree, the rest becomes two flat lists. */
export function partition(checks, made = [], assumed = [], uncovered = [], trail = []) {
    for (const check of checks) {
        if (check.status === 'assumed') assumed.push({ ...check, trail });
        else if (check.status === 'not-covered') uncovered.push({ ...check, trail });
        else {
            const children = [];
            partition(check.children ?? [], children, assumed, uncovered, [...trail, check.name]);
            made.push({ ...check, children });
        }
    }
    return { made, assumed, uncovered };
}

function lineContent(check) {
    const demand = demandOf(check);
    return [
        icon(check.status),
        el('span', { class: 'what' }, check.name),
        el('span', { class: 'state' }, STATUS_WORDS[check.status]),
        check.code ? el('span', { class: 'why' }, el('span', { class: 'code' }, check.code)) : null,
        demand === undefined ? null : el('span', { class: 'why' }, demand),
        check.detail ? el('span', { class: 'why detail' }, check.detail) : null,
    ];
}

function row(check) {
    const children = check.children ?? [];
    if (children.length === 0) {
        return el('li', { class: 'row', 'data-status': check.status, 'data-check': check.name },
            el('div', { class: 'line' }, lineContent(check)));
    }
    return el('li', { class: 'row', 'data-status': check.status, 'data-check': check.name },
        el('details', { open: check.status === 'failed' || matchMedia('(min-width: 48rem)').matches },
            el('summary', { class: 'line' }, lineContent(check)),
            el('ul', { class: 'rows' }, children.map(row))));
}

function group(id, title, explanation, content) {
    return el('section', { class: 'group', 'aria-labelledby': id },
        el('header', {}, el('h3', { id }, title), el('p', {}, explanation)), content);
}

function countLeaves(checks) {
    return checks.reduce((sum, { children = [] }) => sum + (children.length === 0 ? 1 : countLeaves(children)), 0);
}

/** What the receipt does not cover are members of request and reply; the rest are phrases with a reason. */
const isMember = ({ trail }) => trail.includes('receipt');

function checkGroups(verdict) {
    const { made, assumed, uncovered } = partition(verdict.checks);
    const ending = verdict.ok ? '' : ' The first failure decides; what comes after it was not checked.';
    const groups = [
        group('made-title', 'Checked', `${plural(countLeaves(made), 'check')} made on this device.${ending}`,
            el('ul', { class: 'rows' }, made.map(row))),
    ];
    if (assumed.length > 0) {
        groups.push(group('assumed-title', 'Taken on trust', 'Given by the policy or by this device, not proven by the evidence.',
            el('ul', { class: 'rows' }, assumed.map(row))));
    }
    if (uncovered.length > 0) {
        const members = uncovered.filter(isMember);
        const reasons = uncovered.filter((check) => !isMember(check));
        groups.push(group('uncovered-title', 'Not covered', 'Bound by no signature, or not checked here: nothing is said about these.',
            [reasons.length > 0 ? el('ul', { class: 'rows' }, reasons.map(row)) : null,
                members.length > 0 ? el('ul', { class: 'paths' }, members.map(path)) : null]));
    }
    return groups;
}

function path({ name }) {
    return el('li', { 'data-status': 'not-covered', 'data-check': name, 'data-alarm': isAlarm(name) },
        icon(isAlarm(name) ? 'alert' : 'not-covered'), name);
}

const BANNERS = {
    verified: { tone: 'pass', shape: 'passed', word: 'Verified' },
    genuine: { tone: 'note', shape: 'genuine', word: 'Genuine' },
    refused: { tone: 'fail', shape: 'failed', word: 'Refused' },
    unusable: { tone: 'fail', shape: 'alert', word: 'Not checked' },
};

function outcome(result) {
    if (result.verdict.ok) return result.call === 'authenticate' ? 'genuine' : 'verified';
    return ['usage', 'load', 'internal'].includes(result.verdict.category) ? 'unusable' : 'refused';
}

function sentence(result) {
    const { verdict, call } = result;
    if (!verdict.ok) return `${verdict.message[0].toUpperCase()}${verdict.message.slice(1)}.`;
    if (call === 'authenticate') {
        return 'AWS signed this document for some enclave. No policy was applied, so this does not say whose code runs in it.';
    }
    if (call === 'evidence') return 'Every part of this bundle holds under the policy, and the parts belong together.';
    if (call === 'attestation') return 'This enclave runs the code that the policy names, and its maker signed for it.';
    return 'This reply was signed inside an enclave that the policy names, for exactly this request.';
}

/** Fills the live region. It is announced as one sentence, so it holds no more than that. */
export function showBanner(banner, result) {
    const kind = outcome(result);
    const { tone, shape, word } = BANNERS[kind];
    const { verdict } = result;
    banner.dataset.tone = tone;
    banner.dataset.outcome = kind;
    banner.replaceChildren(
        icon(shape),
        el('strong', {}, word),
        el('p', {}, sentence(result), verdict.ok ? null : ' ', verdict.ok ? null : el('span', { class: 'code' }, verdict.code)),
        ...(verdict.ok ? [] : [el('p', { class: 'hint' }, ADVICE[verdict.category] ?? '')]),
    );
}

/** The receipt's value, by itself or in a bundle. */
const receiptOf = ({ verdict, call }) => (verdict.ok ? (call === 'evidence' ? verdict.value.receipt : verdict.value) : undefined);

function facts(result) {
    const { verdict, rootName, now, clock, ms } = result;
    const pair = (term, ...value) => el('div', {}, el('dt', {}, term), el('dd', {}, ...value));
    return el('dl', { class: 'facts' },
        verdict.ok && result.call !== 'authenticate' ? pair('Trust', TRUST_WORDS[verdict.trust] ?? verdict.trust) : null,
        rootName === undefined ? null : pair('Root', el('span', { class: 'badge', 'data-root': rootName }, rootName)),
        receiptOf(result)?.timestamp === undefined ? null : pair('Signed', timeText(receiptOf(result).timestamp)),
        pair(clock === 'device' ? 'Judged now' : 'Judged as of', timeText(now)),
        pair('Took', millisText(ms)));
}

function answer(value) {
    return el('section', { class: 'answer', 'aria-labelledby': 'answer-title' },
        el('h3', { id: 'answer-title' }, value.kind === 'tool_calls' ? 'The tool calls that were signed' : 'The text that was signed'),
        el('pre', { tabindex: 0, 'data-kind': value.kind, 'aria-labelledby': 'answer-title' }, value.output));
}

function warning(what) {
    return el('div', { class: 'warn', role: 'note' }, icon('alert'),
        el('p', {}, el('strong', {}, `The reply also carries ${what} that nothing signs. `),
            'Someone on the way may have added them. They are not shown here and must not be acted on.'));
}

const plain = (_, value) => (typeof value === 'bigint' ? String(value) : value);

/** Everything below the banner. */
export function showReport(report, result) {
    const { verdict } = result;
    const paths = partition(verdict.checks).uncovered.map(({ name }) => name);
    const suspicious = alarm(paths);
    report.replaceChildren(
        facts(result),
        ...(suspicious === null ? [] : [warning(suspicious)]),
        ...(typeof receiptOf(result)?.output === 'string' ? [answer(receiptOf(result))] : []),
        ...(verdict.checks.length === 0 ? [] : checkGroups(verdict)),
        el('details', { class: 'raw' }, el('summary', {}, 'The verdict as data'),
            el('pre', { tabindex: 0, 'aria-label': 'Verdict, JSON' }, JSON.stringify(verdict, plain, 2))),
    );
}

/** What stands there before the first check. */
export function showWaiting(banner, report) {
    delete banner.dataset.tone;
    delete banner.dataset.outcome;
    banner.replaceChildren(icon('waiting'), el('strong', {}, 'Nothing checked yet'),
        el('p', {}, 'Choose a sample, or bring a receipt and its attestation.'));
    const legend = [
        ['passed', 'Passed: proven by the evidence itself.'],
        ['failed', 'Failed: the first failure decides the verdict.'],
        ['assumed', 'Assumed: taken from the policy or this device’s clock.'],
        ['not-covered', 'Not covered: in the reply, but bound by no signature.'],
    ];
    report.replaceChildren(el('div', { class: 'empty' }, el('p', {}, 'The rows will read like this:'),
        el('ul', {}, legend.map(([status, text]) => el('li', { 'data-status': status }, icon(status), text)))));
}
