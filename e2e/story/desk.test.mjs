// A practitioner logs in at the practice system with the keyboard alone, sees no practice of others, and logs out.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { barriers } from '../lib/accessible.mjs';
import { openAt } from '../lib/practitioner.mjs';
import { keysOf } from './lib/keys.mjs';
import { stage } from './lib/stage.mjs';

const LINDE = '01000001';
const VECHT = '01000002';

describe('the desk of a practice', () => {
  const set = stage();
  let page;

  test('opens after a login with the keyboard alone, at the page that was asked for', async () => {
    page = await set.open();
    await page.goto(`${set.demo.xis}/${LINDE}/requests`);
    const keys = keysOf(page);
    await keys.reach(({ text }) => text.includes('Bram Visser'));
    await keys.press('Enter');
    await page.waitForURL(`${set.demo.xis}/${LINDE}/requests`);
    await page.getByRole('banner').getByText('Bram Visser').waitFor();
    assert.deepEqual(await barriers(page), []);
  });

  test('goes to the agenda at once for who works for one practice, and shows no other', async () => {
    await page.goto(set.demo.xis);
    await page.waitForURL(`${set.demo.xis}/${LINDE}/**`);
    assert.equal(await page.getByRole('link', { name: 'Andere praktijk' }).count(), 0);
    for (const path of [VECHT, `${VECHT}/requests`, '09999999']) {
      const answer = await page.goto(`${set.demo.xis}/${path}`);
      assert.equal(answer.status(), 404);
      await page.getByRole('heading', { level: 1, name: 'Niet gevonden' }).waitFor();
    }
  });

  test('shows nothing more of a practice once its practitioner has logged out in another tab', async () => {
    await openAt(page, set.demo, LINDE);
    const tab = await page.context().newPage();
    await tab.goto(`${set.demo.xis}/${LINDE}/requests`);
    await tab.getByRole('button', { name: 'Uitloggen' }).click();
    await tab.getByRole('heading', { level: 1, name: 'U bent uitgelogd' }).waitFor();
    assert.deepEqual(await barriers(tab), []);
    await page.getByRole('heading', { level: 1, name: 'U bent uitgelogd' }).waitFor();
    await page.getByRole('link', { name: 'Opnieuw inloggen' }).click();
    await page.getByRole('button', { name: 'Niet inloggen' }).click();
    await page.getByRole('heading', { level: 1, name: 'Inloggen is niet gelukt' }).waitFor();
    assert.deepEqual(await barriers(page), []);
    await tab.close();
  });
});
