// The README's tour does what the README says.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { startDemo } from './lib/balie.mjs';
import { stepsOf, walk } from './lib/tour.mjs';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

test('the tour of the README', async (t) => {
  const demo = await startDemo();
  const folder = await mkdtemp(join(tmpdir(), 'balie-tour-'));
  t.after(async () => {
    await rm(folder, { recursive: true });
    await demo.stop();
  });
  const addresses = { 'http://127.0.0.1:8080': demo.platform, 'http://127.0.0.1:8081': demo.xis };
  const steps = stepsOf(readme, addresses);
  const printed = await walk(steps, folder);
  for (const [index, { commands, expected }] of steps.entries()) {
    await t.test(commands.at(-1), () => assert.equal(printed[index], expected.join('\n')));
  }
});
