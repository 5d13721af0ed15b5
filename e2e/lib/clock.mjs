// A clock to turn for the built program: libfaketime reads the time from a file. Waiting goes on in real time.
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LIBRARIES = '/usr/lib';
const FAKETIME = 'faketime/libfaketimeMT.so.1';

/**
 * A clock that starts at this instant; without one it is the machine's own. A program that is started with `env` goes
 * by it. It can be turned to another instant, or to so many seconds ahead of the machine's.
 */
export async function startClock(instant) {
  const folder = await mkdtemp(join(tmpdir(), 'balie-clock-'));
  const file = join(folder, 'time');
  const show = async (time) => {
    // The program reads it at any moment: it must never find half of it.
    await writeFile(`${file}.next`, `${time}\n`);
    await rename(`${file}.next`, file);
  };
  const turnTo = (to) => show(`@${new Date(to).toISOString().slice(0, 19).replace('T', ' ')}`);
  const turnAhead = (seconds) => show(`+${seconds}`);
  await (instant ? turnTo(instant) : turnAhead(0));
  const env = {
    LD_PRELOAD: await library(),
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    TZ: 'UTC',
  };
  return { env, turnTo, turnAhead, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Debian keeps it in the folder of the machine's kind, such as x86_64-linux-gnu. */
async function library() {
  for (const kind of await readdir(LIBRARIES)) {
    const found = await readdir(join(LIBRARIES, kind, 'faketime')).catch(() => []);
    if (found.length > 0) return join(LIBRARIES, kind, FAKETIME);
  }
  throw new Error("libfaketime is not installed: run 'make setup'");
}
