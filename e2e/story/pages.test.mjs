// Every page of both ends is without barriers (WCAG 2.2 AA by axe), in light and dark, and never wider than a phone.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { barriers } from '../lib/accessible.mjs';
import { openAt } from '../lib/practitioner.mjs';
import { book, chooseFirst, giveReason, logIn } from './lib/patient.mjs';
import { plan } from './lib/practice.mjs';
import { stage } from './lib/stage.mjs';
import { workingDay } from './lib/when.mjs';

const LINDE = '01000001';
const VECHT = '01000002';

const PREFERENCES = ['', '/address', '/language', '/channels', '/appointments', '/messages', '/reminders'].map(
  (question) => `/preferences${question}`,
);

const LOOKS = [
  { colorScheme: 'light', width: 390, patient: 'Jan Jansen' },
  { colorScheme: 'dark', width: 1280, patient: 'Fatima el Amrani' },
];

describe('no page has a barrier', () => {
  const set = stage();

  for (const look of LOOKS) {
    test(`for a patient, ${look.colorScheme}, ${look.width} pixels wide`, async () => {
      const page = await set.open(look);
      const main = page.getByRole('main');
      await page.goto(set.demo.platform);
      await assertNoBarriers(page, 'welcome');
      await logIn(page, set.demo, look.patient);
      await book(page, set.demo, { practice: 'Huisartsen aan de Vecht', who: 'Dokter Van Dijk', reason: 'Een vraag' });
      await assertNoBarriers(page, 'appointment');
      await page.goto(`${page.url()}/cancel`);
      await assertNoBarriers(page, 'cancel');
      await page.goto(set.demo.platform);
      await assertNoBarriers(page, 'overview');
      await main.getByRole('link', { name: 'Afspraak maken' }).click();
      for (const next of ['Praktijk De Linde', 'Consult', /^Dokter Jansen/, /vrij$/]) {
        await assertNoBarriers(page, `before ${next}`);
        await main.getByRole('link', { name: next }).first().click();
      }
      await assertNoBarriers(page, 'times');
      await chooseFirst(page);
      await assertNoBarriers(page, 'reason');
      await giveReason(page, 'Nog een vraag');
      await assertNoBarriers(page, 'check');
      for (const path of [...PREFERENCES, '/reminders/stop/0', '/book/01000003', '/nowhere']) {
        await page.goto(set.demo.platform + path);
        await assertNoBarriers(page, path);
      }
    });

    test(`for the practice, ${look.colorScheme}, ${look.width} pixels wide`, async () => {
      const page = await set.open(look);
      const time = look.width < 600 ? '12:10' : '12:40';
      await plan(page, set.demo, LINDE, { patient: 'Lotte Smit', who: 'Dokter Jansen', date: workingDay(3), time });
      await page.getByText('Niet verteld: ').waitFor();
      await assertNoBarriers(page, 'appointment');
      await page.getByRole('link', { name: 'Verplaatsen' }).click();
      await assertNoBarriers(page, 'move');
      for (const path of ['', LINDE, `${VECHT}/requests`, `${LINDE}/appointments/new`, `${LINDE}/nowhere`, 'logged-out']) {
        await openAt(page, set.demo, path);
        await assertNoBarriers(page, `/${path}`);
      }
      await openAt(page, set.demo, LINDE);
      await page.getByRole('link', { name: /Volgende dag/ }).click();
      await assertNoBarriers(page, 'a full day');
    });
  }
});

async function assertNoBarriers(page, name) {
  assert.deepEqual(await barriers(page), [], name);
  const spill = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(spill <= 0, `${name} is ${spill} pixels wider than the window`);
}
