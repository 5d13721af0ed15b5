// Asks the API what its own document allows and forbids: `make schemathesis`. Prints figures for scripts/figures to
// judge. FULL=1 is the long form, SEED=n repeats the choices.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { newDatabase } from './lib/database.mjs';
import { askAll } from './schemathesis/ask.mjs';
import { startUnlimited } from './schemathesis/platform.mjs';

const isFull = process.env.FULL === '1';
// One seed for every run of the tests: what is found by chance is found by `FULL=1`.
const seed = Number(process.env.SEED ?? (isFull ? Math.floor(Math.random() * 1_000_000) : 1));
const server = process.env.BALIE_TEST_POSTGRES;

console.error(`schemathesis: SEED=${seed}`);
const runs = [['SQLite', undefined]];
if (server) runs.push(['PostgreSQL', await newDatabase(server, `schemathesis_${seed}_${process.pid}`)]);
for (const [place, [name, database]] of runs.entries()) {
  const folder = await mkdtemp(join(tmpdir(), 'balie-schemathesis-'));
  const platform = await startUnlimited({ folder, database });
  try {
    // What is read and refused does not depend on the database: the short form looks at every edge on one.
    const hasCoverage = isFull || place === 0;
    const { calls, failures } = await askAll({ address: platform.address, folder, seed, isFull, hasCoverage });
    console.log(`${name}: what the document did not say\t${failures} failures\t<=0 failures`);
    console.log(`${name}: calls\t${calls} calls\t>=100 calls`);
  } finally {
    await platform.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
if (!server) console.log('databases, PostgreSQL among them\t1\t=2');
