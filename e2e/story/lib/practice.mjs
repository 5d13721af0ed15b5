// Someone of the practice behind the pages of the reference XIS, in Dutch.
import { openAt } from '../../lib/practitioner.mjs';

/** The agenda of one practitioner on one day. */
export async function openDay(page, demo, practice, { who, date }) {
  await openAt(page, demo, practice);
  const main = page.getByRole('main');
  await main.getByRole('combobox', { name: 'Agenda van' }).selectOption(who);
  await main.getByLabel('Datum').fill(date);
  await main.getByRole('button', { name: 'Tonen', exact: true }).click();
  await page.waitForURL(`**/${date}`);
}

/** Plans an appointment, at the first free time when none is named, and leaves its page open. */
export async function plan(page, demo, practice, { patient, who, date, time, kind = /^Consult/, message = '' }) {
  await openAt(page, demo, `${practice}/appointments/new`);
  await page.getByLabel('Zoek een patiënt').fill(patient);
  await page.getByRole('button', { name: 'Zoeken' }).click();
  await page.getByRole('radio', { name: patient }).check();
  const kinds = page.getByRole('combobox', { name: 'Soort' });
  await kinds.selectOption(await kinds.locator('option').filter({ hasText: kind }).first().getAttribute('value'));
  await choosePlace(page, { who, date, time });
  await page.getByLabel('Bericht voor de patiënt').fill(message);
  await page.getByRole('button', { name: 'Afspraak maken' }).click();
  await page.getByText('De afspraak is gemaakt.').waitFor();
}

/** Moves the appointment whose page is open. */
export async function move(page, { who, date, time, message = '' }) {
  await page.getByRole('link', { name: 'Verplaatsen' }).click();
  await choosePlace(page, { who, date, time });
  await page.getByLabel('Bericht voor de patiënt').fill(message);
  await page.getByRole('button', { name: 'Afspraak verplaatsen' }).click();
  await page.getByText('De afspraak is verplaatst.').waitFor();
}

/** Cancels the appointment whose page is open. */
export async function cancel(page, because) {
  await page.locator('summary').filter({ hasText: 'Annuleren' }).click();
  await page.getByLabel('Reden van annuleren').fill(because);
  await page.getByRole('button', { name: 'Afspraak annuleren' }).click();
  await page.getByText('De afspraak is geannuleerd.').waitFor();
}

/** What this patient asks for, in the queue of requests that is open. */
export function requestOf(page, patient) {
  return page.getByRole('article').filter({ has: page.getByRole('heading', { name: patient }) });
}

/** Approves the request of this patient from the queue. */
export async function approve(page, demo, practice, patient) {
  await openAt(page, demo, `${practice}/requests`);
  await requestOf(page, patient).getByRole('button', { name: 'Goedkeuren' }).click();
  await page.getByText('De aanvraag is goedgekeurd.').waitFor();
}

/** Declines the request of this patient from the queue, with a message. */
export async function decline(page, demo, practice, patient, message) {
  await openAt(page, demo, `${practice}/requests`);
  const request = requestOf(page, patient);
  await request.locator('summary').click();
  await request.getByLabel('Bericht voor de patiënt').fill(message);
  await request.getByRole('button', { name: 'Aanvraag afwijzen' }).click();
  await page.getByText('De aanvraag is afgewezen.').waitFor();
}

/** The page says that the platform knows, without being loaded again. */
export async function isTold(page) {
  await page.getByText(/^(Verteld aan het platform op|De patiënt wordt geïnformeerd|Patiënt geïnformeerd)/).waitFor();
}

/** The page says that the patient was told by mail, without being loaded again. */
export async function isInformed(page) {
  await page.getByText(/^Patiënt geïnformeerd per mail om \d\d:\d\d\.$/).waitFor();
}

/** A free time is chosen from the list, a time that is named is written in. */
async function choosePlace(page, { who, date, time }) {
  await page.getByRole('combobox', { name: 'Agenda van' }).selectOption(who);
  await page.getByLabel('Datum').fill(date);
  await page.getByRole('button', { name: 'Tijden tonen' }).click();
  await page.waitForLoadState();
  if (!time) return page.getByRole('radio', { name: /^\d\d:\d\d$/ }).first().check();
  await page.getByRole('radio', { name: 'Een andere tijd' }).check();
  await page.getByLabel('Een andere tijd').and(page.locator('[type=time]')).fill(time);
}
