// The nights in which the clock changes, for a patient whose browser is in another part of the world: times are those
// of the practice's clock, an hour that comes twice is there twice, and one that is not there is stepped over.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { startDemo } from '../lib/balie.mjs';
import { launch, newPage } from '../lib/browser.mjs';
import { startClock } from '../lib/clock.mjs';
import { PracticeSystem } from '../notices/lib/practice-system.mjs';
import { logIn } from './lib/patient.mjs';

const BEFORE = '2027-10-25T08:00:00Z';

/** What happens when, and what the practice's clock says then. */
const VISITS = [
  ['2027-10-31T00:30:00Z', 'zondag 31 oktober', '02:30'],
  ['2027-10-31T01:30:00Z', 'zondag 31 oktober', '02:30'],
  ['2027-10-31T02:00:00Z', 'zondag 31 oktober', '03:00'],
  ['2028-03-26T00:50:00Z', 'zondag 26 maart', '01:50'],
  ['2028-03-26T01:00:00Z', 'zondag 26 maart', '03:00'],
];

describe('the nights in which the clock changes', () => {
  let clock, demo, browser;

  before(async () => {
    clock = await startClock(BEFORE);
    demo = await startDemo({ env: clock.env });
    browser = await launch();
    const system = new PracticeSystem(demo);
    for (const [nth, [start]] of VISITS.entries()) await system.book(`night-${nth}`, 0, start);
  });

  after(async () => {
    await browser?.close();
    await demo?.stop();
    await clock?.remove();
  });

  for (const timezoneId of ['Europe/Amsterdam', 'America/New_York']) {
    test(`are shown by the practice's clock in a browser in ${timezoneId}`, async () => {
      const page = await newPage(browser, { timezoneId });
      await logIn(page, demo, 'Jan Jansen');
      await page.getByText('Alle tijden zijn Nederlandse tijd.').waitFor();
      const cards = await page.getByRole('main').getByRole('article').all();
      assert.equal(cards.length, VISITS.length);
      for (const [nth, [start, day, time]] of VISITS.entries()) {
        const said = await cards[nth].innerText();
        assert.ok(said.includes(day) && said.includes(`${time} uur`) && said.includes('10 minuten'), said);
        const instant = await cards[nth].locator('time').first().getAttribute('datetime');
        assert.equal(Date.parse(instant), Date.parse(start));
      }
      await page.context().close();
    });
  }
});
