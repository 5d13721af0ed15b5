// What the tests of one file share: a demo, a browser, and pages that must stay without complaints.
import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';

import { startDemo } from '../../lib/balie.mjs';
import { launch, newPage } from '../../lib/browser.mjs';

/** A citizen number has no place in an address. */
const BSN_IN_ADDRESS = /9999\d{5}/;

/** Call inside `describe`. After each test no page that was opened may have anything to complain of. */
export function stage(options = {}) {
  const set = { pages: [], open: (pageOptions) => openPage(set, pageOptions) };
  before(async () => {
    set.demo = await startDemo(options);
    set.browser = await launch();
  });
  afterEach(() => assert.deepEqual(set.pages.flatMap((page) => page.complaints), []));
  after(async () => {
    await set.browser?.close();
    await set.demo?.stop();
  });
  return set;
}

async function openPage(set, options) {
  const page = await newPage(set.browser, options);
  page.on('request', (request) => {
    if (BSN_IN_ADDRESS.test(request.url())) page.complaints.push('a citizen number in an address');
  });
  set.pages.push(page);
  return page;
}
