// Logging in and out with an OpenID provider that is not ours: npm's oidc-provider, a certified implementation.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { startDemo } from '../lib/balie.mjs';
import { launch, newPage } from '../lib/browser.mjs';
import { LEVELS, startCertifiedProvider } from '../lib/oidc.mjs';
import { Server } from '../lib/server.mjs';

const PEOPLE = [{ sub: 'a-person', bsn: '999990019', name: 'Jan Jansen' }];

describe('with a certified provider', () => {
  let folder, platform, provider, server, browser;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'balie-e2e-login-'));
    const demo = await startDemo({ folder });
    await demo.stop();
    platform = demo.platform;
    provider = await startCertifiedProvider(platform, PEOPLE);
    const file = join(folder, 'serve-alone.toml');
    await writeFile(file, elsewhere(await readFile(join(folder, 'platform.toml'), 'utf8')));
    server = new Server({ command: 'serve', file, address: platform, ready: '/readyz', log: join(folder, 'log') });
    await server.start();
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
    await provider?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The demo's configuration, with patients who log in here. */
  function elsewhere(written) {
    return written
      .replace(/^issuer = .*$/m, `issuer = "${provider.issuer}"`)
      .replace(/^token_endpoint = .*$/m, `token_endpoint = "${provider.issuer}/token"`)
      .replace(/^acr_values = .*$/m, `acr_values = ${JSON.stringify(LEVELS)}`)
      .replace(/^least_acr = .*$/m, 'least_acr = "substantial"');
  }

  async function leave(level) {
    const page = await newPage(browser);
    await page.goto(`${platform}/login`);
    await page.getByRole('button', { name: `Jan Jansen, ${level}` }).click();
    await page.waitForURL(`${platform}/**`);
    return page;
  }

  for (const level of ['substantial', 'high']) {
    test(`a patient of whom it is sure enough (${level}) is logged in, and out at both ends`, async () => {
      const page = await leave(level);
      await page.getByRole('heading', { level: 1, name: 'Uw afspraken' }).waitFor();
      await page.getByRole('button', { name: 'Uitloggen' }).first().click();
      const link = page.getByRole('link', { name: 'Log ook uit bij de inlogdienst' });
      const { searchParams } = new URL(await link.getAttribute('href'));
      assert.deepEqual([...searchParams.keys()], ['client_id', 'post_logout_redirect_uri']);
      await link.click();
      await page.getByRole('button', { name: 'Yes' }).click();
      await page.waitForURL(`${platform}/`);
      await page.getByRole('link', { name: 'Inloggen' }).click();
      // Nobody is logged in there any more either: it asks again.
      await page.getByRole('button', { name: 'Jan Jansen, low' }).waitFor();
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });
  }

  test('a patient of whom it is not sure enough reads what to do', async () => {
    const page = await leave('low');
    await page.getByRole('heading', { level: 1, name: 'U moet veiliger inloggen' }).waitFor();
    await page.goto(`${platform}/preferences`);
    assert.ok(page.url().startsWith(provider.issuer) || page.url().includes('/login'), page.url());
    await page.context().close();
  });
});
