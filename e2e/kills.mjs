// Kills the platform and the practice system in turn while patients and practitioners are at work, and holds what each
// of them was answered against what both ends have in the end: `make kills`. Prints figures for scripts/figures to
// judge. FULL=1 is the long form, BOOKINGS=n and UPDATES=n another number, SEED=n repeats the choices, and
// BALIE_KILLS_REPORT=FOLDER keeps what was wrong.
//
// Each database has a process of its own: while one run is judged, nobody of the other waits.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ONE = fileURLToPath(new URL('kills/one.mjs', import.meta.url));

const isFull = process.env.FULL === '1';
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000));
const bookings = Number(process.env.BOOKINGS ?? (isFull ? 10_000 : 60));
const updates = Number(process.env.UPDATES ?? (isFull ? 10_000 : 60));
// Most of what a kill costs is starting again: a long run has hundreds of them, not thousands.
const betweenActs = isFull ? [20, 80] : [2, 8];
const server = process.env.BALIE_TEST_POSTGRES;

console.error(`kills: ${bookings} bookings and ${updates} updates on each database, SEED=${seed}`);
const asked = { seed, bookings, updates, betweenActs, isFull };
const runs = [run({ name: 'SQLite', ...asked })];
if (server) runs.push(run({ name: 'PostgreSQL', server, ...asked }));
else console.log('databases, PostgreSQL among them\t1\t=2');
const codes = await Promise.all(runs);
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;

/** One database's run, in its own process: gives how that ended. */
async function run(asked) {
  const child = fork(ONE, [JSON.stringify(asked)]);
  process.once('exit', () => child.kill());
  const [code] = await once(child, 'exit');
  return code;
}
