// A screen reader in the page: what it says from the top of a page to its end.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const entry = createRequire(import.meta.url).resolve('@guidepup/virtual-screen-reader');
const source = await readFile(join(dirname(entry), '../esm/index.browser.js'), 'utf8');

/** Where a page finds it: at its own origin, as the policy of the pages asks. */
const PATH = '/screen-reader-of-the-test.js';

/** Lets the pages of this context have it. */
export function bringReader(page) {
  return page.context().route(`**${PATH}`, (route) => route.fulfill({ contentType: 'text/javascript', body: source }));
}

/** Everything it says of the page that is open, a line each. */
export function readPage(page) {
  return page.evaluate(async (path) => {
    const { virtual } = await import(path);
    // What stands there for browsers without scripts is not there for this one.
    document.querySelectorAll('noscript').forEach((one) => one.remove());
    await virtual.start({ container: document.body });
    const end = 'end of document';
    for (let step = 0; step < 500 && (await virtual.lastSpokenPhrase()) !== end; step += 1) await virtual.next();
    const said = await virtual.spokenPhraseLog();
    await virtual.stop();
    return said;
  }, PATH);
}
