// What the browser is told, as Chromium takes it: forms work without a referrer, and what may not happen does not.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, test } from 'node:test';

import { newPage } from '../lib/browser.mjs';
import { openAt } from '../lib/practitioner.mjs';
import { within } from '../lib/within.mjs';
import { logIn } from '../story/lib/patient.mjs';
import { stage } from '../story/lib/stage.mjs';
import { trap } from './lib/trap.mjs';

const LINDE = '01000001';
const SOON_MS = 5_000;
/** Where Chromium leads a frame that may not show what it was to show. */
const NO_PAGE = 'chrome-error://chromewebdata/';

/** A website of somebody else: the same page at every address. `asked` has what was asked of it. */
async function stranger(page) {
  const asked = [];
  const server = createServer((request, answer) => {
    asked.push(request.url);
    answer.setHeader('access-control-allow-origin', '*').setHeader('content-type', 'text/html').end(page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => server.close() && server.closeAllConnections();
  return { address: `http://localhost:${server.address().port}`, asked, close };
}

/** How a script of the page fares that does what injected ones do. */
function attempts(page) {
  return page.evaluate(() => {
    const tried = (act) => {
      try {
        act();
        return 'done';
      } catch (error) {
        return error.name;
      }
    };
    return [
      tried(() => (document.createElement('div').innerHTML = '<b>x</b>')),
      tried(() => document.createElement('script').setAttribute('src', '/static/app.js')),
      tried(() => new DOMParser().parseFromString('<b>x</b>', 'text/html')),
      tried(() => globalThis.trustedTypes.createPolicy('another', {})),
      tried(() => globalThis.trustedTypes.createPolicy('page', {})),
    ];
  });
}

/** What a stranger would put in a page of ours, had they found a way. */
function planted(elsewhere) {
  return `<script>globalThis.ran = ['inline']</script>
<p id="handled" onclick="globalThis.ran = ['handler']">x</p>
<a id="link" href="javascript:void (globalThis.ran = ['link'])">x</a>
<p id="styled" style="position: fixed">x</p><style>#sheet { position: fixed }</style><p id="sheet">x</p>
<script src="${elsewhere}/script.js"></script><img src="${elsewhere}/picture.png" alt="">
<form id="away" method="post" action="${elsewhere}/form"><button>x</button></form>`;
}

/** How a script fares that makes code of a text, and one that asks a stranger: not in the debugger's own call, which may do more. */
function tryOut(page, elsewhere) {
  return page.evaluate(
    (address) =>
      new Promise((resolve) => {
        setTimeout(async () => {
          const name = (error) => error.name;
          const tried = (act) => {
            try {
              return act();
            } catch (error) {
              return name(error);
            }
          };
          const code = [tried(() => (0, eval)('"done"')), tried(() => new Function('return "done"')())];
          resolve([...code, await fetch(address, { mode: 'cors' }).then(() => 'done', name)]);
        });
      }),
    `${elsewhere}/fetch`,
  );
}

/** The complaints of a page that it was right to make, taken out once there are so many of each kind. */
async function expected(page, kinds) {
  const found = (sign) => page.complaints.filter((one) => one.includes(sign)).length;
  const areThere = () => Object.entries(kinds).every(([sign, count]) => found(sign) >= count);
  await within(SOON_MS, `complaints of ${Object.keys(kinds)}`, areThere).catch((error) => {
    throw new Error(`${error.message}, but: ${page.complaints.join('\n')}`);
  });
  const isExpected = (one) => Object.keys(kinds).some((sign) => one.includes(sign));
  page.complaints.splice(0, Infinity, ...page.complaints.filter((one) => !isExpected(one)));
}

describe('what a page may do', () => {
  const set = stage();

  test('forms are sent and accepted without a referrer, at both ends', async () => {
    const page = await set.open();
    const sent = [];
    page.on('request', async (request) => {
      const { referer, origin, 'sec-fetch-site': site } = await request.allHeaders();
      sent.push({ method: request.method(), url: request.url(), referer, origin, site });
    });
    await logIn(page, set.demo, 'Jan Jansen');
    await page.goto(`${set.demo.platform}/preferences/language`);
    await page.getByRole('main').getByRole('button').first().click();
    await page.waitForURL((url) => !url.pathname.startsWith('/preferences/language'));
    await openAt(page, set.demo, LINDE);
    await page.getByRole('button', { name: 'English' }).click();
    await page.locator('html[lang=en]').waitFor();
    for (const address of [`${set.demo.platform}/preferences/language`, `${set.demo.xis}/language`]) {
      const form = await within(SOON_MS, `a form to ${address}`, () =>
        sent.find(({ method, url }) => method === 'POST' && url === address));
      assert.deepEqual([form.origin, form.site], ['null', 'same-origin'], address);
    }
    const toUs = sent.filter(({ url }) => !url.includes('/dev/'));
    assert.deepEqual(toUs.filter(({ referer }) => referer), [], 'no request says where it comes from');
  });

  test('no script can make a page of a text, at either end', async () => {
    const page = await set.open();
    await logIn(page, set.demo, 'Jan Jansen');
    const atPortal = await attempts(page);
    await expected(page, { "requires 'Trusted": 3, TrustedTypePolicy: 2 });
    await openAt(page, set.demo, LINDE);
    const atDesk = await attempts(page);
    await expected(page, { "requires 'Trusted": 3, TrustedTypePolicy: 2 });
    for (const found of [atPortal, atDesk]) assert.deepEqual(found, Array(5).fill('TypeError'));
  });

  test('nothing runs, looks otherwise or goes elsewhere that a stranger put in a page, at either end', async () => {
    const other = await stranger('<p>Hello</p>');
    // A route does not see what a worker fetches.
    const page = await newPage(set.browser, { serviceWorkers: 'block' });
    const { caught } = await trap(page);
    await logIn(page, set.demo, 'Jan Jansen');
    await openAt(page, set.demo, LINDE);
    for (const address of [`${set.demo.platform}/`, `${set.demo.xis}/${LINDE}/requests`]) {
      // The page itself, with its own policy, and something more in it.
      await page.route(address, async (route) => {
        const answer = await route.fetch();
        const body = (await answer.text()).replace('</main>', `${planted(other.address)}</main>`);
        const policy = answer.headers()['content-security-policy'];
        await route.fulfill({ headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }, body });
      });
      caught.length = 0;
      await page.goto(address);
      assert.deepEqual(await tryOut(page, other.address), ['EvalError', 'EvalError', 'TypeError'], address);
      // A click at the element itself: what is not styled may lie under something else.
      const click = (selector) => page.locator(selector).evaluate((element) => element.click());
      for (const selector of ['#handled', '#link']) await click(selector);
      const position = (selector) => page.locator(selector).evaluate((element) => getComputedStyle(element).position);
      assert.deepEqual([await position('#styled'), await position('#sheet')], ['static', 'static'], address);
      assert.equal(await page.evaluate(() => globalThis.ran), undefined, address);
      // Last: the page is never told that its form went nowhere.
      await click('#away button');
      for (const directive of ['script-src-elem', 'script-src-attr', 'style-src-elem', 'style-src-attr', 'img-src', 'connect-src', 'form-action']) {
        await within(SOON_MS, `${directive} at ${address}`, () => caught.some((said) => said.includes(`: ${directive} `)));
      }
      assert.equal(page.url(), address);
      await page.unroute(address);
    }
    assert.deepEqual(other.asked, [], 'nobody else was asked anything');
    // They would have been heard.
    await page.goto(other.address);
    assert.deepEqual(await tryOut(page, other.address), ['done', 'done', 'done']);
    assert.ok(other.asked.includes('/fetch'));
    await page.context().close();
    other.close();
  });

  test("a form on somebody else's website changes nothing, and nobody shows our pages in theirs", async () => {
    const page = await set.open();
    await logIn(page, set.demo, 'Jan Jansen');
    const action = `${set.demo.platform}/logout`;
    const other = await stranger(`<form method=post action="${action}"><button>Win</button></form><iframe src="${set.demo.platform}/"></iframe>`);
    await page.goto(other.address);
    await within(SOON_MS, 'a frame without a page', () => page.frames().some((one) => one.url() === NO_PAGE));
    assert.equal(page.frames().length, 2);
    await expected(page, { 'frame-ancestors': 1 });
    await page.getByRole('button', { name: 'Win' }).click();
    await page.getByText('Er is niets gewijzigd').waitFor();
    await page.goto(`${set.demo.platform}/book`);
    assert.equal(new URL(page.url()).pathname.split('/')[1], 'book', 'still logged in');
    other.close();
  });
});
