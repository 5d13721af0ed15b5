// Both ends run calmly until nothing is under way. Their clock goes faster, so that what waits for its time need not be
// waited for.
import { setTimeout as pause } from 'node:timers/promises';

/** What reads again a quarter of an hour later whether a cancellation stands holds nothing up. */
const WAITING = "select count(*) from outbox where standing = 'waiting' and topic <> 'reread'";
const OPEN = "select count(*) from appointment where state in ('requested', 'unknown')";
const STEP_MS = 250;
/** The clock goes faster until it is so far ahead: everything waits for less, and nobody is logged out by it. */
const STEP_SECONDS = 5;
const MOST_AHEAD_SECONDS = 180;

/**
 * Kills both a last time and has them run until the queues of both are empty and no outcome is unknown, for so long at
 * most. Gives the seconds that went by on their clock: what never settles is left to the judge.
 */
export async function settle({ platform, xis }, clock, timeoutMs) {
  const began = performance.now();
  let ahead = 0;
  await Promise.all([platform, xis].map((end) => restart(end, clock.env)));
  while (performance.now() - began < timeoutMs && !(await isSettled(platform, xis))) {
    if (ahead < MOST_AHEAD_SECONDS) await clock.turnAhead((ahead += STEP_SECONDS));
    await pause(STEP_MS);
  }
  return ahead + (performance.now() - began) / 1000;
}

async function restart(end, env) {
  await end.kill();
  end.env = { ...end.env, ...env };
  await end.start();
}

async function isSettled(platform, xis) {
  const count = async (end, query) => Number((await end.ask(query))[0][0]);
  const left = await Promise.all([count(platform, WAITING), count(xis, WAITING), count(platform, OPEN)]);
  return left.every((number) => number === 0);
}
