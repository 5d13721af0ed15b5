// Lets patients and practice systems with marked numbers do all that they do, and then looks for those numbers in every
// byte that was written or answered: `make canary`. Prints figures for scripts/figures to judge. FULL=1 is the long form,
// CALLS=n another number of calls, SEED=n repeats the choices. A control number is planted in each place at the end: what
// does not find that would find nothing.
import { runOn } from './canary/run.mjs';
import { newDatabase } from './lib/database.mjs';

const isFull = process.env.FULL === '1';
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000));
const calls = Number(process.env.CALLS ?? (isFull ? 10_000 : 300));
const server = process.env.BALIE_TEST_POSTGRES;

console.error(`canary: ${calls} calls on each database, SEED=${seed}`);
const runs = [['SQLite', undefined]];
if (server) runs.push(['PostgreSQL', await newDatabase(server, `canary_${seed}_${process.pid}`)]);
const found = await Promise.all(
  runs.map(async ([name, database]) => [name, await runOn({ name, database, server: database && server, seed, calls })]),
);

for (const [name, run] of found) {
  console.log(`${name}: calls with a marked number\t${run.calls}\t>=${calls}`);
  console.log(`${name}: visits booked by patients\t${run.booked}\t>=4`);
  for (const [place, { bytes, hits, control }] of run.places) {
    console.log(`${name}: bytes of ${place}\t${bytes}\t>0`);
    console.log(`${name}: marked numbers in ${place}\t${hits.length}\t=0`);
    console.log(`${name}: ways to write the control found in ${place}\t${control}\t=${run.ways}`);
    for (const hit of hits.slice(0, 5)) console.error(`${name}: ${place}: ${hit}`);
  }
}
if (!server) console.log('databases, PostgreSQL among them\t1\t=2');
