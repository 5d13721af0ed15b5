// What one more patient does in a browser, by its forms and scripts.
import { readFile } from 'node:fs/promises';

import { launch, newPage } from '../lib/browser.mjs';
import { PATIENTS } from '../lib/people.mjs';
import { book } from '../story/lib/patient.mjs';
import { withoutOwn } from './story.mjs';

/** The one of whom nobody else tells. */
const PLACE = 3;
const PAGES = ['/', '/messages', '/preferences', '/practices', '/my-data', '/my-data/access', '/my-data/delete'];

/**
 * Logs in, books, cancels, writes the number where an address belongs, looks at everything and takes it along. Gives
 * what the browser asked for, with what it said of itself, and what it keeps: cookies and what scripts stored.
 */
export async function browse(platform, { downloads }) {
  const { bsn } = PATIENTS[PLACE];
  const browser = await launch();
  try {
    const page = await newPage(browser);
    const asked = [];
    page.on('request', (request) => asked.push(said(request)));
    await logIn(page, platform);
    await book(page, { platform }, { who: 'Dokter De Vries', reason: 'Hoofdpijn', soon: false });
    const main = page.getByRole('main');
    await main.getByRole('link', { name: 'Afspraak annuleren' }).click();
    await main.getByRole('textbox').fill('Het gaat weer');
    await main.getByRole('button', { name: 'Ja, annuleer deze afspraak' }).click();
    await page.getByRole('heading', { level: 1, name: 'Uw afspraak is geannuleerd' }).waitFor();
    await writeNumber(page, platform, bsn);
    for (const path of PAGES) await page.goto(platform + path);
    await page.goto(`${platform}/my-data`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('form[action="/my-data/download"]').getByRole('button').click(),
    ]);
    downloads.push(withoutOwn((await readFile(await download.path())).toString(), bsn));
    const kept = JSON.stringify(await page.context().storageState());
    return [...(await Promise.all(asked)), kept];
  } finally {
    await browser.close();
  }
}

/** The provider's page has no form: whoever is there says who it is. */
async function logIn(page, platform) {
  await page.goto(`${platform}/login`);
  await page.evaluate((place) => {
    const [form, person] = [document.createElement('form'), document.createElement('input')];
    Object.assign(form, { method: 'post', action: location.href });
    Object.assign(person, { name: 'person', value: place });
    form.append(person);
    document.body.append(form);
    form.submit();
  }, String(PLACE));
  await page.waitForURL((url) => url.origin === platform && !url.pathname.startsWith('/login'));
}

/** Where it is refused, and stands in the form again: for this patient, and nowhere else. */
async function writeNumber(page, platform, bsn) {
  await page.goto(`${platform}/preferences/address`);
  const field = page.locator('#address');
  await field.evaluate((element) => (element.form.noValidate = true));
  await field.fill(bsn);
  await page.locator('form[action="/preferences/address"]').getByRole('button').click();
  await page.locator('#address[aria-invalid]').waitFor();
}

/** An address with the headers that went along; some requests are gone before they can be asked. */
async function said(request) {
  const headers = await request.allHeaders().catch(() => request.headers());
  return `${request.method()} ${request.url()} ${JSON.stringify(headers)}`;
}
