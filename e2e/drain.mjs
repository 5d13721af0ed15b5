// Measures how fast a backlog of notices goes out once the mail server is back: `make drain`.
// The backlog is made through the API: COUNT new appointments of four patients while the mail server is silent.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chanceOf } from './lib/chance.mjs';
import { newDatabase } from './lib/database.mjs';
import { startFastSink } from './faults/fast-sink.mjs';
import { Life } from './faults/life.mjs';
import { PATIENTS, PRACTICES } from './lib/people.mjs';
import { platformOn } from './faults/platform.mjs';
import { Xis } from './faults/xis.mjs';
import { within } from './lib/within.mjs';

const count = Number(process.env.COUNT ?? 100_000);
const AT_ONCE = 32;
const DRAINED_MS = 3_600_000;
/** What an attempt failed on before the mail server was back is tried again after a pause: it is not counted. */
const COUNTED = 0.99;

const server = process.env.BALIE_TEST_POSTGRES;
await measure('SQLite', undefined);
if (server) await measure('PostgreSQL', await newDatabase(server, `drain_${process.pid}`));

async function measure(name, database) {
  const folder = await mkdtemp(join(tmpdir(), 'balie-drain-'));
  const sink = await startFastSink();
  const config = (file) => file.replace(/^port = .*$/m, `port = ${sink.port}`);
  const platform = await platformOn({ folder, database: database ?? `sqlite:${join(folder, 'platform.db')}`, config });
  await platform.start();
  try {
    const filledMs = await fill(platform);
    sink.open();
    const enough = Math.floor(count * COUNTED);
    await within(DRAINED_MS, `${enough} mails`, () => sink.times.length >= enough, 100);
    const seconds = (sink.times[enough - 1] - sink.times[0]) / 1000;
    print(`${name}: changes taken`, count / (filledMs / 1000), 'a second');
    print(`${name}: mails of a backlog of ${count}`, enough / seconds, 'a second');
  } finally {
    await platform.kill();
    await sink.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes the backlog, and gives the milliseconds that it took. */
async function fill(platform) {
  const started = performance.now();
  const xis = new Xis(platform.address, 'demo-xis', 'demo-secret');
  const chance = chanceOf('drain');
  let made = 0;
  const worker = async () => {
    while (made < count) {
      made += 1;
      const life = new Life(chance, `drain-${made}`, chance.pick(PRACTICES), PATIENTS);
      await xis.put(life.next());
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return performance.now() - started;
}

function print(what, rate, unit) {
  console.log(`${what}\t${rate.toFixed(0)} ${unit}\t>=1 ${unit}`);
}
