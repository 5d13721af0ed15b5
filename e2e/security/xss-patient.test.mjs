// Whatever a patient writes, the patient and the practice read it as it was written: nothing of it runs, and the
// browser's policy has nothing to stop.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';

import { launch, newPage } from '../lib/browser.mjs';
import { PATIENTS } from '../lib/people.mjs';
import { startProvider } from '../lib/provider.mjs';
import { twoEnds } from '../lib/two-ends.mjs';
import { logInAs } from '../lib/visitor.mjs';
import { chooseTime, chosenTime, giveReason, logIn, sendButton } from '../story/lib/patient.mjs';
import { openDay } from '../story/lib/practice.mjs';
import { stage } from '../story/lib/stage.mjs';
import { put, send } from './lib/forms.mjs';
import { ALL, PARTS, PAYLOADS } from './lib/payloads.mjs';
import { shows, trap } from './lib/trap.mjs';

const LINDE = '01000001';
const WHO = 'Dokter Jansen';
const [{ name: NAME }] = PATIENTS;
/** An address to which mail could go: the part before the @ may be any text between quotes. */
const ADDRESS = '"<svg/onload=alert(document.domain)//"@patient.example';

describe('what a patient writes', () => {
  const set = stage();
  let page, trapped, visit;

  afterEach(() => assert.deepEqual(trapped?.caught ?? [], []));

  const open = (path, ...texts) => trapped.see(set.demo.platform + path, ...texts);

  test('why an appointment is made, while it is not sent yet', async () => {
    page = await set.open();
    trapped = await trap(page);
    await logIn(page, set.demo, NAME);
    await chooseTime(page, set.demo, { practice: 'Praktijk De Linde', who: WHO, soon: false });
    await open(`/book/${LINDE}/reason`);
    for (const text of PAYLOADS) {
      await giveReason(page, text);
      await trapped.look();
      await shows(page, text);
      await open(`/book/${LINDE}/reason`, text);
    }
    // What is too long comes back whole.
    await put(page.getByRole('textbox'), ALL);
    await send(page, page.getByRole('main').getByRole('button', { name: 'Verder' }));
    await trapped.look();
    await shows(page, ...PAYLOADS);
  });

  test('why it was made, and why it is cancelled, at both ends', async () => {
    await giveReason(page, PARTS[0]);
    visit = { ...(await chosenTime(page)), who: WHO };
    await (await sendButton(page)).click();
    await page.waitForURL('**/appointments/*');
    await trapped.look();
    await shows(page, PARTS[0]);
    const { pathname } = new URL(page.url());
    const words = page.getByRole('main').getByRole('textbox');
    const yes = page.getByRole('main').getByRole('button', { name: 'Ja, annuleer deze afspraak' });
    await open(`${pathname}/cancel`);
    await put(words, ALL);
    await send(page, yes);
    await trapped.look();
    await shows(page, ...PAYLOADS);
    await put(words, PARTS[1]);
    await yes.click();
    await page.getByRole('heading', { level: 1, name: 'Uw afspraak is geannuleerd' }).waitFor();
    await trapped.look();
    await shows(page, PARTS[0]);

    const desk = await set.open();
    const theirs = await trap(desk);
    await openDay(desk, set.demo, LINDE, visit);
    await theirs.look();
    await desk.getByRole('link', { name: new RegExp(`${visit.time} ${NAME}`) }).click();
    await desk.getByRole('heading', { level: 1, name: NAME }).waitFor();
    await theirs.look();
    await shows(desk, PARTS[0], PARTS[1]);
    assert.deepEqual(theirs.caught, []);
  });

  test('a mail address, and the code that was sent to it', async () => {
    const field = page.locator('#address');
    const button = page.locator('form[action="/preferences/address"]').getByRole('button');
    await open('/preferences/address');
    await put(field, ALL);
    await send(page, button);
    await trapped.look();
    await shows(page, ...PAYLOADS);
    await put(field, ADDRESS);
    await Promise.all([page.waitForURL('**/preferences/address/code'), button.click()]);
    await trapped.look();
    await shows(page, ADDRESS);
    for (const code of [ALL, PAYLOADS[7], PAYLOADS[9]]) {
      await put(page.locator('#code'), code);
      await send(page, page.locator('form[action="/preferences/address/code"]').getByRole('button').first());
      await trapped.look();
      await shows(page, ADDRESS);
    }
  });
});

describe('what a login provider says of a patient', () => {
  let folder, provider, ends, browser;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'balie-e2e-name-'));
    provider = await startProvider([{ bsn: '999990056', name: ALL }]);
    ends = await twoEnds({ folder, provider });
    await ends.platform.start();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await ends?.platform.stop();
    await provider?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('the name is shown as it is', async () => {
    const { address } = ends.platform;
    const visitor = await logInAs({ platform: address }, 0);
    const page = await newPage(browser);
    const cookies = [...visitor.cookies.get(address)].map(([name, value]) => ({ name, value, url: address }));
    await page.context().addCookies(cookies);
    const { caught, see } = await trap(page);
    await see(`${address}/my-data`, ...PAYLOADS);
    for (const path of ['/', '/practices', '/preferences', '/my-data/access?own=1']) await see(address + path);
    assert.deepEqual([...caught, ...page.complaints], []);
  });
});
