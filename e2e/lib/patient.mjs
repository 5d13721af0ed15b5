// A patient of the demo behind a browser.

/** Logs in as a person does: the portal sends to the demo's provider, where a test patient is chosen by name. */
export async function logIn(page, { platform }, name) {
  await page.goto(`${platform}/login`);
  await page.getByRole('button', { name }).click();
  await page.waitForURL((url) => url.origin === platform && !url.pathname.startsWith('/login'));
}
