// Pictures of each mail as a phone shows it, light and dark, in the folder that BALIE_PICTURES names; else none.
import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';

import { launch } from '../../lib/browser.mjs';

const PHONE = { width: 390, height: 700 };

/** Keeps what the mail looks like under this name. */
export async function keepPicture(name, { subject, html }) {
  const folder = process.env.BALIE_PICTURES;
  if (!folder || !html) return;
  await mkdir(folder, { recursive: true });
  const browser = await launch();
  try {
    for (const colorScheme of ['light', 'dark']) {
      const page = await browser.newPage({ viewport: PHONE, colorScheme, deviceScaleFactor: 2, javaScriptEnabled: false });
      await page.setContent(html);
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage: true });
    }
  } finally {
    await browser.close();
  }
}
