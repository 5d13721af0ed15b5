// What patients do in the portal, with their numbers in what they write too.
import { Ledger } from '../kills/ledger.mjs';
import { links } from '../kills/page.mjs';
import { Patient } from '../kills/patient.mjs';
import { PATIENTS, choose, subscribe } from '../lib/people.mjs';
import { logInAs } from '../lib/visitor.mjs';

const ONE = '01000001';

/**
 * Each patient logs in, books, cancels, moves, reads, takes everything along; the last one leaves. `calendars` and
 * `downloads` get what they took along.
 */
export async function tell(platform, { chance, devices, errors, calendars, downloads }) {
  const ledger = new Ledger();
  const patients = await Promise.all(
    PATIENTS.slice(0, 3).map(async (person, place) => {
      const visitor = await logInAs({ platform }, place);
      await choose(visitor, { platform }, 'language', person.language === 'en' ? 'en' : 'nl');
      await choose(visitor, { platform }, 'appointments', '3');
      await subscribe(visitor, platform, devices.get(person));
      await choose(visitor, { platform }, 'language', 'nl');
      return new Patient(visitor, platform, ONE, { chance: chance.of(person.name), ledger });
    }),
  );
  let booked = 0;
  for (const patient of patients) {
    for (let times = 0; times < 3; times += 1) booked += (await patient.act()) ? 1 : 0;
  }
  for (const [place, { visitor }] of patients.entries()) await look(visitor, platform, PATIENTS[place], { errors, calendars, downloads });
  await patients.at(-1).visitor.post(`${platform}/my-data/delete`, {});
  return booked;
}

/** Reads every page, writes the number where one can write, and gets a few things wrong. */
async function look(visitor, platform, { bsn }, { errors, calendars, downloads }) {
  for (const path of ['/', '/messages', '/preferences', '/practices', '/my-data', '/my-data/access', '/my-data/delete']) {
    const page = await visitor.get(platform + path);
    for (const next of links(page.text, /^\/(appointments|messages)\/[0-9a-f-]{36}$/).slice(0, 3)) {
      await visitor.get(platform + next);
      const calendar = await visitor.get(`${platform}${next}/calendar.ics`);
      if (calendar.status === 200) calendars.push(calendar.text);
    }
  }
  const { text } = await visitor.post(`${platform}/my-data/download`, {});
  downloads.push(withoutOwn(text, bsn));
  for (const [path, form] of [
    ['/preferences/address', { address: bsn }],
    ['/preferences/detail', { answer: bsn }],
    ['/language', { language: bsn }],
    [`/book/${ONE}/reason`, { reason: `Mijn nummer is ${bsn}. `.repeat(40) }],
    [`/book/${ONE}/time`, { slot: bsn }],
    [`/practices/${ONE}/add`, { bsn }],
  ]) {
    const answer = await visitor.post(platform + path, form);
    // What a patient typed wrong stands in the form again, for that patient: that is no place where it is kept.
    if (answer.status >= 400 && !answer.text.includes('aria-invalid')) errors.push(`${answer.status} ${answer.text}`);
  }
}

/** A patient's own number stands in what the patient takes along, for it is among what is kept; nobody else's does. */
export function withoutOwn(download, bsn) {
  if (!download.includes(bsn)) throw new Error('a download cannot be read, or is not of its patient');
  return download.replaceAll(bsn, '');
}
