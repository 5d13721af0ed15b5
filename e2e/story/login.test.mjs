// Coming and going in the demo: the first login and its mail address, the notice before the end, and the way out.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { barriers } from '../lib/accessible.mjs';
import { screenshot } from '../lib/browser.mjs';
import { logIn } from './lib/patient.mjs';
import { stage } from './lib/stage.mjs';

const LOOKS = [
  { look: 'phone', options: { width: 390, javaScript: false } },
  { look: 'desktop', options: { width: 1280, colorScheme: 'dark' } },
];

describe('a patient comes and goes', () => {
  const set = stage();

  async function see(page, name) {
    assert.deepEqual(await barriers(page), [], name);
    await screenshot(page, name);
  }

  test('a first login asks for a mail address, and the code in a mail proves it', async () => {
    const page = await set.open({ width: 390, javaScript: false });
    await logIn(page, set.demo, 'Noor Hendriks');
    await screenshot(page, 'login-address-phone');
    const address = page.getByRole('textbox', { name: 'Op welk mailadres wilt u bericht krijgen?' });
    await address.fill('noor@patient.example');
    await page.getByRole('button', { name: 'Stuur de code' }).click();
    await screenshot(page, 'login-code-phone');
    const { text } = await set.demo.waitForMail(({ to }) => String(to).includes('noor@patient.example'));
    const [, code] = text.match(/Uw code: (\d{6})/);
    const typed = page.getByRole('textbox', { name: 'Welke code staat er in de mail?' });
    await typed.fill(code === '000000' ? '111111' : '000000');
    await page.getByRole('button', { name: 'Controleer de code' }).click();
    await page.getByRole('alert').getByText('Deze code klopt niet.').waitFor();
    await screenshot(page, 'login-code-wrong-phone');
    await typed.fill(code);
    await page.getByRole('button', { name: 'Controleer de code' }).click();
    await page.getByRole('heading', { level: 1, name: 'Uw afspraken' }).waitFor();
    assert.equal(await page.getByText('Wij hebben geen mailadres van u.').count(), 0);
  });

  test('a patient can give another address from the preferences', async () => {
    const page = await set.open({ locale: 'en-GB' });
    await logIn(page, set.demo, 'Anna Bakker');
    await page.goto(`${set.demo.platform}/preferences/address`);
    await see(page, 'login-address-desktop');
    await page.getByRole('textbox').fill('anna@elsewhere.example');
    await page.getByRole('button', { name: /code/ }).click();
    await see(page, 'login-code-desktop');
  });

  for (const { look, options } of LOOKS) {
    test(`a login that is not sure enough, and the way out, on a ${look}`, async () => {
      const page = await set.open(options);
      await page.goto(`${set.demo.platform}/login`);
      await page.getByRole('checkbox', { name: /niet zeker genoeg/ }).check();
      await page.getByRole('button', { name: 'Piet de Vries' }).click();
      await page.getByRole('heading', { level: 1, name: 'U moet veiliger inloggen' }).waitFor();
      await screenshot(page, `login-too-weak-${look}`);
      await logIn(page, set.demo, 'Piet de Vries');
      await page.getByRole('button', { name: 'Uitloggen' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'U bent uitgelogd' }).waitFor();
      await screenshot(page, `login-logged-out-${look}`);
      await page.getByRole('link', { name: 'Log ook uit bij de inlogdienst' }).click();
      await page.getByRole('heading', { level: 1, name: 'U bent hier uitgelogd' }).waitFor();
      await page.getByRole('link', { name: /^Terug/ }).click();
      await page.waitForURL(`${set.demo.platform}/`);
    });
  }

  test('before the end the page asks whether somebody is there, and stays where it was', async () => {
    const page = await set.open({ width: 390 });
    await page.clock.install();
    await logIn(page, set.demo, 'Jan Jansen');
    const link = page.getByRole('link', { name: 'Afspraak maken' }).last();
    await link.focus();
    // The script hears that the end is near; what it asks for then goes to the server itself.
    const near = { json: { seconds: 100, at_most_seconds: 9_000 } };
    await page.route('**/session', (route) =>
      route.request().method() === 'GET' ? route.fulfill(near) : route.continue(),
    );
    await page.clock.fastForward('14:00');
    const notice = page.getByRole('dialog', { name: 'Bent u er nog?' });
    await notice.waitFor();
    const stay = notice.getByRole('button', { name: 'Blijf ingelogd' });
    assert.ok(await stay.evaluate((button) => button === document.activeElement), 'the button has the focus');
    await see(page, 'login-notice-phone');
    const extended = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await page.keyboard.press('Enter');
    assert.ok((await (await extended).json()).seconds > 800);
    await notice.waitFor({ state: 'hidden' });
    assert.ok(await link.evaluate((element) => element === document.activeElement), 'the focus is back where it was');
  });

  // ASVS: 14.3.1
  test('after the end nothing of the patient is left on the screen', async () => {
    const page = await set.open({ width: 390 });
    await page.clock.install();
    await logIn(page, set.demo, 'Jan Jansen');
    await page.goto(`${set.demo.platform}/preferences`);
    await page.context().clearCookies();
    await page.clock.fastForward('16:00');
    await page.getByRole('heading', { level: 1, name: 'U bent uitgelogd' }).waitFor();
    await see(page, 'login-ended-phone');
    const again = await page.getByRole('link', { name: 'Log opnieuw in' }).getAttribute('href');
    assert.equal(again, '/login?to=%2Fpreferences');
  });
});
