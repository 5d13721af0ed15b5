// A patient moves an appointment in the portal: the practice's agenda shows the new time taken and the old one free,
// and one mail says from when to when.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { barriers } from '../lib/accessible.mjs';
import { screenshot } from '../lib/browser.mjs';
import { letters } from './lib/letters.mjs';
import { overview } from './lib/overview.mjs';
import { book, chooseFirst, chosenTime, logIn } from './lib/patient.mjs';
import { approve, openDay } from './lib/practice.mjs';
import { stage } from './lib/stage.mjs';

const LINDE = '01000001';
const REASON = 'Mijn rug doet pijn.';
const CHANGED = 'Mijn rug doet erge pijn.';

const PEOPLE = [
  { name: 'Jan Jansen', mail: 'jan.jansen@patient.example', who: 'Dokter Jansen', width: 390, javaScript: true },
  { name: 'Fatima el Amrani', mail: 'fatima.el.amrani@patient.example', who: 'Dokter De Vries', javaScript: false },
];

/** The link that begins it, the times of the last day, and the check. */
async function chooseLater(page) {
  const main = page.getByRole('main');
  await main.getByRole('link', { name: 'Afspraak verzetten' }).click();
  await main.getByRole('heading', { level: 1, name: 'Naar welke dag wilt u verzetten?' }).waitFor();
  await main.getByText(/^Uw afspraak nu: /).waitFor();
  await screenshot(page, `reschedule-${page.viewportSize().width}-day`);
  await main.getByRole('link', { name: /vrij$/ }).first().click();
  await chooseFirst(page);
  await main.getByRole('heading', { level: 1, name: 'Wilt u uw afspraak zo verzetten?' }).waitFor();
  return chosenTime(page);
}

function placeOf(practice, time) {
  return practice.getByRole('row').filter({ has: practice.getByRole('rowheader', { name: time }) });
}

describe('a patient who moves an appointment', () => {
  const set = stage();

  for (const { name, mail, who, ...browser } of PEOPLE) {
    test(`${name}, ${browser.javaScript ? 'on a phone' : 'without JavaScript'}`, async () => {
      const [page, practice] = await Promise.all([set.open(browser), set.open()]);
      const width = browser.width ?? 1280;
      await logIn(page, set.demo, name);
      const mails = letters(set.demo, mail, [REASON, CHANGED]);
      const choice = { practice: 'Praktijk De Linde', who, soon: false, reason: REASON };
      const old = await book(page, set.demo, choice);
      await mails.next();
      const oldAddress = page.url();
      await screenshot(page, `reschedule-${width}-before`);

      const main = page.getByRole('main');
      const visit = { ...(await chooseLater(page)), who };
      assert.notDeepEqual([visit.date, visit.time], [old.date, old.time]);
      if (browser.javaScript) assert.deepEqual(await barriers(page), []);
      await screenshot(page, `reschedule-${width}-check`);
      // Back and forth again loses nothing.
      await page.goBack();
      await page.goForward();
      await main.getByRole('textbox', { name: 'Uw reden' }).fill(CHANGED);
      await main.getByRole('button', { name: 'Ja, verzet deze afspraak' }).click();

      await main.getByRole('heading', { level: 1, name: 'Uw afspraak is verzet' }).waitFor();
      await main.getByText(CHANGED).waitFor();
      await screenshot(page, `reschedule-${width}-after`);
      if (browser.javaScript) assert.deepEqual(await barriers(page), []);
      await page.reload();
      assert.deepEqual(await chosenTime(page), { date: visit.date, time: visit.time });

      const { subject, text } = await mails.next();
      assert.match(subject, /^Uw afspraak is verzet naar /);
      assert.ok(text.includes(old.time) && text.includes(visit.time), text);
      await openDay(practice, set.demo, LINDE, visit);
      await placeOf(practice, visit.time).getByRole('link', { name }).waitFor();
      await openDay(practice, set.demo, LINDE, { ...old, who });
      await placeOf(practice, old.time).getByText('Vrij').waitFor();
      await practice.getByRole('link', { name: new RegExp(`${old.time} ${name}`) }).click();
      await practice.getByText(/De patiënt heeft deze afspraak online verzet naar /).waitFor();

      const { news, cards } = await overview(page, set.demo);
      const seen = cards.map(({ heading, time }) => [heading, time.time]);
      assert.deepEqual([news, seen], [0, [['Komende afspraken', visit.time], ['Gaat niet door', old.time]]]);
      await screenshot(page, `reschedule-${width}-overview`);
      await page.goto(oldAddress);
      await main.getByText(/^U hebt deze afspraak verzet naar /).waitFor();
      await screenshot(page, `reschedule-${width}-old`);
      await mails.isAll();
    });
  }
});

/** Presses Tab until the link, button or field with these words has the focus. */
async function tabTo(page, words) {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const reached = await page.evaluate(() => {
      const { innerText, labels } = document.activeElement;
      return labels?.[0]?.innerText || innerText || '';
    });
    if (words.test(reached)) return;
  }
  assert.fail(`${words} cannot be reached with Tab on ${page.url()}`);
}

async function enter(page, words) {
  await tabTo(page, words);
  const before = page.url();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.href !== before);
}

describe('a patient of a practice that approves, with nothing but a keyboard, in English', () => {
  const set = stage();
  const VECHT = '01000002';

  test('the old appointment stands until the new one is approved', async () => {
    const [page, practice] = await Promise.all([set.open(), set.open()]);
    await logIn(page, set.demo, 'Jan Jansen');
    await page.getByRole('button', { name: 'English' }).click();
    const mails = letters(set.demo, 'jan.jansen@patient.example', [REASON]);
    const choice = { practice: 'Huisartsen aan de Vecht', who: 'Dokter Van Dijk', soon: false, reason: REASON };
    const old = await book(page, set.demo, choice);
    await approve(practice, set.demo, VECHT, 'Jan Jansen');
    await mails.next();
    await page.reload();

    await enter(page, /^Reschedule appointment$/);
    await enter(page, / free$/);
    await tabTo(page, /^\d\d:\d\d$/);
    await page.keyboard.press('Space');
    await enter(page, /^Continue$/);
    const main = page.getByRole('main');
    await main.getByRole('heading', { level: 1, name: 'Do you want to reschedule like this?' }).waitFor();
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, 'reschedule-approval-check-en');
    const visit = await chosenTime(page);
    await enter(page, /^Yes, request the new time$/);
    await main.getByRole('heading', { level: 1, name: 'Your request has been sent' }).waitFor();
    await main.getByText(/^Your old appointment still stands: /).waitFor();
    await screenshot(page, 'reschedule-approval-pending-en');
    await mails.isAll();

    await approve(practice, set.demo, VECHT, 'Jan Jansen');
    // The open page shows it without being loaded again.
    await main.getByRole('heading', { level: 1, name: 'Your appointment has been rescheduled' }).waitFor();
    const { subject, text } = await mails.next();
    assert.match(subject, /^Your appointment has moved to /);
    assert.ok(text.includes(old.time) && text.includes(visit.time), text);
    await openDay(practice, set.demo, VECHT, { ...old, who: choice.who });
    await placeOf(practice, old.time).getByText('Vrij').waitFor();
    await mails.isAll();
  });
});
