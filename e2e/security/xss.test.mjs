// Whatever a practice and its system write, patients read it as it was written: nothing of it runs, and the browser's
// policy (CSP, Trusted Types) has nothing to stop. What is no page of ours, mails, is held to the same.
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';

import { PATIENTS, choose } from '../lib/people.mjs';
import { logInAs } from '../lib/visitor.mjs';
import { within } from '../lib/within.mjs';
import { Xis } from '../faults/xis.mjs';
import { logIn } from '../story/lib/patient.mjs';
import { stage } from '../story/lib/stage.mjs';
import { appointment, decline, invitation, message, setPractice, told } from './lib/hostile.mjs';
import { ALL, PAYLOADS } from './lib/payloads.mjs';
import { plain, shows, trap } from './lib/trap.mjs';

const [LINDE, WITHOUT_TYPES] = ['01000001', '01000003'];
/** What mails name too. */
const NAME = `Linde ${PAYLOADS[7]}`;
const CITY = PAYLOADS[12];
const STREET = PAYLOADS[0];
const PHONE = `030 ${PAYLOADS[9]}`;
const [{ bsn: JAN }] = PATIENTS;
const NEWCOMER = { bsn: '999990056', name: 'Noor Hendriks', mail: 'noor@patient.example' };
const MAILS_MS = 60_000;

