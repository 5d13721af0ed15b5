// A picture of every page and state of the portal, on a phone and on a desktop, with a page to look through them.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { visitPortal } from './a11y/lib/portal.mjs';
import { startDemo } from './lib/balie.mjs';
import { launch, newPage } from './lib/browser.mjs';

const FOLDER = fileURLToPath(new URL('../target/gallery/', import.meta.url));
const WIDTHS = [390, 1280];

const names = new Set();
await Promise.all(WIDTHS.map(takePictures));
await writeFile(join(FOLDER, 'index.html'), index([...names]));
console.log(`${names.size} states, ${WIDTHS.length} widths: ${join(FOLDER, 'index.html')}`);

async function takePictures(width) {
  const folder = join(FOLDER, String(width));
  await mkdir(folder, { recursive: true });
  const [demo, browser] = await Promise.all([startDemo(), launch()]);
  try {
    const set = { demo, open: (options) => newPage(browser, options) };
    await visitPortal(set, { width }, async (page, name) => {
      names.add(name);
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    });
  } finally {
    await browser.close();
    await demo.stop();
  }
}

function index(all) {
  const picture = (name, width) => `<a href="${width}/${name}.png"><img src="${width}/${name}.png" alt="${name}, ${width} pixels wide"></a>`;
  const rows = all.map((name) => `<h2 id="${name}">${name}</h2>\n<p>${WIDTHS.map((width) => picture(name, width)).join('\n')}</p>`);
  const style = 'body{font:1rem sans-serif;margin:2rem}p{display:flex;gap:1rem;align-items:start}img{max-height:40rem;border:1px solid #888}';
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>The portal in pictures</title>
<style>${style}</style>
<h1>The portal in pictures</h1>
${rows.join('\n')}
</html>
`;
}
