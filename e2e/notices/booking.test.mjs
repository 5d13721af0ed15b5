// What a patient books, as the patient's mail program and calendar have it: confirmed, approved, declined, cancelled.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { choose } from '../lib/people.mjs';
import { launch, newPage } from '../lib/browser.mjs';
import { logInAs } from '../lib/visitor.mjs';
import { book, logIn } from '../story/lib/patient.mjs';
import { approve, decline } from '../story/lib/practice.mjs';
import { atPractice } from '../story/lib/when.mjs';
import { SECRET } from './lib/practice-system.mjs';
import { stage } from './lib/stage.mjs';

const VECHT = '01000002';
/** The first free time is on Monday, more than the 24 hours ahead until which a patient may cancel. */
const FRIDAY_EVENING = '2027-03-19T20:00:00Z';

const LANGUAGES = [
  { tag: 'nl', place: 0, patient: 'Jan Jansen', confirmed: /^Uw afspraak op .* is bevestigd$/, declined: /^Uw aanvraag voor .* is afgewezen$/, cancelled: /^U hebt uw afspraak op .* geannuleerd$/ },
  { tag: 'en', place: 1, patient: 'Fatima el Amrani', confirmed: /^Your appointment on .* is confirmed$/, declined: /^Your request for .* was declined$/, cancelled: /^You cancelled your appointment on .*$/ },
];

describe('the mails of a booking', () => {
  const set = stage(FRIDAY_EVENING);
  let browser, practice;

  before(async () => {
    browser = await launch();
    practice = await newPage(browser);
  });

  after(() => browser?.close());

  for (const { tag, place, patient, confirmed, declined, cancelled } of LANGUAGES) {
    test(`confirmed at once and cancelled by the patient, approved, declined, in ${tag}`, async () => {
      const visitor = await logInAs(set.demo, place);
      await choose(visitor, set.demo, 'language', tag);
      await choose(visitor, set.demo, 'appointments', '3');
      const page = await newPage(browser, { locale: tag });
      await logIn(page, set.demo, patient);
      const linde = { practice: 'Praktijk De Linde', who: 'Dokter Jansen', reason: `${SECRET} reason` };
      const vecht = { practice: 'Huisartsen aan de Vecht', who: 'Dokter Van Dijk', reason: `${SECRET} reason` };

      const booked = await book(page, set.demo, linde);
      const confirmation = await set.mails.next(`${tag}-confirmed`);
      assertConfirmed(booked, confirmation, confirmed);
      await visitor.post(`${page.url()}/cancel`, { words: `${SECRET} words` });
      assertCancelled(confirmation, await set.mails.next(`${tag}-cancelled-by-patient`), cancelled);

      const requested = await book(page, set.demo, vecht);
      await approve(practice, set.demo, VECHT, patient);
      assertConfirmed(requested, await set.mails.next(`${tag}-approved`), confirmed);

      await book(page, set.demo, vecht);
      await decline(practice, set.demo, VECHT, patient, `${SECRET} answer`);
      const refusal = await set.mails.next(`${tag}-declined`);
      assert.match(refusal.subject, declined);
      assert.equal(refusal.calendar, undefined, 'nothing was in the calendar');
      assertDiscreet(refusal);
      assert.equal(set.mails.unread, 0);
    });
  }
});

function assertConfirmed({ date, time }, letter, subject) {
  assert.match(letter.subject, subject);
  const { method, sequence, start, attendee } = letter.calendar;
  assert.deepEqual([method, sequence, attendee.partstat, attendee.rsvp], ['REQUEST', 0, 'ACCEPTED', 'FALSE']);
  assert.deepEqual(atPractice(start), { date, time });
  assertDiscreet(letter);
}

function assertCancelled(confirmation, letter, subject) {
  assert.match(letter.subject, subject);
  const { method, sequence, uid, start, status } = letter.calendar;
  const before = confirmation.calendar;
  assert.deepEqual([method, sequence, uid, start, status], ['CANCEL', 1, before.uid, before.start, 'CANCELLED']);
  assertDiscreet(letter);
}

/** Neither what the patient wrote nor what the practice answered, nor with whom or for what. */
function assertDiscreet({ subject, text, html, attachments }) {
  const said = [subject, text, html, ...attachments.map(({ content }) => content)].join('\n');
  assert.doesNotMatch(said, /POISON|9999900\d\d|dokter|consult/i);
}
