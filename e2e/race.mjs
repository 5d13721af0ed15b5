// Has eight rivals run for each slot of a practice system, over HTTP: `make race`. Prints figures for scripts/figures
// to judge. FULL=1 is the long form, SLOTS=n another number, SEED=n repeats the choices.
import { newDatabase } from './lib/database.mjs';
import { runOn } from './race/run.mjs';

const isFull = process.env.FULL === '1';
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000));
const slots = Number(process.env.SLOTS ?? (isFull ? 10_000 : 100));
const server = process.env.BALIE_TEST_POSTGRES;

console.error(`race: ${slots} slots on each database, SEED=${seed}`);
const runs = [['SQLite', undefined]];
if (server) runs.push(['PostgreSQL', await newDatabase(server, `race_${seed}_${process.pid}`)]);
for (const [name, database] of runs) {
  const figures = await runOn({ database, seed, slots });
  for (const [what, figure, goal] of figures) console.log(`${name}: ${what}\t${figure}\t${goal}`);
}
if (!server) console.log('databases, PostgreSQL among them\t1\t=2');
