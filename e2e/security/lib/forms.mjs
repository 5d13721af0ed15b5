// Forms as a stranger fills them in: with any text, whatever the browser would say of it.

/** Puts a text in a field as it is, however long. */
export function put(field, text) {
  return field.evaluate((element, value) => {
    element.form.noValidate = true;
    element.value = value;
  }, text);
}

/** Presses a button and waits for the page that answers its form, whether that is the same one or another. */
export async function send(page, button) {
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

/** From the first question of booking to the last, by the first of every choice; `look` sees each page on the way. */
export async function chooseFirstOfAll(page, { platform }, practice, look) {
  const main = page.getByRole('main');
  const isAgenda = ({ pathname }) => pathname.endsWith('/agenda');
  const isWeek = ({ pathname }) => pathname.endsWith('/time');
  const isDay = ({ searchParams }) => searchParams.has('day');
  await page.goto(`${platform}/book/${practice}`);
  for (const isNext of [isAgenda, isWeek, isDay]) {
    await look();
    await Promise.all([page.waitForURL(isNext), main.locator('.choices a').first().click()]);
  }
  await look();
  await main.locator('label').filter({ has: page.getByRole('radio') }).first().click();
  await Promise.all([page.waitForURL('**/reason'), main.getByRole('button', { name: 'Verder' }).click()]);
  await look();
}
