// Waiting with an end to it.
import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until the answer is truthy, and gives it; after `timeoutMs` says what never came. */
export async function within(timeoutMs, what, ask, everyMs = 25) {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await pause(everyMs);
  }
}
