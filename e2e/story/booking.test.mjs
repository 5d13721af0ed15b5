// The same booking for everyone: without JavaScript, with the keyboard alone, with an impatient finger.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { keysOf } from './lib/keys.mjs';
import { letters } from './lib/letters.mjs';
import { overview } from './lib/overview.mjs';
import { book, chooseTime, chosenTime, giveReason, logIn, sendButton } from './lib/patient.mjs';
import { openDay } from './lib/practice.mjs';
import { stage } from './lib/stage.mjs';

const LINDE = '01000001';

describe('booking', () => {
  const set = stage();

  async function timesInAgenda(patient, time) {
    const agenda = await set.open();
    await openDay(agenda, set.demo, LINDE, time);
    return agenda.getByRole('link', { name: patient }).count();
  }

  test('a practice with nothing to book gives the empty state and its phone number', async () => {
    const page = await set.open();
    await logIn(page, set.demo, 'Jan Jansen');
    await page.goto(`${set.demo.platform}/book`);
    await page.getByRole('link', { name: 'Praktijk Zonder Wachtkamer' }).click();
    await page.getByRole('heading', { level: 1, name: 'U kunt hier nu geen afspraak maken' }).waitFor();
    const phone = page.getByRole('main').getByRole('link', { name: '030 765 43 21' });
    assert.equal(await phone.getAttribute('href'), 'tel:0307654321');
  });

  test('works without JavaScript', async () => {
    const page = await set.open({ javaScript: false });
    const mails = letters(set.demo, 'fatima.el.amrani@patient.example', ['Oorpijn']);
    await logIn(page, set.demo, 'Fatima el Amrani');
    const choice = { practice: 'Praktijk De Linde', who: 'Dokter De Vries', reason: 'Oorpijn' };
    const time = await book(page, set.demo, choice);
    await page.getByRole('heading', { level: 1, name: 'Uw afspraak is bevestigd' }).waitFor();
    assert.match((await mails.next()).subject, /is bevestigd$/);
    assert.equal((await overview(page, set.demo)).cards.length, 1);
    assert.equal(await timesInAgenda('Fatima el Amrani', time), 1);
  });

  test('works with the keyboard alone, in 7 pages and 25 keys beyond typing, from login to confirmation', async () => {
    const page = await set.open();
    await logIn(page, set.demo, 'Anna Bakker');
    const keys = keysOf(page);
    await keys.skipToMain();
    await keys.enter('Afspraak maken');
    await keys.skipToMain();
    await keys.enter('Consult');
    await keys.skipToMain();
    await keys.enter(/Eerste vrije tijd/);
    await keys.skipToMain();
    await keys.enter(/^Eerste vrije tijd/);
    await page.getByRole('textbox').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('Een rare vlek op mijn arm.');
    await keys.enter('Verder');
    await keys.skipToMain();
    await keys.enter('Afspraak maken');
    await page.getByRole('heading', { level: 1, name: 'Uw afspraak is bevestigd' }).waitFor();
    assert.ok(keys.pages <= 7, `${keys.pages} pages`);
    assert.ok(keys.count <= 25, `${keys.count} keys: ${keys.list.join(' ')}`);
  });

  test('a time can be chosen with Tab, arrows and Space', async () => {
    const page = await set.open();
    await logIn(page, set.demo, 'Anna Bakker');
    await page.goto(`${set.demo.platform}/book`);
    await page.getByRole('link', { name: 'Videoconsult' }).click();
    await page.getByRole('link', { name: /^Dokter De Vries/ }).click();
    await page.getByRole('link', { name: /vrij$/ }).first().click();
    const keys = keysOf(page);
    const second = (await page.locator('label').filter({ has: page.getByRole('radio') }).allInnerTexts())[1];
    await keys.skipToMain();
    await keys.reach((focused) => focused.type === 'radio');
    await keys.press('Space');
    await keys.press('ArrowDown');
    await keys.enter('Verder');
    await page.waitForURL('**/reason*');
    assert.ok((await page.getByRole('main').innerText()).includes(second.trim()));
  });

  test('a double click, a reload, Back and a second window never book twice', async () => {
    const page = await set.open();
    const mails = letters(set.demo, 'piet.de.vries@patient.example');
    await logIn(page, set.demo, 'Piet de Vries');
    await chooseTime(page, set.demo, { practice: 'Praktijk De Linde', who: 'Praktijkondersteuner' });
    await giveReason(page, 'Bloeddruk meten');
    const time = { ...(await chosenTime(page)), who: 'Praktijkondersteuner Öztürk' };
    const second = await page.context().newPage();
    await second.goto(page.url());

    await (await sendButton(page)).dblclick();
    await page.waitForURL('**/appointments/*');
    const booked = page.url();
    await page.reload();
    await page.goBack();
    // Whether Back shows the form once more is the browser's affair; where it does, it is sent once more.
    const again = await sendButton(page);
    if (await again.isVisible()) await again.click();
    await (await sendButton(second)).click();
    await second.waitForURL('**/appointments/*');
    assert.equal(second.url(), booked);

    await mails.next();
    assert.equal((await overview(page, set.demo)).cards.length, 1);
    assert.equal(await timesInAgenda('Piet de Vries', time), 1);
    await mails.isAll();
  });
});
