// What a screen reader says of a booking, from the login to the confirmation, is what was read and found good.
// `make transcript` writes it anew. The days are the same each time: the program goes by a clock that stands there.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';

import { startDemo } from '../lib/balie.mjs';
import { launch, newPage } from '../lib/browser.mjs';
import { startClock } from '../lib/clock.mjs';
import { logIn, sendButton } from '../story/lib/patient.mjs';
import { bringReader, readPage } from './lib/reader.mjs';

const KEPT = new URL('transcript.txt', import.meta.url);
const MONDAY = '2027-04-12T08:00:00Z';

describe('what a screen reader says of a booking', () => {
  let clock, demo, browser;

  before(async () => {
    clock = await startClock(MONDAY);
    demo = await startDemo({ env: clock.env });
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    await demo?.stop();
    await clock?.remove();
  });

  test('is what was read and found good', async () => {
    const page = await newPage(browser, { width: 390 });
    await bringReader(page);
    const pages = [];
    const read = async () => pages.push(`${new URL(page.url()).pathname}\n${(await readPage(page)).join('\n')}\n`);
    const go = (role, name) => page.getByRole('main').getByRole(role, { name }).first().click();

    await page.goto(demo.platform);
    await read();
    await logIn(page, demo, 'Anna Bakker');
    await read();
    for (const name of ['Afspraak maken', 'Consult', /^Dokter Jansen/, /vrij$/]) {
      await go('link', name);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await read();
    }
    await page.getByRole('main').locator('label').first().click();
    await go('button', 'Verder');
    await page.waitForURL('**/reason*');
    await read();
    await page.getByRole('textbox').fill('Een rare vlek op mijn arm.');
    await go('button', 'Verder');
    await page.waitForURL('**/check');
    await read();
    await (await sendButton(page)).click();
    await page.waitForURL('**/appointments/*');
    await read();

    const said = pages.join('\n').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}');
    if (process.env.RENEW) await writeFile(KEPT, said);
    assert.equal(said, await readFile(KEPT, 'utf8'));
  });
});
