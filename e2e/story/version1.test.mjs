// A practice whose system speaks version 1 of the contract, behind the same pages (C20, D13).
import { describe, test } from 'node:test';

import { book, logIn } from './lib/patient.mjs';
import { openDay } from './lib/practice.mjs';
import { stage } from './lib/stage.mjs';

const BRUG = '01000005';

describe('a practice of version 1', () => {
  const set = stage();

  test('a patient books, and the practice has it in its agenda', async () => {
    const page = await set.open();
    await logIn(page, set.demo, 'Els van Leeuwen');
    const time = await book(page, set.demo, { who: 'Dokter De Vries', reason: 'Oorpijn' });
    await page.getByRole('heading', { level: 1, name: 'Uw afspraak is bevestigd' }).waitFor();
    const agenda = await set.open();
    await openDay(agenda, set.demo, BRUG, time);
    await agenda.getByRole('link', { name: 'Els van Leeuwen' }).waitFor();
  });
});
