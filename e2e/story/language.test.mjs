// Dutch and English: the switch keeps the place and what was typed, and the mails follow.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { letters } from './lib/letters.mjs';
import { overview } from './lib/overview.mjs';
import { chooseFirst, logIn, sendButton } from './lib/patient.mjs';
import { move, plan } from './lib/practice.mjs';
import { stage } from './lib/stage.mjs';
import { workingDay } from './lib/when.mjs';

const LINDE = '01000001';

describe('the language', () => {
  const set = stage();
  let page, mails;

  /** There and back again on the page that is open. */
  async function assertSwitchKeepsPlace() {
    const [before, heading] = [page.url(), await page.getByRole('heading', { level: 1 }).textContent()];
    await switchTo('English', 'en');
    assert.equal(page.url(), before);
    assert.notEqual(await page.getByRole('heading', { level: 1 }).textContent(), heading);
    await switchTo('Nederlands', 'nl');
    assert.equal(page.url(), before);
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), heading);
  }

  async function switchTo(name, tag) {
    await page.getByRole('button', { name, exact: true }).click();
    await page.locator(`html[lang=${tag}]`).waitFor();
  }

  test('can be switched on every page, and the place is kept', async () => {
    page = await set.open();
    await page.goto(set.demo.platform);
    await assertSwitchKeepsPlace();
    await logIn(page, set.demo, 'Anna Bakker');
    mails = letters(set.demo, 'anna.bakker@patient.example', ['zwelling']);
    await assertSwitchKeepsPlace();
    await page.getByRole('main').getByRole('link', { name: 'Afspraak maken' }).click();
    for (const next of ['Consult', /^Dokter Jansen/, /vrij$/]) {
      await assertSwitchKeepsPlace();
      await page.getByRole('main').getByRole('link', { name: next, exact: typeof next === 'string' }).first().click();
    }
    await assertSwitchKeepsPlace();
    await chooseFirst(page);
    await page.getByRole('textbox').fill('Een zwelling\nbij mijn enkel');
    await assertSwitchKeepsPlace();
    assert.equal(await page.getByRole('textbox').inputValue(), 'Een zwelling\nbij mijn enkel');
    await page.getByRole('main').getByRole('button', { name: 'Verder' }).click();
    await page.waitForURL('**/check');
    await assertSwitchKeepsPlace();
  });

  test('mails follow it, whoever makes the change', async () => {
    await switchTo('English', 'en');
    await (await sendButton(page)).click();
    await page.getByRole('heading', { level: 1, name: 'Your appointment is confirmed' }).waitFor();
    assert.match((await mails.next()).subject, /^Your appointment on .* is confirmed$/);

    const practice = await set.open();
    const place = { who: 'Dokter Jansen', date: workingDay(8), time: '12:10' };
    await plan(practice, set.demo, LINDE, { ...place, patient: 'Anna Bakker' });
    assert.match((await mails.next()).subject, /^New appointment on /);
    assert.match(cardsSaid(await overview(page, set.demo)), /New .*Confirmed|Confirmed .*New/);

    await switchTo('Nederlands', 'nl');
    await move(practice, { ...place, time: '12:40' });
    assert.match((await mails.next()).subject, /^Uw afspraak is verzet naar /);
    assert.match(cardsSaid(await overview(page, set.demo)), /Gewijzigd/);
  });

  test('is kept for a patient on another device, and English is complete', async () => {
    await switchTo('English', 'en');
    const device = await set.open();
    await logIn(device, set.demo, 'Anna Bakker');
    assert.equal(await device.locator('html').getAttribute('lang'), 'en');
    const dutch = /\b(afspraak|praktijk|uur|vrij|tijd|uw|kies|bij)\b/i;
    for (const path of ['/', '/book', '/nowhere', new URL(page.url()).pathname]) {
      await device.goto(set.demo.platform + path);
      const said = (await device.locator('body').innerText()).replaceAll(/Praktijk De Linde|Nederlands/g, '');
      assert.doesNotMatch(said, dutch, path);
    }
  });
});

function cardsSaid({ cards }) {
  return cards.map((card) => card.said).join(' ');
}
