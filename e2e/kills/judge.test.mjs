// The judge of `make kills` finds what is planted.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { judge } from './judge.mjs';
import { Ledger } from './ledger.mjs';

const START = Date.parse('2026-12-01T08:00:00Z');
const WHEN = '2026-12-01 09:00';
const [OURS, THEIRS] = ['ours', 'theirs'];

/** A booking that both hold, read by its patient and its practitioner; `change` spoils it. */
function judged(change = () => {}) {
  const times = { practice: '01000001', start: START, end: START + 600_000 };
  const held = {
    platform: [{ id: OURS, xisId: THEIRS, state: 'booked', ...times }],
    xis: [{ id: THEIRS, state: 'booked', number: `urn:uuid:${OURS}`, ...times }],
    pages: new Map([[OURS, { id: OURS, standing: 'booked', start: START }]]),
  };
  const ledger = new Ledger();
  ledger.sent('form', new Set([OURS]));
  ledger.heard('patient', { id: OURS, standing: 'booked', start: START });
  ledger.heard('practice', { id: THEIRS, standing: 'booked', when: WHEN });
  change({ held, ledger });
  return Object.entries(judge(ledger, held)).flatMap(([name, found]) => (found.length > 0 ? [name] : []));
}

test('nothing is wrong where both hold what was read', () => {
  assert.deepEqual(judged(), []);
});

const PLANTED = [
  ['a booking that the practice system has not', ['lost', 'disagreeing'], ({ held }) => held.xis.pop()],
  ['a booking that the platform has not', ['lost', 'disagreeing'], ({ held }) => held.platform.pop()],
  ['an end that nobody wished', ['lost', 'disagreeing'], ({ held }) => (held.xis[0].state = 'cancelled')],
  ['a cancellation that was read and undone', ['lost'], ({ ledger }) => ledger.heard('patient', { id: OURS, standing: 'over' })],
  ['a move that was read and undone', ['lost'], ({ ledger }) => ledger.heard('practice', { id: THEIRS, standing: 'booked', when: 'later' })],
  ['an approval that was read and undone', ['lost', 'disagreeing'], ({ held }) => (held.xis[0].state = 'requested')],
  ['another time', ['lost', 'disagreeing'], ({ held }) => (held.xis[0].start += 300_000)],
  ['a page that says otherwise', ['disagreeing'], ({ held }) => (held.pages.get(OURS).standing = 'pending')],
  ['one form that booked twice', ['doubled'], ({ ledger }) => ledger.sent('form', new Set([OURS, 'another']))],
  ['one number twice', ['doubled', 'disagreeing'], ({ held }) => held.xis.push({ ...held.xis[0], id: 'again' })],
  ['an outcome that is unknown', ['unsettled'], ({ held }) => (held.platform[0].state = 'unknown')],
];

for (const [what, names, plant] of PLANTED) {
  test(`${what} is found`, () => assert.deepEqual(judged(plant).toSorted(), names.toSorted()));
}
