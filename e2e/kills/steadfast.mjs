// Somebody behind a browser who taps again until there is an answer.
import { setTimeout as pause } from 'node:timers/promises';

import { Visitor } from '../lib/visitor.mjs';

const PATIENCE_MS = 120_000;
const BEFORE_REPEAT_MS = 100;

/** Sends each request as it was until the other side answers it; `repeats` counts how often that was again. */
export class Steadfast extends Visitor {
  repeats = 0;

  async once(address, request) {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.tryOnce(address, request);
      if (answer && answer.status < 500 && answer.status !== 429) return answer;
      if (performance.now() > end) throw new Error(`${address} is not answered: ${answer?.status} ${answer?.said}`);
      this.repeats += 1;
      await pause(BEFORE_REPEAT_MS);
    }
  }

  /** The whole answer; nothing where none came or it broke off. */
  async tryOnce(address, request) {
    try {
      const answer = await super.once(address, request);
      const said = await answer.text();
      return { status: answer.status, headers: answer.headers, said, text: async () => said };
    } catch {
      return undefined;
    }
  }
}
