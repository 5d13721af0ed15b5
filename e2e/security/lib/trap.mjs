// Notices when a page runs a stranger's script, or only would have: a dialog, a blocked script, an address that is one.
import assert from 'node:assert/strict';

/** Every link and form of a page leads to a page, a mail or a phone. */
const PROTOCOLS = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** What went wrong on a page from here on; `look()` adds what stands there now and would, when it is pressed. */
export async function trap(page) {
  const caught = [];
  page.on('dialog', async (dialog) => {
    caught.push(`a dialog at ${page.url()}`);
    await dialog.dismiss();
  });
  await page.exposeFunction('caughtViolation', (said) => caught.push(`the policy was needed at ${said}`));
  await page.addInitScript(() => {
    const tell = ({ violatedDirective, sample }) => globalThis.caughtViolation(`${location.href}: ${violatedDirective} ${sample}`);
    addEventListener('securitypolicyviolation', tell);
  });
  const look = async () => caught.push(...(await strangeAddresses(page)));
  /** Opens a page, looks, and finds these texts on it. */
  const see = async (address, ...texts) => {
    await page.goto(address);
    await look();
    await shows(page, ...texts);
  };
  return { caught, look, see };
}

/** Each of these texts stands on the page as it was written: in its text, its title or one field, and not half in each. */
export async function shows(page, ...texts) {
  const said = await page.evaluate(() => {
    const fields = [...document.querySelectorAll('input, textarea')].map((field) => field.value);
    return [document.title, document.body.textContent, ...fields];
  });
  const pieces = said.map(plain);
  const missing = texts.filter((text) => !pieces.some((piece) => piece.includes(plain(text))));
  assert.deepEqual(missing, [], `not at ${page.url()}`);
}

/** A text without what is between its words: line ends may be written in other ways. */
export function plain(text) {
  return text.replaceAll(/\s+/g, ' ').trim();
}

async function strangeAddresses(page) {
  const found = await page.evaluate(() => {
    const leading = new Set(['href', 'src', 'action', 'formaction', 'data']);
    const all = [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes]);
    return all.filter(({ localName }) => leading.has(localName)).map(({ value }) => new URL(value, document.baseURI).href);
  });
  return found
    .filter((address) => !PROTOCOLS.has(new URL(address).protocol))
    .map((address) => `a strange address at ${page.url()}: ${address}`);
}
