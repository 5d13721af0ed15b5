// The figures of a run, each with its goal.

/** Nothing of an appointment but its time may get out, and no citizen number may get anywhere. */
const POISON = /POISON|9999900\d\d/;

/** `[name, figure, goal]` of each figure, and what a person needs to look into those that are short. */
export function figuresOf({ changes, repeats, truth, kills, told, log, left, drainedMs }) {
  const poisoned = [...told.flatMap((route) => route.told.map(({ said }) => said)), ...log].filter((text) => POISON.test(text));
  const figures = [
    ['changes acknowledged', changes, `>=${changes}`],
    ['changes sent again after a lost answer', repeats, '>=0'],
    ['appointments', truth.states.size, '>=1'],
    ['kills', kills.count, '>=3'],
    ...told.flatMap(ofRoute),
    ['texts and log lines with what must stay inside', poisoned.length, '=0'],
    ['messages that still wait', left.waiting, '=0'],
    ['messages given up for good', left.dead, '=0'],
    ['time to drain', `${(drainedMs / 1000).toFixed(0)} s`, '>=0 s'],
  ];
  const wrong = told.map(({ route, verdict: { repeats: _, ...faults }, wrong }) => ({ route, ...faults, wrong }));
  return { figures, wrong: { routes: wrong, poisoned } };
}

function ofRoute({ route, told, verdict, mostRepeats, faults, wrong }) {
  return [
    ['faults of the receiver', faults, '>=5'],
    ['taken by the receiver', told.length, '>=1'],
    ['acknowledged changes without their notice', verdict.lost.length, '=0'],
    ['notices of what was not committed', verdict.untrue.length, '=0'],
    ['logical duplicates', verdict.doubled.length, '=0'],
    ['repeats on the wire, at most those in flight', verdict.repeats.length, `<=${mostRepeats}`],
    ['repeats that no kill and no lost answer explains', verdict.unexplained.length, '=0'],
    ['repeats in other words though nothing changed', verdict.otherwise.length, '=0'],
    ['refused by the rules of the receiver', wrong.length, '=0'],
  ].map(([what, figure, goal]) => [`${route}: ${what}`, figure, goal]);
}
