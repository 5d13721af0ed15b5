// Sets what each patient was told beside what the practice system holds.
import { atPractice } from '../story/lib/when.mjs';

/** What the practice system made true, and when: the states of each appointment, by patient and the platform's id. */
export class Truth {
  constructor() {
    this.states = new Map();
  }

  /** This state was asked for at `sentAt` and acknowledged at `ackedAt`. */
  add(key, state) {
    const known = this.states.get(key) ?? this.states.set(key, []).get(key);
    const { date, time } = atPractice(state.at);
    known.push({ isOver: state.over, when: `${date} ${time}`, sentAt: state.sentAt, ackedAt: state.ackedAt });
  }
}

/**
 * The counts: changes that were `lost`, tellings that were `untrue` or `doubled`, repeats on the wire (`repeats`), and
 * of those the `unexplained` and the `otherwise` worded. `told` is in the order of arrival; `excuse(first, again)` says
 * whether something happened between two copies that explains the second.
 */
export function judge(truth, told, excuse) {
  const found = { lost: [], untrue: [], doubled: [], repeats: [], unexplained: [], otherwise: [] };
  const byAppointment = groupBy(told, ({ to, appointment }) => `${to} ${appointment}`);
  for (const [key, states] of truth.states) {
    const copies = byAppointment.get(key) ?? [];
    byAppointment.delete(key);
    judgeLast(key, states, copies, found);
    judgeRepeats(states, copies, excuse, found);
    judgeTellings(states, firstOfEach(copies), found);
  }
  found.untrue.push(...[...byAppointment.values()].flat());
  return found;
}

/** The last that was told is the last that was acknowledged; who was never told knows of nothing, and may. */
function judgeLast(key, states, copies, { lost }) {
  const [last, told] = [states.at(-1), copies.at(-1)];
  const knows = told ? isSame(last, told) : last.isOver;
  if (!knows) lost.push({ key, last, told });
}

function judgeRepeats(states, copies, excuse, { repeats, unexplained, otherwise }) {
  for (const [, same] of groupBy(copies, ({ key }) => key)) {
    for (const [nth, again] of same.slice(1).entries()) {
      const first = same[nth];
      repeats.push(again);
      if (!excuse(first, again)) unexplained.push({ first, again });
      const changed = states.some(({ sentAt, ackedAt }) => ackedAt >= first.keptAt && sentAt <= again.keptAt);
      if (!changed && first.said !== again.said) otherwise.push({ first, again });
    }
  }
}

/**
 * Each telling tells a change of its own that was asked for before: in order, they are found among the states in
 * order. One that is found only among those already told is doubled.
 */
function judgeTellings(states, tellings, { untrue, doubled }) {
  let next = 0;
  for (const telling of tellings) {
    const fits = (state, place) => place >= next && isSame(state, telling) && state.sentAt <= telling.keptAt;
    const place = states.findIndex(fits);
    if (place >= 0) next = nextChange(states, place);
    else if (states.slice(0, next).some((state) => isSame(state, telling))) doubled.push(telling);
    else untrue.push(telling);
  }
}

/** The place of the first state after this one that differs from it: the same again is no change. */
function nextChange(states, place) {
  let next = place + 1;
  while (next < states.length && isSame(states[next], states[place])) next += 1;
  return next;
}

function firstOfEach(copies) {
  return [...groupBy(copies, ({ key }) => key).values()].map(([first]) => first);
}

/** The items by key, the keys in the order in which each came first. */
function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function isSame(state, told) {
  return state.isOver === told.isOver && (state.isOver || state.when === told.when);
}
