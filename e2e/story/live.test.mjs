// An open page follows what happens elsewhere, without being loaded again and without losing the reader's place.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { newsCount, overview } from './lib/overview.mjs';
import { book, chooseTime, logIn } from './lib/patient.mjs';
import { approve, move, plan } from './lib/practice.mjs';
import { stage } from './lib/stage.mjs';
import { workingDay } from './lib/when.mjs';

const LINDE = '01000001';
const VISIT = { date: workingDay(12), time: '12:25', who: 'Dokter Jansen' };

describe('an open page', () => {
  const set = stage();
  let phone, laptop, practice;

  /** The page must stay the one that was opened. */
  async function mark(page) {
    await page.evaluate(() => (window.isTheSame = true));
  }

  async function isTheSame(page) {
    assert.ok(await page.evaluate(() => window.isTheSame), 'the page was loaded again');
  }

  test('shows a new appointment, counts it and says so', async () => {
    [phone, laptop, practice] = await Promise.all([set.open({ width: 390 }), set.open(), set.open()]);
    for (const page of [phone, laptop]) await logIn(page, set.demo, 'Jan Jansen');
    await overview(phone, set.demo);
    await chooseTime(laptop, set.demo, { practice: 'Praktijk De Linde', who: 'Dokter De Vries' });
    await laptop.getByRole('textbox').fill('Half geschre');
    for (const page of [phone, laptop]) await mark(page);

    await plan(practice, set.demo, LINDE, { ...VISIT, patient: 'Jan Jansen' });
    await phone.getByRole('article').filter({ hasText: '12:25' }).locator('.badge').waitFor();
    assert.equal(await newsCount(phone), 1);
    await phone.getByText('Deze pagina is bijgewerkt. 1 afspraak met nieuws').waitFor({ state: 'attached' });
    await isTheSame(phone);
  });

  test('with something half written only counts', async () => {
    await laptop.getByRole('navigation').getByRole('img', { name: '1 afspraak met nieuws' }).waitFor();
    assert.equal(await laptop.getByRole('textbox').inputValue(), 'Half geschre');
    await isTheSame(laptop);
  });

  test('keeps the focus where it was when an appointment is moved', async () => {
    const link = phone.getByRole('article').getByRole('link', { name: /^Bekijken/ });
    await link.focus();
    await move(practice, { ...VISIT, time: '12:55' });
    await phone.getByRole('article').filter({ hasText: '12:55' }).locator('del').waitFor();
    assert.ok(await link.evaluate((element) => element === document.activeElement));
    await isTheSame(phone);
  });

  test('counts no more what another device has shown', async () => {
    assert.equal(await newsCount(laptop), 1);
    const tablet = await set.open();
    await logIn(tablet, set.demo, 'Jan Jansen');
    for (const page of [phone, laptop]) {
      await page.getByRole('navigation').getByRole('img').first().waitFor({ state: 'detached' });
      await isTheSame(page);
    }
    assert.equal(await newsCount(tablet), 1, 'the page that shows it keeps the count that it came with');
  });

  test('of a request says that it was approved', async () => {
    await book(phone, set.demo, { practice: 'Huisartsen aan de Vecht', who: 'Dokter Van Dijk', reason: 'Een vraag' });
    await phone.getByRole('heading', { level: 1, name: 'Uw aanvraag is verstuurd' }).waitFor();
    await mark(phone);
    await approve(practice, set.demo, '01000002', 'Jan Jansen');
    await phone.getByRole('heading', { level: 1, name: 'Uw afspraak is bevestigd' }).waitFor();
    assert.match(await phone.title(), /^Uw afspraak is bevestigd/);
    await isTheSame(phone);
  });

  test('shows nothing more once the patient has logged out in another tab', async () => {
    const tab = await phone.context().newPage();
    await tab.goto(set.demo.platform);
    await tab.getByRole('button', { name: 'Uitloggen' }).click();
    await phone.getByRole('link', { name: 'Inloggen' }).waitFor();
    assert.equal(await phone.getByRole('article').count(), 0);
    await tab.close();
  });
});
