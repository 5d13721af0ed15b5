// One run on one database: patients and practitioners at work, kills amid it, and the verdict.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chanceOf } from '../lib/chance.mjs';
import { startClock } from '../lib/clock.mjs';
import { held as timesHeld } from '../lib/held.mjs';
import { startMailSink } from '../lib/mail-sink.mjs';
import { PATIENTS } from '../lib/people.mjs';
import { startProvider } from '../lib/provider.mjs';
import { twoEnds } from '../lib/two-ends.mjs';
import { heldBy } from './held.mjs';
import { judge } from './judge.mjs';
import { killCalmly, killDuring } from './killer.mjs';
import { Ledger } from './ledger.mjs';
import { openPeople } from './people.mjs';
import { settle } from './settle.mjs';
import { untold } from './told.mjs';
import { Work } from './work.mjs';

const SETTLED_MS = 180_000;
/** A long run leaves a long queue: what a slow machine needs for each act. */
const SETTLED_MS_EACH = 100;

/** What came of one run. */
export async function runOn({ name, database, seed, bookings, updates, betweenActs }) {
  const chance = chanceOf(`${seed}/${name}`);
  const folder = await mkdtemp(join(tmpdir(), 'balie-kills-'));
  const provider = await startProvider(PATIENTS);
  const [sink, clock] = [await startMailSink(chance.of('mail')), await startClock()];
  sink.calm();
  const ends = await twoEnds({ folder, database, provider, mailPort: sink.port });
  try {
    await Promise.all([ends.platform.start(), ends.xis.start()]);
    const ledger = new Ledger();
    const people = await openPeople(ends, { chance, ledger });
    const work = new Work(people, { bookings, updates });
    const readyMs = await killDuring(work, ends, chance.of('kills'), betweenActs);
    await work.ended;
    const calmMs = await killCalmly(ends);
    const settledSeconds = await settle(ends, clock, SETTLED_MS + (bookings + updates) * SETTLED_MS_EACH);
    const held = await heldBy(ends, ledger);
    const verdict = { ...judge(ledger, held), untold: await untold(sink, held) };
    const left = [await ends.platform.queue.left(), await ends.xis.queue.left()];
    const why = [await ends.platform.queue.why(), await ends.xis.queue.why()];
    return { work, readyMs, calmMs, settledSeconds, verdict, left, why, held, ledger, times: await timesHeld(ends.xis) };
  } finally {
    await Promise.all([ends.platform.kill(), ends.xis.kill()]);
    await Promise.all([provider.close(), sink.close(), clock.remove()]);
    await rm(folder, { recursive: true, force: true });
  }
}
