// Lets the system of one practice of fifty hang, and measures what the patients of the others notice: `make bulkhead`.
// Prints figures for scripts/figures to judge. Calm and trouble take turns in one run, so that both meet the same machine.
// FULL=1 takes more turns.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { figuresOf } from './bulkhead/figures.mjs';
import { openHouse } from './bulkhead/house.mjs';
import { visit, visits } from './bulkhead/traffic.mjs';

const rounds = process.env.FULL === '1' ? 12 : 4;
const OTHERS_A_SECOND = 40;
const HUNG_A_SECOND = 10;
const PHASE_MS = 8_000;
/** So many patients of the practice look for a time at the moment when its system begins to hang. */
const CROWD = 40;
/** An answer this fast did not wait for the practice's system. */
const AT_ONCE_MS = 500;
const DEVICES = 24;

const folder = await mkdtemp(join(tmpdir(), 'balie-bulkhead-'));
const house = await openHouse(folder, DEVICES);
try {
  const [hanging, ...others] = house.practices;
  const seen = { calm: [], troubled: [], hung: { pages: [], openedMs: [], closedMs: [] }, practices: house.practices.length };
  await phase(others, hanging);
  for (let round = 0; round < rounds; round += 1) {
    seen.calm.push(...(await phase(others, hanging)));
    const [troubled] = await Promise.all([phase(others), trouble(hanging, seen.hung)]);
    seen.troubled.push(...troubled);
    seen.hung.closedMs.push(await recover(hanging));
  }
  seen.mostUnderWay = (await house.systems.ask('count', hanging)).most;
  for (const [what, figure, goal] of figuresOf(seen)) console.log(`${what}\t${figure}\t${goal}`);
} finally {
  await house.close();
  await rm(folder, { recursive: true, force: true });
}

/** The visits to the other practices while a phase lasts; all practices have visitors where all is well. */
async function phase(others, hanging) {
  const end = performance.now() + PHASE_MS;
  const isOver = () => performance.now() >= end;
  const [seen] = await Promise.all([
    visits(house, others, OTHERS_A_SECOND, isOver),
    hanging && visits(house, [hanging], HUNG_A_SECOND, isOver),
  ]);
  return seen;
}

/** Lets the system hang for a phase, and notes what its own patients see. */
async function trouble(hanging, hung) {
  await house.systems.ask('hang', hanging);
  const begun = performance.now();
  let openedMs;
  const note = (one) => {
    hung.pages.push(one.ms);
    if (one.status === 503 && one.ms < AT_ONCE_MS) openedMs ??= performance.now() - begun;
    else if (one.status !== 503) throw new Error(`a page of a system that hangs has status ${one.status}`);
  };
  const crowd = Array.from({ length: CROWD }, (_, number) => visit(house, hanging, number).then(note));
  for (let number = 0; performance.now() - begun < PHASE_MS; number += 1) {
    crowd.push(visit(house, hanging, number).then(note));
    await pause(1000 / HUNG_A_SECOND);
  }
  await Promise.all(crowd);
  hung.openedMs.push(openedMs ?? Infinity);
}

/** Lets the system answer again, and gives the milliseconds until its patients see times. */
async function recover(hanging) {
  await house.systems.ask('recover', hanging);
  const begun = performance.now();
  while ((await visit(house, hanging, 0)).status !== 200) await pause(50);
  return performance.now() - begun;
}
