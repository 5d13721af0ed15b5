// Kills the platform and the practice system in turn while patients and practitioners are at work, and holds what each
// of them was answered against what both ends have in the end: `make kills`. Prints figures for scripts/figures to
// judge. FULL=1 is the long form, BOOKINGS=n and UPDATES=n another number, SEED=n repeats the choices, and
// BALIE_KILLS_REPORT=FOLDER keeps what was wrong.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { figuresOf } from './kills/figures.mjs';
import { runOn } from './kills/run.mjs';
import { newDatabase } from './lib/database.mjs';

const isFull = process.env.FULL === '1';
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000));
const bookings = Number(process.env.BOOKINGS ?? (isFull ? 10_000 : 60));
const updates = Number(process.env.UPDATES ?? (isFull ? 10_000 : 60));
// Most of what a kill costs is starting again: a long run has hundreds of them, not thousands.
const betweenActs = isFull ? [20, 80] : [2, 8];
const server = process.env.BALIE_TEST_POSTGRES;

console.error(`kills: ${bookings} bookings and ${updates} updates on each database, SEED=${seed}`);
const runs = [['SQLite', undefined]];
if (server) runs.push(['PostgreSQL', await newDatabase(server, `kills_${seed}_${process.pid}`)]);
const found = await Promise.all(
  runs.map(async ([name, database]) => [name, await runOn({ name, database, seed, bookings, updates, betweenActs })]),
);

for (const [name, run] of found) {
  for (const [what, figure, goal] of figuresOf(run, { bookings, updates, isFull })) {
    console.log(`${name}: ${what}\t${figure}\t${goal}`);
  }
  const place = process.env.BALIE_KILLS_REPORT;
  const wrong = { ...run.verdict, why: run.why };
  if (place) await writeFile(join(place, `${name}-${seed}.json`), JSON.stringify(wrong, null, 2));
}
if (!server) console.log('databases, PostgreSQL among them\t1\t=2');
