// One run on one database: the story, the calls, everything that they left, and the control.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { startPushSink } from '../faults/push-sink.mjs';
import { program } from '../lib/balie.mjs';
import { chanceOf } from '../lib/chance.mjs';
import { startMailSink } from '../lib/mail-sink.mjs';
import { PATIENTS } from '../lib/people.mjs';
import { startProvider } from '../lib/provider.mjs';
import { twoEnds } from '../lib/two-ends.mjs';
import { within } from '../lib/within.mjs';
import { browse } from './browser.mjs';
import { call } from './calls.mjs';
import { lookAt, plant } from './left.mjs';
import { ways } from './marks.mjs';
import { tell } from './story.mjs';

const run = promisify(execFile);

const SETTLED_MS = 120_000;
const MOST_BYTES = 512 * 1024 * 1024;
/** Everything that any of our crates, or of those below them, would ever say. */
const LOUD = { BALIE_LOG: 'trace', RUST_LOG: 'trace' };

/** What came of one run. */
export async function runOn({ name, database, server, seed, calls }) {
  const chance = chanceOf(`${seed}/${name}`);
  const folder = await mkdtemp(join(tmpdir(), 'balie-canary-'));
  const provider = await startProvider(PATIENTS);
  const [mails, pushes] = [await startMailSink(chance.of('mail')), await startPushSink(chance.of('push'), PATIENTS)];
  mails.calm();
  pushes.calm();
  const ends = await twoEnds({ folder, database, provider, mailPort: mails.port, env: LOUD });
  const taken = { errors: [], calendars: [], downloads: [] };
  try {
    await letPushTo(pushes.origin, ends.platform.file);
    await Promise.all([ends.platform.start(), ends.xis.start()]);
    const booked = await tell(ends.platform.address, { chance, devices: pushes.devices, ...taken });
    const browsed = await browse(ends.platform.address, taken);
    const made = await call(ends.platform.address, { count: calls, chance: chance.of('calls'), errors: taken.errors });
    await within(SETTLED_MS, 'everything told', () => isTold(ends.platform), 250);
    const exported = [await exportOf(ends.platform)];
    const databases = new Set([ends.platform.database, ends.xis.database]);
    const left = { folder, server, databases, mails: mails.kept, pushes: pushes.kept, ...taken, browsed, exported };
    const found = await lookAt(left);
    await plant(ends, left);
    const control = await lookAt(left);
    const places = [...found].map(([place, { bytes, hits }]) => [place, { bytes, hits, control: control.get(place).control }]);
    return { booked, calls: made, places, ways: Object.keys(ways('')).length };
  } finally {
    await Promise.all([ends.platform.stop(), ends.xis.stop()]);
    await Promise.all([provider.close(), mails.close(), pushes.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether nothing waits that could go out now. */
async function isTold({ ask }) {
  const [[due]] = await ask(`select count(*) from outbox where standing = 'waiting' and due_at <= ${Date.now()}000`);
  return Number(due) === 0;
}

async function letPushTo(origin, file) {
  const written = await readFile(file, 'utf8');
  await writeFile(file, written.replace(/^\[push\]$/m, `[push]\nallow = ["${origin}"]`));
}

/** The audit trail as its operator hands it over, with what the program says meanwhile. */
async function exportOf({ file }) {
  const options = { env: { ...process.env, ...LOUD }, maxBuffer: MOST_BYTES };
  const { stdout, stderr } = await run(program(), ['audit', 'export', '--config', file], options);
  if (!stdout.includes('"AuditEvent"')) throw new Error(`no audit trail: ${stderr}`);
  return stdout + stderr;
}
