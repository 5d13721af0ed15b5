// The founding story again, in short, with platform and practice system as processes of their own.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { letters } from './lib/letters.mjs';
import { overview } from './lib/overview.mjs';
import { book, logIn } from './lib/patient.mjs';
import { approve, isTold, move } from './lib/practice.mjs';
import { stage } from './lib/stage.mjs';
import { workingDay } from './lib/when.mjs';

describe('with the two ends as separate processes', () => {
  const set = stage({ separate: true });

  test('a patient books, the practice approves and moves, and the patient is told of each', async () => {
    const [patient, practice] = await Promise.all([set.open(), set.open()]);
    const mails = letters(set.demo, 'fatima.el.amrani@patient.example', ['Buikpijn']);
    await logIn(patient, set.demo, 'Fatima el Amrani');
    const choice = { practice: 'Huisartsen aan de Vecht', who: 'Dokter El Idrissi' };
    await book(patient, set.demo, { ...choice, reason: 'Buikpijn' });
    assert.deepEqual(await headings(patient), ['Wacht op de praktijk']);

    await approve(practice, set.demo, '01000002', 'Fatima el Amrani');
    assert.match((await mails.next()).subject, /is bevestigd$/);
    assert.deepEqual(await headings(patient), ['Komende afspraken']);
    await isTold(practice);

    await move(practice, { who: 'Dokter Van Dijk', date: workingDay(9), time: '12:20' });
    assert.match((await mails.next()).subject, /^Uw afspraak is verzet naar /);
    const { news, cards } = await overview(patient, set.demo);
    assert.deepEqual([news, cards.length, cards[0].isNew], [1, 1, true]);
    assert.match(cards[0].said, /Gewijzigd .*12:20/);
    await isTold(practice);
    await mails.isAll();
  });

  async function headings(patient) {
    return (await overview(patient, set.demo)).cards.map((card) => card.heading);
  }
});
