// Every page of the portal in every state, one after the other, as a patient comes to them.
import { readFileSync } from 'node:fs';

import { PATIENTS } from '../../lib/people.mjs';
import { Xis } from '../../faults/xis.mjs';
import { message } from '../../security/lib/hostile.mjs';
import { book, chooseFirst, chooseTime, chosenTime, giveReason, logIn, sendButton } from '../../story/lib/patient.mjs';
import { approve, cancel, decline, move, plan } from '../../story/lib/practice.mjs';
import { workingDay } from '../../story/lib/when.mjs';

const LINDE = '01000001';
const VECHT = '01000002';
const WITHOUT_TYPES = '01000003';
/** Where nobody of these belongs yet. */
const ELSEWHERE = '01000005';
const AT_LINDE = { practice: 'Praktijk De Linde', who: 'Dokter Jansen' };
const AT_VECHT = { practice: 'Huisartsen aan de Vecht', who: 'Dokter Van Dijk' };
const PICTURE = readFileSync(new URL('../../../crates/platform/static/icon-192.png', import.meta.url));
const REASON = 'Sinds maandag heb ik hoofdpijn.';
const CHANNEL_QUESTIONS = ['', '/language', '/channels', '/appointments', '/messages', '/reminders'];

/** Goes by all of them with pages that look like this, and calls `see(page, name)` at each. */
export async function visitPortal(set, look, see) {
  const page = await set.open(look);
  const practice = await set.open();
  const visit = { set, page, practice, look, see, at: (path, name) => open(page, set.demo.platform + path, name, see) };
  await beforeLogin(visit);
  await appointments(visit);
  await booking(visit);
  await rescheduling(visit);
  await timeGone(visit);
  await messages(visit);
  await settings(visit);
  await firstLogin(visit);
  await leaving(visit);
}

async function open(page, address, name, see) {
  await page.goto(address);
  await see(page, name);
}

