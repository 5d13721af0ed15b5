// Whatever is written at the desk of a practice, or is the name of somebody or something there, stands on the pages of
// both ends as it was written: nothing of it runs, and the browser's policy has nothing to stop.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';

import { XIS, tablesAt, write } from '../lib/database.mjs';
import { PATIENTS } from '../lib/people.mjs';
import { openAt } from '../lib/practitioner.mjs';
import { book, giveReason, logIn, sendButton } from '../story/lib/patient.mjs';
import { cancel, decline, isTold, move, plan } from '../story/lib/practice.mjs';
import { stage } from '../story/lib/stage.mjs';
import { workingDay } from '../story/lib/when.mjs';
import { chooseFirstOfAll, put, send } from './lib/forms.mjs';
import { quoted } from './lib/hostile.mjs';
import { ALL, PARTS, PAYLOADS } from './lib/payloads.mjs';
import { plain, shows, trap } from './lib/trap.mjs';

const [LINDE, VECHT] = ['01000001', '01000002'];
const AT_VECHT = { practice: 'Huisartsen aan de Vecht', who: 'Dokter Van Dijk' };
const [{ name: NAME }] = PATIENTS;

describe('what stands at the desk of a practice', () => {
  const set = stage();
  let jan, desk, atPortal, atDesk;

  afterEach(() => assert.deepEqual([...(atPortal?.caught ?? []), ...(atDesk?.caught ?? [])], []));

  /** The patient's overview says this. */
  const seenByPatient = (...texts) => atPortal.see(set.demo.platform, ...texts);

  /** So does the page that is open at the desk. */
  async function seenAtDesk(...texts) {
    await atDesk.look();
    await shows(desk, ...texts);
  }

  const database = () => `sqlite:${join(set.demo.directory, 'xis.db')}`;
  const change = (...statements) => write(database(), XIS, statements);

  test('what is looked for, and a message that is not sent yet', async () => {
    [jan, desk] = await Promise.all([set.open(), set.open()]);
    [atPortal, atDesk] = await Promise.all([trap(jan), trap(desk)]);
    await logIn(jan, set.demo, NAME);
    await openAt(desk, set.demo, `${LINDE}/appointments/new`);
    await put(desk.getByLabel('Bericht voor de patiënt'), ALL);
    await put(desk.getByLabel('Zoek een patiënt'), ALL);
    await send(desk, desk.getByRole('button', { name: 'Zoeken' }));
    await seenAtDesk(...PAYLOADS);
    assert.equal(await desk.getByLabel('Zoek een patiënt').inputValue(), ALL);
    await put(desk.getByLabel('Bericht voor de patiënt'), `${ALL} nog niet`);
    await send(desk, desk.getByRole('button', { name: 'Afspraak maken' }));
    await desk.getByRole('alert').waitFor();
    await seenAtDesk(...PAYLOADS, `${PAYLOADS.at(-1)} nog niet`);
  });

  test('the message with a new appointment, with another time, and why it is off', async () => {
    const place = { date: workingDay(12), time: '12:25', who: 'Dokter Jansen' };
    await plan(desk, set.demo, LINDE, { ...place, patient: NAME, message: PARTS[0] });
    await isTold(desk);
    await seenAtDesk(PARTS[0]);
    await seenByPatient(PARTS[0]);
    await move(desk, { ...place, time: '12:55', who: 'Dokter De Vries', message: PARTS[1] });
    await isTold(desk);
    await seenAtDesk(PARTS[1]);
    await seenByPatient(PARTS[1]);
    const { pathname } = new URL(desk.url());
    await openAt(desk, set.demo, `${pathname.slice(1)}/move`);
    await put(desk.getByLabel('Bericht voor de patiënt'), ALL);
    await send(desk, desk.getByRole('button', { name: 'Tijden tonen' }));
    await seenAtDesk(...PAYLOADS);
    await openAt(desk, set.demo, pathname.slice(1));
    await cancel(desk, PARTS[2]);
    await isTold(desk);
    await seenAtDesk(PARTS[2]);
    await seenByPatient(PARTS[2]);
  });

  test('what a patient asks for, and why the practice declines', async () => {
    await book(jan, set.demo, { ...AT_VECHT, reason: PARTS[3] });
    const visit = jan.url();
    await openAt(desk, set.demo, `${VECHT}/requests`);
    await seenAtDesk(PARTS[3]);
    await decline(desk, set.demo, VECHT, NAME, PARTS[4]);
    await isTold(desk);
    await seenAtDesk(PARTS[3], PARTS[4]);
    await seenByPatient(PARTS[4]);
    await atPortal.see(visit, PARTS[3], PARTS[4]);
  });

  test('the names of practitioners and types, in the times that a patient chooses from', async () => {
    const ask = tablesAt(database(), XIS);
    const roles = (await ask('select id from practitioner_role order by id')).map(([id], place) => ({ id, name: `${PAYLOADS[place]} wie` }));
    const rows = await ask('select practice, code from appointment_type order by practice, code');
    const types = rows.map(([practice, code], place) => ({ practice, code, name: `${PAYLOADS.at(-1 - place)} wat` }));
    await change(
      ...roles.map(({ id, name }) => `update practitioner_role set name = ${quoted(name)} where id = '${id}'`),
      ...types.map(({ practice, code, name }) => `update appointment_type set display = ${quoted(name)} where practice = '${practice}' and code = '${code}'`),
      `update patient set name = ${quoted(ALL)}, phone = ${quoted(ALL)}`,
      `update desk_session set name = ${quoted(ALL)}`,
    );
    const [who, what] = [roles.filter(({ id }) => id.startsWith(LINDE)), types.filter(({ practice }) => practice === LINDE)];
    assert.deepEqual([who.length, what.length], [3, 4]);
    // The page of a day is open while the patient books.
    await openAt(desk, set.demo, LINDE);
    await seenAtDesk(...who.map(({ name }) => name), ...PAYLOADS);
    const online = what.filter(({ code }) => code !== 'visite').map(({ name }) => name);
    const expected = [online, who.map(({ name }) => name)];
    await chooseFirstOfAll(jan, set.demo, LINDE, async () => {
      await atPortal.look();
      await shows(jan, ...(expected.shift() ?? []));
    });
    assert.deepEqual(expected, [], 'a page with types, and one with agendas');
    await giveReason(jan, PARTS[0]);
    await atPortal.look();
    await (await sendButton(jan)).click();
    await jan.waitForURL('**/appointments/*');
    await atPortal.look();
    const said = plain(await jan.getByRole('main').textContent());
    assert.ok(who.some(({ name }) => said.includes(plain(name))) && online.some((name) => said.includes(plain(name))), said);
    await desk.locator('#news a').first().waitFor();
    await seenAtDesk(...PAYLOADS);
    await send(desk, desk.locator('#news a').first());
    await seenAtDesk(PARTS[0], ...PAYLOADS);
  });

  test('everything at once, on every page of the desk', async () => {
    const visit = new URL(desk.url()).pathname;
    await chooseFirstOfAll(jan, set.demo, VECHT, atPortal.look);
    await giveReason(jan, PARTS[1]);
    await (await sendButton(jan)).click();
    await jan.waitForURL('**/appointments/*');
    await change(
      `update practitioner_role set name = ${quoted(ALL)}`,
      `update appointment_type set display = ${quoted(ALL)}`,
      `update appointment set reason = ${quoted(ALL)}, message = ${quoted(ALL)}, ended_because = ${quoted(ALL)}`,
    );
    const day = await desk.getByRole('main').getByRole('link').first().getAttribute('href');
    for (const path of [visit, `${visit}/move`, day, `/${LINDE}`, `/${LINDE}/appointments/new`, `/${VECHT}/requests`]) {
      await atDesk.see(set.demo.xis + path, ...PAYLOADS);
    }
    await desk.getByRole('article').getByText(PAYLOADS[0]).first().waitFor();
    await atDesk.see(set.demo.xis);
    for (const path of ['/', new URL(jan.url()).pathname]) await atPortal.see(set.demo.platform + path);
  });
});
