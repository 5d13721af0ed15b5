// The mails of one patient, in the order in which they came, and what none of them may say.
import assert from 'node:assert/strict';

import { within } from '../../lib/within.mjs';

const MAIL_MS = 20_000;

/** What a mail never says: citizen numbers, and what a visit is for or with whom. */
const NEVER = [/9999\d{5}/, /consult/i, /dokter/i, /praktijkondersteuner/i];

/** Reads the mails of the patient with this address one by one; `secrets` are words that none may hold. */
export function letters(demo, address, secrets = []) {
  const taken = [];
  const all = async () => (await demo.mailbox()).filter((mail) => mail.to === address).reverse();
  return {
    /** The one mail that came since the last one: exactly one, however many there were before. */
    async next() {
      const came = await within(MAIL_MS, `mail ${taken.length + 1} to ${address}`, async () => {
        const mails = await all();
        return mails.length > taken.length && mails;
      });
      assert.equal(came.length, taken.length + 1, `more than one: ${came.map((mail) => mail.subject)}`);
      const mail = came.at(-1);
      assertDiscreet(mail, secrets);
      taken.push(mail.subject);
      return mail;
    },
    /** No mail came but those that were read. */
    async isAll() {
      assert.deepEqual((await all()).map((mail) => mail.subject), taken);
    },
  };
}

function assertDiscreet(mail, secrets) {
  assert.ok(mail.text && mail.html, 'a mail is text and HTML');
  for (const part of [mail.subject, mail.text, mail.html]) {
    for (const never of NEVER) assert.doesNotMatch(part, never);
    for (const secret of secrets) assert.ok(!part.includes(secret), `a mail says "${secret}"`);
  }
}