async function beforeLogin({ set, page, at, see }) {
  await at('/', 'welcome');
  await at('/nowhere', 'no-such-page-unknown');
  await page.goto(`${set.demo.platform}/login`);
  await page.getByRole('checkbox', { name: /niet zeker genoeg/ }).check();
  await page.getByRole('button', { name: 'Piet de Vries' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await see(page, 'login-too-weak');
  await logIn(page, set.demo, 'Jan Jansen');
}

/** What becomes of an appointment: the page of each and all in the overview. */
async function appointments({ set, page, practice, at, see }) {
  await at('/', 'overview-empty');
  await book(page, set.demo, { ...AT_VECHT, reason: REASON });
  await see(page, 'appointment-requested');
  const requested = page.url();
  await approve(practice, set.demo, VECHT, 'Jan Jansen');
  await book(page, set.demo, { ...AT_VECHT, reason: REASON });
  const declined = page.url();
  await decline(practice, set.demo, VECHT, 'Jan Jansen', 'Bel ons voor een langere afspraak.');

  const place = { who: 'Dokter Jansen', date: workingDay(7), time: '12:25' };
  await plan(practice, set.demo, LINDE, { ...place, patient: 'Jan Jansen', message: 'Neem uw kniebrace mee.' });
  await move(practice, { ...place, who: 'Dokter De Vries', time: '12:55' });
  await plan(practice, set.demo, LINDE, { ...place, date: workingDay(8), patient: 'Jan Jansen' });
  await cancel(practice, 'De dokter is ziek.');
  await page.goto(`${set.demo.platform}/book`);
  await page.getByRole('navigation').getByRole('img').first().waitFor();
  await see(page, 'choose-practice');
  await at('/', 'overview');
  await open(page, requested, 'appointment-confirmed', see);
  await open(page, `${requested}/cancel`, 'cancel', see);
  await open(page, declined, 'appointment-declined', see);
  for (const [hasText, name] of [['12:55', 'modified'], [/Geannuleerd|Cancelled/, 'cancelled']]) {
    await page.goto(set.demo.platform);
    const card = page.getByRole('article').filter({ hasText });
    await card.first().locator('a[href^="/appointments/"]').first().click();
    await page.waitForURL('**/appointments/*');
    await see(page, `appointment-${name}`);
  }
}

async function booking({ page, at, see }) {
  const main = page.getByRole('main');
  await at(`/book/${WITHOUT_TYPES}`, 'nothing-to-book');
  await at(`/book/${LINDE}`, 'choose-type');
  for (const [next, name] of [[/^(Consult)$/, 'with-whom'], [/^Dokter Jansen/, 'day'], [/(vrij|free)$/, 'time']]) {
    await main.getByRole('link', { name: next }).first().click();
    await page.waitForLoadState();
    await see(page, `choose-${name}`);
  }
  await chooseFirst(page);
  await see(page, 'reason');
}

async function rescheduling({ set, page, see }) {
  await book(page, set.demo, { ...AT_LINDE, soon: false, reason: REASON });
  await see(page, 'booked');
  const main = page.getByRole('main');
  await main.getByRole('link', { name: /^(Afspraak verzetten|Reschedule appointment)$/ }).click();
  await see(page, 'reschedule-day');
  await main.getByRole('link', { name: /(vrij|free)$/ }).first().click();
  await see(page, 'reschedule-time');
  await chooseFirst(page);
  await see(page, 'reschedule-check');
}

async function timeGone({ set, page, practice, see }) {
  await chooseTime(page, set.demo, { ...AT_LINDE, who: 'Dokter De Vries' });
  await giveReason(page, REASON);
  await see(page, 'check');
  const wanted = await chosenTime(page);
  await plan(practice, set.demo, LINDE, { patient: 'Lotte Smit', who: 'Dokter De Vries', ...wanted });
  await (await sendButton(page)).click();
  await page.getByRole('heading', { level: 1, name: /niet meer beschikbaar|no longer available/ }).waitFor();
  await see(page, 'time-gone');
}

async function messages({ set, page, at, see }) {
  await at('/messages', 'messages-none');
  const xis = new Xis(set.demo.platform, 'demo-xis', 'demo-secret');
  const { status, text } = await xis.send('POST', 'Communication', LINDE, message('Uw verwijzing', PATIENTS[0].bsn), {});
  if (status !== 201) throw new Error(`no message: ${status} ${text}`);
  await at('/messages', 'messages');
  await page.getByRole('main').getByRole('link', { name: /Uw verwijzing/ }).click();
  await page.waitForURL('**/messages/*');
  await see(page, 'message');
  const seen = await xis.send('POST', 'Communication', LINDE, withPicture(message('Uw voet', PATIENTS[0].bsn)), {});
  if (seen.status !== 201) throw new Error(`no message with a picture: ${seen.status} ${seen.text}`);
  await page.goto(`${set.demo.platform}/messages`);
  await page.getByRole('main').getByRole('link', { name: /Uw voet/ }).click();
  await page.waitForURL('**/messages/*');
  const picture = page.getByRole('main').getByRole('img');
  await picture.scrollIntoViewIfNeeded();
  await picture.evaluate((image) => image.decode());
  await see(page, 'message-picture');
}

/** With a picture beside the files that it has. */
function withPicture(message) {
  const file = { data: PICTURE.toString('base64'), contentType: 'image/png', title: 'voet.png' };
  return { ...message, payload: [...message.payload, { contentAttachment: file }] };
}

async function settings({ page, at, see }) {
  for (const question of CHANNEL_QUESTIONS) await at(`/preferences${question}`, `preferences${question.replace('/', '-')}`);
  await at('/preferences/calendar', 'calendar');
  await page.getByRole('main').getByRole('button').first().click();
  await page.getByRole('main').getByRole('textbox').waitFor();
  await see(page, 'calendar-made');
  await at('/preferences/calendar', 'calendar-there');
  await at(`/make-appointment/${ELSEWHERE}`, 'link-to-add');
  await at('/make-appointment/09999999', 'link-unknown');
  await at('/offline/nl', 'offline');
  await at('/practices', 'practices');
  await at('/practices/add', 'practice-search');
  await at('/practices/add?name=Linde', 'practice-found');
  await at('/practices/add?name=Nergens', 'practice-not-found');
  await at(`/practices/${LINDE}/remove`, 'practice-remove');
  await at('/my-data', 'my-data');
  await at('/my-data/access', 'my-data-access');
  await at('/my-data/delete', 'my-data-delete');
  await at('/reminders/stop/0', 'reminders-unknown');
  await at('/nowhere', 'no-such-page');
}

/** Who comes for the first time gives a mail address and proves it. */
async function firstLogin({ set, look, see }) {
  const page = await set.open(look);
  await logIn(page, set.demo, 'Noor Hendriks');
  await see(page, 'address');
  await page.getByRole('textbox').fill('noor@patient.example');
  await page.getByRole('main').getByRole('button', { name: /code/ }).first().click();
  await see(page, 'code');
  await page.getByRole('textbox').fill('000000');
  await page.getByRole('main').getByRole('button', { name: /^(Controleer|Check)/ }).click();
  await page.getByRole('alert').waitFor();
  await see(page, 'code-wrong');
  await page.context().close();
}

async function leaving({ set, page, see }) {
  await page.getByRole('button', { name: /^(Uitloggen|Log out)$/ }).first().click();
  await page.getByRole('heading', { level: 1, name: /^(U bent uitgelogd|You are logged out)$/ }).waitFor();
  await see(page, 'logged-out');
  await open(page, `${set.demo.platform}/session/ended`, 'session-ended', see);
}
