// What the practice did and the patient could not be told stands on the appointment, in words.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { openDay, plan } from './lib/practice.mjs';
import { stage } from './lib/stage.mjs';
import { workingDay } from './lib/when.mjs';

const PLACE = { who: 'Dokter Jansen', date: workingDay(6), time: '12:10' };

describe('a patient without an account', () => {
  const set = stage();
  let practice;

  test('was not told of an appointment, and the page says so and whom to call', async () => {
    practice = await set.open();
    await plan(practice, set.demo, '01000001', { ...PLACE, patient: 'Sanne de Boer' });
    await practice.getByText('Niet verteld: deze patiënt heeft geen account, bel 06 1234 5602').waitFor();
    assert.deepEqual(await set.demo.mailbox(), []);
  });

  test('can be told again, and the answer is awaited on the open page', async () => {
    await practice.getByRole('button', { name: 'Opnieuw sturen' }).click();
    await practice.getByText('Het bericht wordt opnieuw verstuurd.').waitFor();
    await practice.getByText('Niet verteld: deze patiënt heeft geen account').waitFor();
    assert.deepEqual(await set.demo.mailbox(), []);
  });

  test('is marked in the agenda of the day', async () => {
    await openDay(practice, set.demo, '01000001', PLACE);
    const line = practice.getByRole('link', { name: 'Sanne de Boer' }).filter({ hasText: `${PLACE.time}` });
    assert.match(await line.innerText(), /Niet verteld/);
  });
});
