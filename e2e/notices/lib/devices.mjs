// The platform with a push service that is not ours, and a device of each patient there.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chanceOf } from '../../lib/chance.mjs';
import { startMailSink } from '../../lib/mail-sink.mjs';
import { openPlatform } from '../../faults/open.mjs';
import { PATIENTS } from '../../lib/people.mjs';
import { startPushSink } from '../../faults/push-sink.mjs';
import { within } from '../../lib/within.mjs';
import { PracticeSystem } from './practice-system.mjs';

const PUSH_MS = 15_000;

/** A running platform whose patients have a device each; `next()` gives what the next push says, decrypted. */
export async function startWithDevices() {
  const folder = await mkdtemp(join(tmpdir(), 'balie-devices-'));
  const chance = chanceOf('calm');
  const [mail, push] = [await startMailSink(chance), await startPushSink(chance, PATIENTS)];
  mail.calm();
  push.calm();
  const { platform, visitors } = await openPlatform(folder, `sqlite:${join(folder, 'platform.db')}`, [mail, push]);
  let read = 0;
  return {
    platform: platform.address,
    visitors,
    system: new PracticeSystem({ platform: platform.address }),
    wrong: push.wrong,
    next: async () => {
      const { message } = await within(PUSH_MS, `push ${read + 1}`, () => push.kept[read]);
      read += 1;
      return message;
    },
    stop: async () => {
      await platform.stop();
      await Promise.all([mail.close(), push.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
