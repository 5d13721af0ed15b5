// Kills the platform again and again, and knows what it had under way each time.
import { setTimeout as pause } from 'node:timers/promises';

const BETWEEN_MS = [700, 3_000];

/** The kills of one run. */
export class Kills {
  constructor(platform, queue, chance) {
    Object.assign(this, { platform, queue, chance, all: [], owners: new Set() });
  }

  /** Kills and starts it until the work is done, at least three times. */
  async during(work) {
    let isDone = false;
    work.finally(() => (isDone = true)).catch(() => {});
    while (!isDone || this.count < 3) {
      await pause(this.chance.between(...BETWEEN_MS));
      await this.platform.kill();
      const [at, lanes] = [Date.now(), await this.lanesOfTheKilled()];
      await this.platform.start();
      this.all.push({ at, lanes, overAt: Date.now() });
    }
  }

  /** Of what is claimed, the lanes that the process claimed that was killed just now: claims of those before it last on. */
  async lanesOfTheKilled() {
    const claimed = (await this.queue.underWay()).filter(({ owner }) => !this.owners.has(owner));
    for (const { owner } of claimed) this.owners.add(owner);
    return claimed.map(({ lane }) => lane);
  }

  get count() {
    return this.all.length;
  }

  /** How many messages along this route were under way at all kills together. */
  underWay(route) {
    return this.all.flatMap(({ lanes }) => lanes).filter((lane) => isAlong(lane, route)).length;
  }

  /**
   * Whether a message about this appointment was under way along this route at a kill between the two times. What a
   * process had written when it was killed still arrives, at the latest while the next one starts.
   */
  hadUnderWay(route, appointment, from, until) {
    const isIt = (lane) => isAlong(lane, route) && lane.includes(`:${appointment}:`);
    return this.all.some(({ at, overAt, lanes }) => overAt >= from && at <= until && lanes.some(isIt));
  }
}

/** A lane of notices is `notice:ACCOUNT:APPOINTMENT:ROUTE`, a push's route `push:DEVICE`. */
function isAlong(lane, route) {
  return lane.startsWith('notice:') && lane.split(':')[3] === route;
}
