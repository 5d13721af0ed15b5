// No page of the portal has a barrier, a fault in its HTML, or anything beside the window, in any state: two engines
// and a validator look at each state once, and at five key pages in each other way to look at a page. FULL=1 looks at
// each state in each way.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { stage } from '../story/lib/stage.mjs';
import { faultsAt } from './lib/judge.mjs';
import { keyPages } from './lib/key-pages.mjs';
import { DEFAULT, LOOKS } from './lib/looks.mjs';
import { visitPortal } from './lib/portal.mjs';
import { weigh } from './lib/weight.mjs';

/** What may go over the line for a page and all that it needs, when somebody comes for the first time. */
const MOST_BYTES = 50_000;

for (const look of process.env.FULL ? [DEFAULT, ...LOOKS] : [DEFAULT]) {
  describe(`the portal in every state: ${look.name}`, () => {
    const set = stage();

    test('has no fault', async () => {
      const faults = {};
      await visitPortal(set, look.options, async (page, name) => {
        const found = await faultsAt(page, look);
        if (found.length > 0) faults[name] = found;
      });
      assert.deepEqual(faults, {});
    });
  });
}

describe('the key pages', () => {
  const set = stage();
  let pages;

  test('can be opened at their own addresses', async () => {
    pages = await keyPages(set);
    assert.equal(new Set(Object.values(pages.addresses)).size, 5);
  });

  for (const look of LOOKS) {
    test(`have no fault: ${look.name}`, async () => {
      const page = await set.open({ ...look.options, storageState: pages.storageState });
      const faults = {};
      for (const [name, address] of Object.entries(pages.addresses)) {
        await page.goto(address);
        const found = await faultsAt(page, look);
        if (found.length > 0) faults[name] = found;
      }
      assert.deepEqual(faults, {});
      await page.context().close();
    });
  }

  test(`weigh at most ${MOST_BYTES / 1000} kB each with all that they load, and load nothing of others`, async () => {
    const known = { storageState: pages.storageState };
    const all = Object.values(pages.addresses).map((address) => [address, known]);
    for (const [address, who] of [...all, [`${set.demo.platform}/`, {}]]) {
      const { bytes, parts } = await weigh(set, address, who);
      assert.ok(bytes > 0 && bytes <= MOST_BYTES, `${address} weighs ${bytes} bytes: ${parts.join(', ')}`);
    }
  });
});
