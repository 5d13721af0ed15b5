// The figures of a run, each with its goal.

/** `[name, figure, goal]` of each figure. Only a calm machine's release build says how fast a start is. */
export function figuresOf({ work, readyMs, calmMs, settledSeconds, verdict, left, times, ledger, held }, asked) {
  const gone = [...ledger.forms.values()].filter((ids) => ids.size === 0).length;
  const ready = (all, share) => `${all.toSorted((one, other) => one - other)[Math.ceil(all.length * share) - 1].toFixed(0)} ms`;
  const readyGoal = asked.isFull ? '<=1000 ms' : '>=0 ms';
  return [
    ['bookings answered', work.bookings, `>=${asked.bookings}`],
    ['bookings of a time that was gone', gone, '>=0'],
    ['visits that patients wished to move or to end', ledger.wishes.patient.size, '>=1'],
    ['visits that took the place of another', held.platform.filter(({ replaces }) => replaces !== '-').length, '>=0'],
    ['acts of practitioners answered', work.updates, `>=${asked.updates}`],
    ['requests sent again after a lost answer', work.repeats, '>=1'],
    ['kills of the platform', readyMs.platform.length, '>=4'],
    ['kills of the practice system', readyMs.xis.length, '>=4'],
    ['the platform ready again after a kill, half of the times', ready(readyMs.platform, 0.5), readyGoal],
    ['the practice system ready again after a kill, half of the times', ready(readyMs.xis, 0.5), readyGoal],
    ['the same amid the work of all, the platform at its slowest', ready(readyMs.platform, 1), '>=0 ms'],
    ['the same amid the work of all, the practice system at its slowest', ready(readyMs.xis, 1), '>=0 ms'],
    ['the same while nobody works, the platform at its slowest', ready(calmMs.platform, 1), readyGoal],
    ['the same while nobody works, the practice system at its slowest', ready(calmMs.xis, 1), readyGoal],
    ['acknowledged and lost', verdict.lost.length, '=0'],
    ['booked twice', verdict.doubled.length, '=0'],
    ['the two ends disagree', verdict.disagreeing.length, '=0'],
    ['outcome still unknown', verdict.unsettled.length, '=0'],
    ['appointments that overlap', times.overlapping, '=0'],
    ['appointments that hold another time than their own', times.stepsAmiss, '=0'],
    ['changes without their notice', verdict.untold.length, '=0'],
    ['messages given up for good', left[0].dead + left[1].dead, '=0'],
    ['time at work', `${work.seconds.toFixed(0)} s`, '>=0 s'],
    ['time to settle, on the clock of both', `${settledSeconds.toFixed(0)} s`, '>=0 s'],
  ];
}
