// Someone of a practice, at the pages of the practice system.

/** Works for every practice of the demo. */
const EVERYWHERE = 'Sanne Mulder';

/** Opens a page of the practice system; where its login stands in between, this person logs in first. */
export async function openAt(page, { xis }, path = '', name = EVERYWHERE) {
  await page.goto(`${xis}/${path}`);
  if (new URL(page.url()).origin === xis) return;
  await page.getByRole('button', { name }).click();
  await page.waitForURL((url) => url.origin === xis && !url.pathname.startsWith('/login'));
}

/** Logs a visitor in at the practice system, as the practitioner at this place in the provider's list. */
export async function logInAtDesk(visitor, xis, place = 0) {
  const choice = await visitor.get(`${xis}/login`);
  const home = await visitor.post(choice.address, { person: String(place) });
  if (home.status !== 200 || new URL(home.address).origin !== xis) {
    throw new Error(`not logged in: ${home.status} at ${home.address}`);
  }
  return visitor;
}
