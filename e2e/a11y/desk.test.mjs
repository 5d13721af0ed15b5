// Every page of the practice's desk is without barriers (WCAG 2.2 AA by axe), in light and dark, and never wider than
// its window. The patient's pages are in portal.test.mjs.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { barriers, spill } from '../lib/accessible.mjs';
import { openAt } from '../lib/practitioner.mjs';
import { plan } from '../story/lib/practice.mjs';
import { stage } from '../story/lib/stage.mjs';
import { workingDay } from '../story/lib/when.mjs';

const LINDE = '01000001';
const VECHT = '01000002';

const LOOKS = [
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 1280 },
];

describe('no page of the desk has a barrier', () => {
  const set = stage();

  for (const look of LOOKS) {
    test(`${look.colorScheme}, ${look.width} pixels wide`, async () => {
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
  assert.deepEqual([...(await barriers(page)), ...(await spill(page))], [], name);
}
