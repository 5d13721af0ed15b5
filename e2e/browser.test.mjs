// The browser that the other tests look through draws, reads and complains as they rely on.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';

import { barriers } from './lib/accessible.mjs';
import { launch, newPage, screenshot } from './lib/browser.mjs';

const PAGE = `<!doctype html><html lang="nl"><title>Afspraken</title><main><h1>Uw afspraken</h1>
  <p id="by-script">zonder script</p><script src="/script.js"></script></main></html>`;
const FAULTY = '<!doctype html><html><title></title><img src="/picture"><script>document.title = "x"</script></html>';
const ANSWERS = {
  '/': [200, 'text/html', PAGE],
  '/script.js': [200, 'text/javascript', 'document.getElementById("by-script").textContent = "met script"'],
  '/faulty': [200, 'text/html', FAULTY],
  '/picture': [500, 'text/plain', 'no'],
};

describe('the browser', () => {
  let server, browser, site;

  before(async () => {
    server = createServer((request, response) => {
      const [status, type, body] = ANSWERS[request.url] ?? [404, 'text/plain', 'not here'];
      const headers = { 'content-type': type, 'content-security-policy': "default-src 'self'" };
      response.writeHead(status, headers).end(body);
    });
    await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
    site = `http://127.0.0.1:${server.address().port}`;
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    server.close();
  });

  test('draws a page, on a phone too', async () => {
    const page = await newPage(browser, { width: 390 });
    await page.goto(site);
    assert.equal(await page.getByRole('heading').textContent(), 'Uw afspraken');
    assert.equal(await page.locator('#by-script').textContent(), 'met script');
    await screenshot(page, 'harness-phone');
    assert.deepEqual(await barriers(page), []);
    assert.deepEqual(page.complaints, []);
  });

  test('does without JavaScript', async () => {
    const page = await newPage(browser, { javaScript: false });
    await page.goto(site);
    assert.equal(await page.locator('#by-script').textContent(), 'zonder script');
  });

  test('asks in the language it is given', async () => {
    const page = await newPage(browser, { locale: 'en-GB' });
    const request = page.waitForRequest(site + '/');
    await page.goto(site);
    assert.match((await (await request).allHeaders())['accept-language'], /^en-GB/);
  });

  test('complains of what a person would not see', async () => {
    const page = await newPage(browser);
    await page.goto(`${site}/faulty`);
    assert.ok(page.complaints.some((it) => it.startsWith('500: ')), page.complaints.join());
    assert.ok(page.complaints.some((it) => it.includes('Content Security Policy')), page.complaints.join());
    assert.ok((await barriers(page)).some((it) => it.startsWith('image-alt')));
  });
});
