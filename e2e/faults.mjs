// Changes appointments while the platform is killed again and again and its mail server and push service fail:
// `make faults`. Prints figures for scripts/figures to judge. FULL=1 is the long form, SEED=n repeats a run, and
// BALIE_FAULTS_REPORT=FOLDER keeps what was wrong.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runOn } from './faults/run.mjs';
import { newDatabase } from './lib/database.mjs';

const isFull = process.env.FULL === '1';
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000));
const changes = Number(process.env.CHANGES ?? (isFull ? 10_000 : 250));
const server = process.env.BALIE_TEST_POSTGRES;

console.error(`faults: ${changes} changes on each database, SEED=${seed}`);
const runs = [['SQLite', undefined]];
if (server) runs.push(['PostgreSQL', await newDatabase(server, `faults_${seed}`)]);
const found = await Promise.all(
  runs.map(async ([name, database]) => [name, await runOn({ name, database, seed, changes })]),
);

for (const [name, { figures, wrong }] of found) {
  for (const [what, figure, goal] of figures) console.log(`${name}: ${what}\t${figure}\t${goal}`);
  const place = process.env.BALIE_FAULTS_REPORT;
  if (place) await writeFile(join(place, `${name}-${seed}.json`), JSON.stringify(wrong, null, 2));
}
if (!server) console.log('databases, PostgreSQL among them\t1\t=2');
