// The practice reads on an appointment's page whether the patient knows, as the platform says.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { screenshot } from '../lib/browser.mjs';
import { openAt } from '../lib/practitioner.mjs';
import { logIn } from './lib/patient.mjs';
import { cancel, isInformed, move, plan } from './lib/practice.mjs';
import { stage } from './lib/stage.mjs';
import { workingDay } from './lib/when.mjs';

const LINDE = '01000001';
const PLACE = { who: 'Dokter Jansen', date: workingDay(8), time: '12:10' };

describe('whether the patient knows', () => {
  const set = stage();
  let practice, address;

  test('stands on the open page soon after a change', async () => {
    await logIn(await set.open(), set.demo, 'Jan Jansen');
    practice = await set.open();
    await plan(practice, set.demo, LINDE, { ...PLACE, patient: 'Jan Jansen' });
    await isInformed(practice);
    address = practice.url();
    await screenshot(practice, 'informed-desktop');
    await move(practice, { ...PLACE, time: '12:40' });
    await isInformed(practice);
    const mails = await set.demo.mailbox();
    assert.equal(mails.length, 2, 'the page tells of what was really sent');
  });

  test('is there without JavaScript too, on a phone, in English', async () => {
    const page = await set.open({ javaScript: false, width: 390 });
    await openAt(page, set.demo, new URL(address).pathname.slice(1));
    await isInformed(page);
    await screenshot(page, 'informed-phone');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText(/^Patient informed by mail at \d\d:\d\d\.$/).waitFor();
  });

  test('is said of a cancellation', async () => {
    await cancel(practice, 'De dokter is ziek.');
    await isInformed(practice);
    assert.equal((await set.demo.mailbox()).length, 3);
  });
});
