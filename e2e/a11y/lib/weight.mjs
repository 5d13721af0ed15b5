// What a page costs somebody who comes for the first time: every byte of every answer, with its headers.

/** The bytes of the page at this address and of all that it loads, and what each part took. */
export async function weigh({ open }, address, options) {
  const page = await open(options);
  const sizes = [];
  page.on('requestfinished', (request) => sizes.push(sizeOf(request)));
  // A page that listens for news is never done with loading.
  await page.route('**/live', (route) => route.abort());
  await page.goto(address, { waitUntil: 'networkidle' });
  const parts = await Promise.all(sizes);
  await page.context().close();
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return { bytes, parts: parts.map((part) => `${part.path} ${part.bytes}`) };
}

async function sizeOf(request) {
  const { responseBodySize, responseHeadersSize } = await request.sizes();
  return { path: new URL(request.url()).pathname, bytes: responseBodySize + responseHeadersSize };
}
