// A patient behind the portal, in the language of the page that is open.
import { atPractice } from './when.mjs';

export { logIn } from '../../lib/patient.mjs';

/** What a patient reads and presses, in each language. */
const WORDS = {
  nl: {
    book: 'Afspraak maken',
    next: 'Verder',
    free: /\d+ (tijd|tijden) vrij$/,
    send: /^Afspraak (maken|aanvragen)$/,
  },
  en: {
    book: 'Make an appointment',
    next: 'Continue',
    free: /\d+ (time|times) free$/,
    send: /^(Make|Request) the appointment$/,
  },
};

/** The words of the page's own language. */
export async function words(page) {
  return WORDS[await page.locator('html').getAttribute('lang')];
}

/** From the overview to the question what it is about, with the first free time of the first or the last day in sight. */
export async function chooseTime(page, { platform }, { practice, kind = 'Consult', who, soon = true }) {
  await page.goto(platform);
  const said = await words(page);
  const main = page.getByRole('main');
  await main.getByRole('link', { name: said.book }).click();
  if (practice) await main.getByRole('link', { name: practice }).click();
  await main.getByRole('link', { name: kind, exact: true }).click();
  await main.getByRole('link', { name: who }).click();
  const days = main.getByRole('link', { name: said.free });
  await (soon ? days.first() : days.last()).click();
  await chooseFirst(page);
}

/** Takes the first of the times on the page. */
export async function chooseFirst(page) {
  const main = page.getByRole('main');
  await main.locator('label').filter({ has: page.getByRole('radio') }).first().click();
  await main.getByRole('button', { name: (await words(page)).next }).click();
}

/** Answers what it is about, and goes on to the check. */
export async function giveReason(page, reason) {
  await page.getByRole('textbox').fill(reason);
  await page.getByRole('button', { name: (await words(page)).next }).click();
  await page.waitForURL('**/check');
}

/** The day and the time that the check page or the appointment's own page shows. */
export async function chosenTime(page) {
  return atPractice(await page.getByRole('main').locator('dd time').last().getAttribute('datetime'));
}

/** The button that sends the booking. */
export async function sendButton(page) {
  return page.getByRole('main').getByRole('button', { name: (await words(page)).send });
}

/** Books the first free time, and gives when and with whom; the page then shows what became of it. */
export async function book(page, demo, { reason, ...choice }) {
  await chooseTime(page, demo, choice);
  await giveReason(page, reason);
  const time = await chosenTime(page);
  await (await sendButton(page)).click();
  await page.waitForURL('**/appointments/*');
  return { ...time, who: choice.who };
}
