// The trap of the other tests here is no blind one: on pages that repeat a stranger's text as it is, it notices a script
// that runs, one that our policy stops, and an address that is a script.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';

import { stage } from '../story/lib/stage.mjs';
import { PAYLOADS } from './lib/payloads.mjs';
import { trap } from './lib/trap.mjs';

/** A page that shows a text in every place of a page, and escapes it in none. */
function careless(text) {
  return `<!doctype html><title>${text}</title><textarea>${text}</textarea><p>${text}</p>
<input value="${text}"><input value='${text}'><a href="${text}">x</a><!-- ${text} -->`;
}

describe('the trap', () => {
  const set = stage();
  let server, address, page, trapped;

  before(async () => {
    const policy = (await fetch(set.demo.platform)).headers.get('content-security-policy');
    assert.match(policy, /script-src 'self'/);
    // Below /held with the policy of our own pages, below /free with none.
    server = createServer(({ url }, answer) => {
      const [, kind, place] = url.split('/');
      if (kind === 'held') answer.setHeader('content-security-policy', policy);
      answer.setHeader('content-type', 'text/html; charset=utf-8').end(careless(PAYLOADS[place] ?? ''));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    address = `http://127.0.0.1:${server.address().port}`;
    page = await set.browser.newPage();
    await page.route('https://stranger.invalid/**', (route) => route.abort());
    trapped = await trap(page);
  });
  after(() => server?.close(() => {}) && server.closeAllConnections());

  test('notices a script that runs', async () => {
    for (const place of [0, 1, 2, 3, 6, 7, 8]) {
      await Promise.all([page.waitForEvent('dialog'), page.goto(`${address}/free/${place}/`)]);
    }
    assert.ok(trapped.caught.some((said) => said.startsWith('a dialog at')), trapped.caught.join('\n'));
  });

  test('notices a script that only our policy stops', async () => {
    trapped.caught.length = 0;
    for (const place of [0, 1, 2, 3, 6, 7, 8]) {
      await trapped.see(`${address}/held/${place}/`);
      const said = `the policy was needed at ${address}/held/${place}/`;
      assert.ok(trapped.caught.some((one) => one.startsWith(said)), `${PAYLOADS[place]}:\n${trapped.caught.join('\n')}`);
    }
    assert.deepEqual(trapped.caught.filter((said) => said.startsWith('a dialog')), [], 'the policy stops them');
  });

  test('notices an address that is a script', async () => {
    for (const text of [PAYLOADS[16], PAYLOADS[24], PAYLOADS[30]]) {
      trapped.caught.length = 0;
      await trapped.see(`${address}/held/${PAYLOADS.indexOf(text)}/`);
      const strange = trapped.caught.filter((said) => said.startsWith('a strange address'));
      assert.ok(strange.some((said) => said.includes('javascript:alert')), `${text}:\n${trapped.caught.join('\n')}`);
    }
  });

  test('notices nothing on a page without any', async () => {
    trapped.caught.length = 0;
    await trapped.see(`${address}/held/none/`);
    assert.deepEqual(trapped.caught, []);
  });
});
