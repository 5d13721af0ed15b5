// Whatever stands in an address, no page that answers it runs anything of it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { PATIENTS } from '../lib/people.mjs';
import { openAt } from '../lib/practitioner.mjs';
import { logIn } from '../story/lib/patient.mjs';
import { stage } from '../story/lib/stage.mjs';
import { PAYLOADS, addresses } from './lib/payloads.mjs';
import { shows, trap } from './lib/trap.mjs';

/** The portal looks for a name of so many letters at most. */
const LONGEST_NAME = 80;

describe('addresses that say something back', () => {
  const set = stage();

  test('at both ends, whoever is logged in', async () => {
    const page = await set.open();
    const trapped = await trap(page);
    await logIn(page, set.demo, PATIENTS[0].name);
    await openAt(page, set.demo, '01000001');
    for (const payload of PAYLOADS) {
      const [echo, ...others] = addresses(set.demo, payload);
      await trapped.see(echo);
      await shows(page, [...payload].slice(0, LONGEST_NAME).join(''));
      // Each text alone: one before it could make it harmless, as an open comment does.
      for (const address of others) {
        await trapped.see(address);
        assert.ok((await page.getByRole('heading', { level: 1 }).count()) > 0, `no page of ours at ${address}`);
      }
    }
    assert.deepEqual(trapped.caught, []);
  });
});
