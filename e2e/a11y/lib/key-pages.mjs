// The five pages that every booking goes by, at their own addresses, for who is logged in.
import { book, chooseFirst, logIn } from '../../story/lib/patient.mjs';

const BOOKED = { practice: 'Huisartsen aan de Vecht', who: 'Dokter Van Dijk', reason: 'Sinds maandag heb ik hoofdpijn.' };

/** Books once and goes half way again: gives the addresses by name, and the login to open them with. */
export async function keyPages({ demo, open }) {
  const page = await open();
  const main = page.getByRole('main');
  await logIn(page, demo, 'Jan Jansen');
  await book(page, demo, BOOKED);
  const addresses = { overview: `${demo.platform}/`, confirmation: page.url() };
  await page.goto(`${demo.platform}/book/01000001`);
  await main.getByRole('link', { name: 'Consult', exact: true }).click();
  await main.getByRole('link', { name: /^Dokter Jansen/ }).click();
  await page.waitForURL(/agenda|time/);
  addresses.day = page.url();
  await main.getByRole('link', { name: /vrij$/ }).first().click();
  await page.getByRole('radio').first().waitFor();
  addresses.time = page.url();
  await chooseFirst(page);
  await page.waitForURL('**/reason*');
  addresses.reason = page.url();
  return { addresses, storageState: await page.context().storageState() };
}
