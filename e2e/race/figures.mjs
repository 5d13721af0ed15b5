// The figures of a race, each with its goal.
import { RIVALS } from './rival.mjs';

const isWon = ({ status, type }) => status === 201 && type === 'Appointment';
const isRefused = ({ status, type }) => status === 409 && type === 'OperationOutcome';
const isFoundAgain = ([won, again]) => again.status === 200 && again.id === won.id;

/** `[name, figure, goal]` of each figure. */
export function figuresOf(slots, contests, { overlapping, standing, stepsAmiss, rate }) {
  const answers = contests.flatMap((contest) => contest.answers);
  const repeats = contests.flatMap((contest) => contest.repeats);
  const all = [...answers, ...contests.map(({ again }) => again), ...repeats.map(([, again]) => again)];
  const unclear = contests.filter((contest) => contest.answers.filter(isWon).length !== 1);
  return [
    ['slots with eight rivals', slots, '>=1'],
    ['winners', answers.filter(isWon).length, `=${slots}`],
    ['slots with no winner or several', unclear.length, '=0'],
    ['refused with 409 and an OperationOutcome', answers.filter(isRefused).length, `=${(RIVALS - 1) * slots}`],
    ['answers of 500 and up', all.filter(({ status }) => status >= 500).length, '=0'],
    ['repeats by winners', repeats.length, `>=${slots}`],
    ['repeats not answered with 200 and the same id', repeats.filter((pair) => !isFoundAgain(pair)).length, '=0'],
    ['appointments in the agenda', standing, `=${slots}`],
    ['appointments that overlap', overlapping, '=0'],
    ['appointments that hold another time than their own', stepsAmiss, '=0'],
    ['requests', `${rate.toFixed(0)} a second`, '>=1 a second'],
  ];
}
