// What the tests of one file share: a demo whose mail goes to a mail server that is not ours, and whose clock is turned.
import { after, before } from 'node:test';

import { chanceOf } from '../../lib/chance.mjs';
import { startMailSink } from '../../lib/mail-sink.mjs';
import { startDemo } from '../../lib/balie.mjs';
import { startClock } from '../../lib/clock.mjs';
import { readLetter } from '../../lib/letter.mjs';
import { within } from '../../lib/within.mjs';
import { keepPicture } from './pictures.mjs';
import { PracticeSystem } from './practice-system.mjs';

const MAIL_MS = 15_000;
/** Reminders are looked for every 15 seconds. */
const REMINDER_MS = 30_000;

/** Call inside `describe`. The clock starts at this instant; without one it is the machine's own. */
export function stage(instant) {
  const set = {};
  before(async () => {
    set.clock = instant && (await startClock(instant));
    set.server = await startMailSink(chanceOf('calm'));
    set.server.calm();
    set.demo = await startDemo({ mailPort: set.server.port, env: set.clock?.env });
    set.system = new PracticeSystem(set.demo);
    set.mails = new Mails(set.server);
  });
  after(async () => {
    await set.demo?.stop();
    await set.server?.close();
    await set.clock?.remove();
  });
  return set;
}

/** What the mail server took, read one after the other. */
class Mails {
  constructor(server) {
    Object.assign(this, { server, read: 0 });
  }

  /** The next mail. A picture of it is kept under this name, where pictures are wanted. */
  async next(name, timeoutMs = MAIL_MS) {
    const kept = await within(timeoutMs, `mail ${name}`, () => this.server.kept[this.read]);
    this.read += 1;
    const letter = await readLetter(kept.raw);
    if (letter.to[0].address !== kept.to) throw new Error(`${kept.to} gets a mail to ${letter.to[0].address}`);
    await keepPicture(name, letter);
    return letter;
  }

  reminder(name) {
    return this.next(name, REMINDER_MS);
  }

  /** How many came that nobody has read. */
  get unread() {
    return this.server.kept.length - this.read;
  }
}