describe('what a practice and its system write', () => {
  const set = stage();
  let page, trapped, xis;
  /** The ids that the appointments got here, in the order of the texts. */
  let visits;

  afterEach(() => assert.deepEqual(trapped?.caught ?? [], []));

  const open = (path, ...texts) => trapped.see(set.demo.platform + path, ...texts);

  /** The links of a list that lead to one thing each, with the words of each. */
  async function listed(path, fits) {
    await open(path);
    const links = await page.getByRole('main').locator('a').evaluateAll((all) =>
      all.map((one) => [new URL(one.href).pathname, one.querySelector('b')?.textContent ?? '']),
    );
    return links.filter(([link]) => fits.test(link));
  }

  test('a practice has such a name, address and phone number', async () => {
    await setPractice(set.demo, LINDE, { name: NAME, city: CITY, address: STREET, phone: PHONE });
    await setPractice(set.demo, WITHOUT_TYPES, { name: ALL, city: ALL, address: ALL, phone: ALL });
    page = await set.open();
    trapped = await trap(page);
    await logIn(page, set.demo, PATIENTS[0].name);
    for (const path of ['/book', '/practices']) await open(path, NAME, CITY, STREET, ...PAYLOADS);
    await open('/practices/add?name=Linde', NAME, CITY, STREET);
    for (const path of [`/book/${LINDE}`, `/practices/${LINDE}/remove`]) await open(path, NAME);
    for (const path of [`/book/${WITHOUT_TYPES}`, `/practices/${WITHOUT_TYPES}/remove`]) await open(path, ...PAYLOADS);
    await open(`/book/${LINDE}`, PHONE, CITY);
  });

  test('appointments: every one is listed, and every page of one opened', async () => {
    xis = new Xis(set.demo.platform, 'demo-xis', 'demo-secret');
    const visitor = await logInAs(set.demo, 0);
    for (const question of ['appointments', 'messages']) await choose(visitor, set.demo, question, '3');
    visits = await Promise.all(PAYLOADS.map((text, place) =>
      xis.put({ practice: LINDE, id: `xss-${place}`, body: appointment(text, place, JAN), headers: {}, status: 200 }),
    ));
    const links = await listed('/', /^\/appointments\/[0-9a-f-]{36}$/);
    assert.equal(links.length, PAYLOADS.length);
    await shows(page, ...PAYLOADS.flatMap((text) => Object.values(told(text))));
    for (const [place, text] of PAYLOADS.entries()) {
      await open(`/appointments/${visits[place]}`, ...Object.values(told(text)));
    }
    await open(`/appointments/${visits[0]}/cancel`, NAME);
  });

  test('messages: every one is listed, on as many pages as there are, and opened', async () => {
    for (const text of PAYLOADS) {
      const sent = await xis.send('POST', 'Communication', LINDE, message(text, JAN), {});
      assert.equal(sent.status, 201, `${text}: ${sent.text}`);
    }
    const links = [];
    for (let number = 1; ; number += 1) {
      links.push(...(await listed(`/messages?page=${number}`, /^\/messages\/[0-9a-f-]{36}$/)));
      if ((await page.locator(`a[href="/messages?page=${number + 1}"]`).count()) === 0) break;
    }
    const topics = links.map(([, topic]) => plain(topic));
    assert.deepEqual(topics.toSorted(), PAYLOADS.map(plain).toSorted());
    for (const [link, topic] of links) await open(link, topic, `${topic} brief`, NAME);
    for (const path of ['/', '/preferences', '/my-data']) await open(path);
    for (const path of ['/my-data/access', '/my-data/access?own=1']) await open(path, NAME);
  });

  test('an open page takes over what is new by script, and runs nothing of it', async () => {
    await open('/');
    for (const [place, text] of PAYLOADS.entries()) {
      const body = appointment(`${text} anew`, place, JAN);
      await xis.put({ practice: LINDE, id: `xss-${place}`, body, headers: {}, status: 200 });
    }
    const last = told(`${PAYLOADS.at(-1)} anew`).comment.replaceAll(/\s+/g, ' ');
    await page.getByText(last).first().waitFor();
    await trapped.look();
    await shows(page, ...PAYLOADS.map((text) => told(`${text} anew`).comment));
  });

  test('answers: every one is sent, and read', async () => {
    for (const [place, text] of PAYLOADS.entries()) {
      const sent = await xis.send('POST', 'AppointmentResponse', LINDE, decline(`${text} antwoord`, place, JAN), {});
      assert.equal(sent.status, 201, `${text}: ${sent.text}`);
    }
    await open('/', ...PAYLOADS.map((text) => `${text} antwoord`));
    for (const [place, text] of PAYLOADS.entries()) await open(`/appointments/${visits[place]}`, `${text} antwoord`);
  });

  test('an invitation, before logging in, after it, and when the practice does not know who comes', async () => {
    const sent = await xis.send('POST', 'Patient', LINDE, invitation(NEWCOMER.bsn, NEWCOMER.mail), {});
    assert.equal(sent.status, 201, sent.text);
    const { text } = await set.demo.waitForMail(({ to }) => to === NEWCOMER.mail);
    const [link] = text.match(/\/invitations\/[\w-]+/);
    const guest = await set.open();
    const theirs = await trap(guest);
    await theirs.see(set.demo.platform + link, NAME);
    await logIn(guest, set.demo, NEWCOMER.name);
    await theirs.see(set.demo.platform + link, NAME, NEWCOMER.mail);
    await guest.getByRole('main').locator(`form[action="${link}"]`).getByRole('button').click();
    await guest.getByRole('heading', { level: 1, name: 'kan u niet vinden' }).waitFor();
    await theirs.look();
    await shows(guest, NAME);
    assert.deepEqual(theirs.caught, []);
  });

  test('mails, in a program that has no policy of ours', async () => {
    // Each appointment was told when it came and when it was off, each message once.
    const naming = async () => (await set.demo.mailbox()).filter(({ text }) => text.includes(NAME));
    const all = await within(MAILS_MS, 'the mails', async () => {
      const mails = await naming();
      return mails.length >= 3 * PAYLOADS.length && mails;
    }, 250);
    const reader = await set.browser.newPage();
    const mails = await trap(reader);
    for (const { html } of all) {
      await reader.setContent(html);
      await mails.look();
      await shows(reader, NAME);
    }
    const placed = all.filter(({ text }) => text.includes(CITY) && text.includes(STREET));
    assert.ok(placed.length >= PAYLOADS.length, `${placed.length} mails say where it is`);
    await reader.close();
    assert.deepEqual(mails.caught, []);
  });
});
