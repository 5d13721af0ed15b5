// The whole life of an appointment, as the patient's mail program and calendar have it. Who reads them is not ours: an
// SMTP server, a MIME parser and an iCalendar parser from npm.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { choose } from '../lib/people.mjs';
import { logInAs } from '../lib/visitor.mjs';
import { endOf, SECRET } from './lib/practice-system.mjs';
import { stage } from './lib/stage.mjs';

const MONDAY = '2027-03-22T08:00:00Z';
const BSN = /9999900\d\d/;

/** A patient of each language, and how each mail of a life starts. */
const LANGUAGES = [
  {
    tag: 'nl',
    patient: 0,
    first: 'dinsdag 30 maart 2027 om 09:10 uur',
    second: 'woensdag 31 maart 2027 om 10:40 uur',
    subjects: {
      planned: 'Nieuwe afspraak op {first}',
      moved: 'Uw afspraak is verzet naar {second}',
      cancelled: 'Uw afspraak op {second} is geannuleerd',
      again: 'Uw afspraak is opnieuw gepland op {first}',
    },
    news: 'Nieuws over uw afspraak',
    calendar: 'Afspraak bij Praktijk De Linde',
    noAnswer: /een antwoord in uw agenda komt niet bij uw praktijk aan/i,
  },
  {
    tag: 'en',
    patient: 1,
    first: 'Tuesday 30 March 2027 at 09:10',
    second: 'Wednesday 31 March 2027 at 10:40',
    subjects: {
      planned: 'New appointment on {first}',
      moved: 'Your appointment has moved to {second}',
      cancelled: 'Your appointment on {second} is cancelled',
      again: 'Your appointment is planned again on {first}',
    },
    news: 'News about your appointment',
    calendar: 'Appointment at Praktijk De Linde',
    noAnswer: /answer in your calendar does not reach your practice/i,
  },
];

const FIRST = '2027-03-30T07:10:00.000Z';
const SECOND = '2027-03-31T08:40:00.000Z';

