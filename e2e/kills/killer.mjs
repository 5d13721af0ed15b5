// Kills both ends in turn, again and again, and starts each at once.
import { setTimeout as pause } from 'node:timers/promises';

import { within } from '../lib/within.mjs';

const BETWEEN_MS = [100, 900];
const LEAST_OF_EACH = 4;
const STUCK_MS = 60_000;
const CALM_KILLS = 5;

/**
 * Kills until the work is done, and gives the milliseconds that each end took to be ready again. So many acts as
 * `betweenActs` says are answered between two kills: on a slow machine nothing would come to an end otherwise.
 */
export async function killDuring(work, { platform, xis }, chance, betweenActs) {
  const readyMs = { platform: [], xis: [] };
  while (!work.isDone || readyMs.xis.length < LEAST_OF_EACH) {
    for (const [name, end] of Object.entries({ platform, xis })) {
      const goal = work.answered + chance.between(...betweenActs);
      await within(STUCK_MS, 'an act answered', () => work.isDone || work.answered >= goal);
      await pause(chance.between(...BETWEEN_MS));
      await end.kill();
      readyMs[name].push(await end.start());
    }
  }
  return readyMs;
}

/** The same a few times while nobody is at work, on the tables that the work has filled. */
export async function killCalmly({ platform, xis }) {
  const readyMs = { platform: [], xis: [] };
  for (let round = 0; round < CALM_KILLS; round += 1) {
    for (const [name, end] of Object.entries({ platform, xis })) {
      await end.kill();
      readyMs[name].push(await end.start());
    }
  }
  return readyMs;
}
