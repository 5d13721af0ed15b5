// Patients who look for a time, at a steady pace whatever the answers: a slow answer delays nobody's next visit.
import { setTimeout as pause } from 'node:timers/promises';

const PAGE = 'time?type=urn%3Axis%3Atypes%7Cconsult&agenda=7&week=1';

/** One visit to a practice's slot page: its status, or 0 where it led elsewhere, and how long it took. */
export async function visit({ platform, visitors }, practice, number) {
  const [begun, page] = [performance.now(), `${platform}/book/${practice}/${PAGE}`];
  const { status, address } = await visitors[number % visitors.length].get(page);
  return { status: address === page ? status : 0, ms: performance.now() - begun };
}

/** Visits these practices in turn, so many times a second, until `isOver`; gives all visits. */
export async function visits(house, practices, aSecond, isOver) {
  const [begun, all] = [performance.now(), []];
  for (let number = 0; !isOver(); number += 1) {
    await pause(Math.max(0, begun + (number * 1000) / aSecond - performance.now()));
    all.push(visit(house, practices[number % practices.length], number));
  }
  return Promise.all(all);
}
