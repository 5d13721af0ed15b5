// The platform as its own process, on a database that was filled by the demo.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startDemo } from '../lib/balie.mjs';
import { Server } from '../lib/server.mjs';

/**
 * `balie serve` on this database, filled as the demo fills it: its practices, its systems and its patients.
 * `config` gets the demo's configuration and gives the one to serve with; `whileDemo` is done before that.
 */
export async function platformOn({ folder, database, config, whileDemo = async () => {} }) {
  const demo = await startDemo({ database, folder });
  try {
    await whileDemo(demo);
  } finally {
    await demo.stop();
  }
  const file = join(demo.directory, 'serve.toml');
  await writeFile(file, config(await readFile(join(demo.directory, 'platform.toml'), 'utf8')));
  const log = join(demo.directory, 'serve.log');
  return new Server({ command: 'serve', file, address: demo.platform, ready: '/readyz', log });
}
