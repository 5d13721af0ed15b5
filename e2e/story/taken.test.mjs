// "Alt slot no longer available": somebody else takes the time between choosing and confirming.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { chooseFirst, chosenTime, chooseTime, giveReason, logIn, sendButton } from './lib/patient.mjs';
import { openDay, plan } from './lib/practice.mjs';
import { stage } from './lib/stage.mjs';

const LINDE = '01000001';
const REASON = 'Ik hoest al drie weken.\nVooral in de nacht.';

const LANGUAGES = [
  {
    tag: 'nl',
    patient: 'Fatima el Amrani',
    who: 'Dokter Jansen',
    gone: 'Deze tijd is niet meer beschikbaar, kies een andere tijd',
    near: 'Tijden die er dichtbij liggen',
    booked: 'Uw afspraak is bevestigd',
  },
  {
    tag: 'en',
    patient: 'Piet de Vries',
    who: 'Dokter De Vries',
    gone: 'Timeslot no longer available, please choose another timeslot',
    near: 'Times close to it',
    booked: 'Your appointment is confirmed',
  },
];

describe('a time that somebody else takes between choosing and confirming', () => {
  const set = stage();

  for (const { tag, patient, who, gone, near, booked } of LANGUAGES) {
    test(`the practice takes it: the message in ${tag}, all is kept, a time close to it can be booked`, async () => {
      const [page, practice] = await Promise.all([set.open(), set.open()]);
      await logIn(page, set.demo, patient);
      if (tag === 'en') await page.getByRole('button', { name: 'English' }).click();
      await chooseTime(page, set.demo, { practice: 'Praktijk De Linde', who });
      await giveReason(page, REASON);
      const wanted = await chosenTime(page);
      await plan(practice, set.demo, LINDE, { patient: 'Sanne de Boer', who, ...wanted });

      await (await sendButton(page)).click();
      await page.getByRole('heading', { level: 1, name: gone }).waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), tag);
      await assertOffersAlternatives(page, near, who);

      await chooseFirst(page);
      await assertReasonKept(page);
      const instead = await chosenTime(page);
      assert.notDeepEqual(instead, wanted);
      assert.equal(instead.date, wanted.date, 'the nearest is on the same day');
      await (await sendButton(page)).click();
      await page.getByRole('heading', { level: 1, name: booked }).waitFor();

      await openDay(practice, set.demo, LINDE, { who, ...instead });
      assert.equal(await practice.getByRole('link', { name: patient }).count(), 1);
    });
  }

  test('another patient takes it: one of the two has it, the other reads the message', async () => {
    const people = [['Jan Jansen', 'Praktijk De Linde'], ['Anna Bakker', undefined]];
    const pages = await Promise.all(people.map(() => set.open()));
    const wanted = [];
    for (const [nth, [name, practice]] of people.entries()) {
      await logIn(pages[nth], set.demo, name);
      await chooseTime(pages[nth], set.demo, { practice, who: 'Praktijkondersteuner' });
      await giveReason(pages[nth], REASON);
      wanted.push(await chosenTime(pages[nth]));
    }
    assert.deepEqual(wanted[0], wanted[1]);
    const outcomes = await Promise.all(pages.map(send));
    assert.deepEqual(outcomes.toSorted(), [LANGUAGES[0].gone, LANGUAGES[0].booked].toSorted());
  });
});

/** Three times in the first group of choices, for the type and the practitioner that were chosen. */
async function assertOffersAlternatives(page, near, who) {
  const main = page.getByRole('main');
  const groups = await main.getByRole('group').all();
  assert.equal(groups.length, 1);
  assert.equal(await main.getByRole('group', { name: near }).getByRole('radio').count(), 3);
  const summary = main.getByText('Consult').first();
  assert.match(await summary.locator('..').innerText(), new RegExp(`Consult.*${who}`));
}

/** The reason is there, whether it is asked again or shown to be checked. */
async function assertReasonKept(page) {
  await page.waitForURL(/\/(reason|check)/);
  if (new URL(page.url()).pathname.endsWith('/reason')) {
    assert.equal(await page.getByRole('textbox').inputValue(), REASON);
    await page.getByRole('main').getByRole('button', { name: /^(Verder|Continue)$/ }).click();
    await page.waitForURL('**/check');
  }
  assert.ok((await page.getByRole('main').innerText()).includes(REASON));
}

async function send(page) {
  await (await sendButton(page)).click();
  const heading = page.getByRole('heading', { level: 1 });
  await heading.filter({ hasText: /bevestigd|niet meer beschikbaar/ }).waitFor();
  return (await heading.textContent()).trim();
}
