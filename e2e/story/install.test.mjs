// On the home screen of a phone: the browser's own question, asked when the patient wants it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { barriers } from '../lib/accessible.mjs';
import { startDemo } from '../lib/balie.mjs';
import { pageOfRegular, screenshot } from '../lib/browser.mjs';
import { logIn } from './lib/patient.mjs';

/** Notes that the browser would ask, and that it is asked to: what comes then is for people, and here is nobody. */
function note() {
  addEventListener('beforeinstallprompt', () => (globalThis.isOffered = true));
  const { prototype } = BeforeInstallPromptEvent;
  const { prompt } = prototype;
  prototype.prompt = function noted() {
    globalThis.isAsked = true;
    return prompt.call(this);
  };
}

describe('the portal on the home screen', () => {
  let demo;
  before(async () => (demo = await startDemo()));
  after(() => demo?.stop());

  async function open(options, who) {
    const page = await pageOfRegular(options);
    await page.addInitScript(note);
    await logIn(page, demo, who);
    return { page, offer: page.getByRole('complementary', { name: 'Balie op uw beginscherm' }) };
  }

  test('Chromium takes it for one that can be installed, and a phone is offered it', async () => {
    const { page, offer } = await open({ width: 390 }, 'Jan Jansen');
    const devTools = await page.context().newCDPSession(page);
    const { installabilityErrors } = await devTools.send('Page.getInstallabilityErrors');
    assert.deepEqual(installabilityErrors, []);
    await offer.getByRole('button', { name: 'Zet op beginscherm' }).waitFor();
    assert.equal(await offer.getByText('Tik onderaan op Deel').isVisible(), false, 'these are words for another phone');
    assert.deepEqual(await barriers(page), []);
    await screenshot(page, 'install-phone');
    assert.equal(await page.evaluate(() => globalThis.isAsked), undefined, 'nothing is asked that nobody wants');
    await offer.getByRole('button', { name: 'Zet op beginscherm' }).click();
    await page.waitForFunction(() => globalThis.isAsked);
    await offer.waitFor({ state: 'hidden' });
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  test('who says no is not asked again', async () => {
    const { page, offer } = await open({ width: 390 }, 'Jan Jansen');
    await offer.getByRole('button', { name: 'Nee, bedankt' }).click();
    await offer.waitFor({ state: 'hidden' });
    await page.reload();
    await page.waitForFunction(() => globalThis.isOffered);
    assert.equal(await offer.isVisible(), false);
    await page.context().close();
  });

  test('a desktop is left alone', async () => {
    const { page, offer } = await open({ width: 1280 }, 'Jan Jansen');
    await page.waitForFunction(() => globalThis.isOffered);
    assert.equal(await offer.isVisible(), false);
    await page.context().close();
  });
});