describe('the mails of an appointment', () => {
  const set = stage(MONDAY);

  for (const { tag, patient, subjects, first, second, calendar, noAnswer } of LANGUAGES) {
    const subject = (name) => subjects[name].replace('{first}', first).replace('{second}', second);

    test(`level 3 in ${tag}: planned, moved, cancelled, planned again, and the calendar follows each`, async () => {
      await wishes(set, patient, { language: tag, appointments: '3' });
      const id = `life-3-${tag}`;
      const steps = [
        ['planned', FIRST, 'REQUEST'],
        ['moved', SECOND, 'REQUEST'],
        ['cancelled', SECOND, 'CANCEL'],
        ['again', FIRST, 'REQUEST'],
      ];
      const letters = [];
      for (const [step, start, method] of steps) {
        await set.system[step === 'cancelled' ? 'cancel' : 'book'](id, patient, start);
        const letter = await set.mails.next(`${tag}-3-${step}`);
        letters.push(letter);
        assert.equal(letter.subject, subject(step));
        assert.equal(letter.headers['content-language'], tag);
        assert.match(letter.text, /Praktijk De Linde/);
        assertSameWords(letter);
        assertCalendar(letter, { method, start, patient: letter.to[0].address, summary: calendar });
        if (method === 'REQUEST') assert.match(letter.text, noAnswer);
      }
      await set.system.book(id, patient, FIRST);
      assert.deepEqual(letters.map((letter) => letter.calendar.sequence), [0, 1, 2, 3]);
      assert.equal(new Set(letters.map((letter) => letter.calendar.uid)).size, 1);
      assert.equal(new Set(letters.map((letter) => letter.id)).size, 4);
      assert.equal(set.mails.unread, 0, 'unchanged is not told');
    });

    test(`level 2 in ${tag}: what and when, but not where, and nothing for the calendar`, async () => {
      await wishes(set, patient, { language: tag, appointments: '2' });
      await set.system.book(`life-2-${tag}`, patient, FIRST);
      const letter = await set.mails.next(`${tag}-2-planned`);
      assert.equal(letter.subject, subject('planned'));
      assert.doesNotMatch(letter.text + letter.html + letter.from.name, /Linde|Utrecht|030/);
      assert.equal(letter.calendar, undefined);
      assertSameWords(letter);
    });
  }

  for (const { tag, patient, news } of LANGUAGES) {
    test(`level 1 in ${tag}: that there is news, and no more`, async () => {
      await wishes(set, patient, { language: tag, appointments: '1' });
      for (const act of ['book', 'cancel']) {
        await set.system[act](`life-1-${tag}`, patient, FIRST);
        const letter = await set.mails.next(`${tag}-1-${act}`);
        assert.equal(letter.subject, news);
        assert.doesNotMatch(letter.text + letter.html, /09:10|30 (maart|March)|Linde|Utrecht|geannuleerd|cancelled/);
        assert.equal(letter.attachments.length, 0);
        assertSameWords(letter);
      }
    });

    test(`what the calendar has is kept true whatever the level is now, in ${tag}`, async () => {
      await wishes(set, patient, { language: tag, appointments: '3' });
      const id = `life-kept-${tag}`;
      await set.system.book(id, patient, FIRST);
      const sent = await set.mails.next(`${tag}-kept-planned`);
      await wishes(set, patient, { appointments: '1' });
      await set.system.book(id, patient, SECOND);
      const moved = await set.mails.next(`${tag}-kept-moved`);
      assert.equal(moved.subject, news);
      assertCalendar(moved, { method: 'REQUEST', start: SECOND, patient: moved.to[0].address });
      assert.doesNotMatch(JSON.stringify(moved.calendar), /Linde|Utrecht/);
      await set.system.cancel(id, patient, SECOND);
      const cancelled = await set.mails.next(`${tag}-kept-cancelled`);
      assertCalendar(cancelled, { method: 'CANCEL', start: SECOND, patient: cancelled.to[0].address });
      assert.deepEqual([sent, moved, cancelled].map((letter) => letter.calendar.sequence), [0, 1, 2]);
      assert.equal(new Set([sent, moved, cancelled].map((letter) => letter.calendar.uid)).size, 1);
    });
  }

  test('both nights in which the clock changes, and the hour that comes twice', async () => {
    await wishes(set, 0, { language: 'nl', appointments: '3' });
    const starts = [
      ['2027-03-27T22:50:00.000Z', '23:50'],
      ['2027-03-28T07:10:00.000Z', '09:10'],
      ['2027-10-31T00:30:00.000Z', '02:30'],
      ['2027-10-31T01:30:00.000Z', '02:30'],
      ['2027-10-31T09:00:00.000Z', '10:00'],
      ['2028-01-10T09:00:00.000Z', '10:00'],
    ];
    for (const [nth, [start, said]] of starts.entries()) {
      await set.system.book(`night-${nth}`, 0, start);
      const letter = await set.mails.next(`nl-night-${nth}`);
      assert.ok(letter.subject.includes(`om ${said} uur`), letter.subject);
      assert.deepEqual([letter.calendar.start, letter.calendar.end], [start, endOf(start)]);
    }
  });
});

async function wishes(set, patient, answers) {
  set.visitors ??= new Map();
  if (!set.visitors.has(patient)) set.visitors.set(patient, await logInAs(set.demo, patient));
  for (const [question, answer] of Object.entries(answers)) {
    await choose(set.visitors.get(patient), set.demo, question, answer);
  }
}

/** Text and HTML lead to the same place, and neither says what nobody may read. */
function assertSameWords({ subject, text, html, attachments }) {
  const [link] = text.match(/http:\S+\/appointments\/[0-9a-f-]{36}/);
  assert.ok(html.includes(`href="${link}"`));
  const all = [subject, text, html, ...attachments.map(({ content }) => content)].join('\n');
  assert.ok(!all.includes(SECRET));
  assert.doesNotMatch(all, BSN);
}

/** The file is what a calendar program acts on: RFC 5546, as the patient's attendance that asks for no answer. */
function assertCalendar({ calendar, calendarMethods, from }, { method, start, patient, summary }) {
  assert.ok(calendar, 'there is a calendar file');
  assert.deepEqual([calendar.method, calendar.events], [method, 1]);
  assert.ok(calendarMethods.includes(method), 'the part names its method too');
  assert.deepEqual([calendar.start, calendar.end], [start, endOf(start)]);
  assert.equal(calendar.zone, 'Europe/Amsterdam');
  assert.equal(calendar.status, method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED');
  const { address, partstat, rsvp } = calendar.attendee;
  assert.deepEqual({ address, partstat, rsvp }, { address: `mailto:${patient}`, partstat: 'ACCEPTED', rsvp: 'FALSE' });
  assert.equal(calendar.organizer.address, `mailto:${from.address}`);
  if (summary) assert.equal(calendar.summary, summary);
}
