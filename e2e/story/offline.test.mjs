// Without a connection: a page that says so in the patient's language, from a browser that keeps nothing of anybody.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { barriers } from '../lib/accessible.mjs';
import { within } from '../lib/within.mjs';
import { book, logIn } from './lib/patient.mjs';
import { stage } from './lib/stage.mjs';

const KEPT_MS = 10_000;
const REASON = 'Een rare vlek op mijn arm.';
const TITLES = { nl: 'Er is geen verbinding', en: 'There is no connection' };

describe('without a connection', () => {
  const set = stage();

  test('a page says so in the language of the patient, keeps nothing of anybody, and goes by itself', async () => {
    const page = await set.open({ width: 390 });
    const context = page.context();
    await logIn(page, set.demo, 'Jan Jansen');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await book(page, set.demo, { practice: 'Praktijk De Linde', who: 'Dokter Jansen', reason: REASON });
    const appointment = page.url();

    await speaks(page, 'nl');
    await context.setOffline(true);
    await page.goto(appointment);
    await page.getByRole('heading', { level: 1, name: TITLES.nl }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'nl');
    assert.deepEqual(await barriers(page), []);
    await context.setOffline(false);
    await page.getByRole('heading', { level: 1, name: 'Uw afspraak is bevestigd' }).waitFor();

    await page.getByRole('button', { name: 'English' }).click();
    await page.locator('html[lang=en]').waitFor();
    await speaks(page, 'en');
    await context.setOffline(true);
    await page.goto(`${set.demo.platform}/messages`);
    await page.getByRole('heading', { level: 1, name: TITLES.en }).waitFor();
    const kept = await everythingKept(page);
    assert.deepEqual(kept.map(({ path }) => path.replace(/^\/static\/[^/]+\//, '')).toSorted(), [
      '/offline/en',
      '/offline/nl',
      '/reader/language',
      'icon.svg',
      'look.css',
      'offline.js',
    ]);
    const personal = new RegExp([REASON, 'Jan(sen)?\\b', 'Linde', '9999\\d{5}', new URL(appointment).pathname].join('|'));
    for (const { path, text } of kept) assert.doesNotMatch(text, personal, path);
    await context.setOffline(false);
    await page.getByRole('heading', { level: 1, name: 'Messages' }).waitFor();
  });

  test('a form is not sent twice by an impatient finger, and a page that takes long is said to be on its way', async () => {
    const page = await set.open();
    await logIn(page, set.demo, 'Fatima el Amrani');
    await page.evaluate(() => {
      // After the page's own listener, and in place of the next page.
      addEventListener('click', (event) => event.preventDefault(), { once: true });
      document.querySelector('main a.button').click();
    });
    await page.locator('body.busy').waitFor();
    assert.deepEqual(await barriers(page), []);
    await page.goto(`${set.demo.platform}/preferences/language`);
    const [stopped, button] = await page.evaluate(() => {
      const prevented = [];
      addEventListener('submit', (event) => prevented.push(event.defaultPrevented));
      const send = document.querySelector('main form button');
      send.click();
      send.click();
      return [prevented, send.getAttribute('aria-disabled')];
    });
    assert.deepEqual([stopped, button], [[false, true], 'true']);
    await page.waitForURL(/\/preferences(\?|$)/);
  });
});

/** Waits until the worker knows the language of the page that it brought. */
function speaks(page, language) {
  return within(KEPT_MS, `the worker knowing ${language}`, async () => {
    const known = await page.evaluate(async () => {
      const reader = await caches.open('reader');
      return (await reader.match('/reader/language'))?.text();
    });
    if (known !== language) await page.reload();
    return known === language;
  });
}

/** Each thing in each cache of the browser, with its text. */
function everythingKept(page) {
  return page.evaluate(async () => {
    const caching = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const all = caching.map(async (cache) =>
      Promise.all(
        (await cache.keys()).map(async (request) => ({
          path: new URL(request.url).pathname,
          text: await (await cache.match(request)).text(),
        })),
      ),
    );
    return (await Promise.all(all)).flat();
  });
}
