// Reminders over both nights in which the clock changes: the program runs, its clock is turned.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { stage } from './lib/stage.mjs';

const ONE_CLICK = 'List-Unsubscribe=One-Click';

const NIGHTS = [
  {
    name: 'March',
    monday: '2027-03-22T08:00:00Z',
    start: '2027-03-28T07:10:00Z',
    moved: '2027-03-28T07:20:00Z',
    before: '2027-03-27T08:18:00Z',
    due: '2027-03-27T08:20:01Z',
    said: 'zondag 28 maart 2027 om 09:20 uur',
  },
  {
    name: 'October',
    monday: '2027-10-25T08:00:00Z',
    start: '2027-10-31T08:10:00Z',
    moved: '2027-10-31T08:20:00Z',
    before: '2027-10-30T07:18:00Z',
    due: '2027-10-30T07:20:01Z',
    said: 'zondag 31 oktober 2027 om 09:20 uur',
  },
];

for (const { name, monday, start, moved, before, due, said } of NIGHTS) {
  describe(`a reminder over the night of ${name} in which the clock changes`, () => {
    const set = stage(monday);

    test('comes a day before on the practice\'s clock, moves along, and not after a cancellation', async () => {
      await set.system.book('stays', 0, start);
      await set.mails.next(`${name}-planned`);
      await set.system.book('stays', 0, moved);
      await set.mails.next(`${name}-moved`);
      await set.system.book('cancelled', 2, moved);
      await set.mails.next(`${name}-other-planned`);
      await set.system.cancel('cancelled', 2, moved);
      await set.mails.next(`${name}-other-cancelled`);

      await set.clock.turnTo(before);
      await set.system.book('probe', 3, '2027-12-01T09:00:00Z');
      await set.mails.next(`${name}-probe`);
      assert.equal(set.mails.unread, 0, 'nothing before its time');

      await set.clock.turnTo(due);
      const reminder = await set.mails.reminder(`${name}-reminder`);
      assert.equal(reminder.to[0].address, 'jan.jansen@patient.example');
      assert.equal(reminder.subject, `Herinnering: uw afspraak op ${said}`);
      assert.equal(set.mails.unread, 0, 'the cancelled one is not reminded of');
      await assertStops(reminder, set);
    });
  });
}

/** The mail names a way out that a mail program takes at one tap (RFC 2369, RFC 8058). */
async function assertStops({ headers }, set) {
  const address = headers['list-unsubscribe']?.match(/<(http[^>]+)>/)?.[1];
  assert.ok(address, 'List-Unsubscribe');
  assert.equal(headers['list-unsubscribe-post'], ONE_CLICK);
  assert.doesNotMatch(address, /jan|9999900/);
  const asked = await fetch(address);
  assert.equal(asked.status, 200);
  const stopped = await fetch(address, { method: 'POST', body: new URLSearchParams(ONE_CLICK) });
  assert.equal(stopped.status, 200);
  await set.system.book('after', 0, '2027-12-01T09:30:00Z');
  assert.match((await set.mails.next('after-stop')).subject, /^Nieuwe afspraak/, 'only reminders stop');
}
