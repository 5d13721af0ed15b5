// A platform with the demo's practices and patients that answers as much as it is asked.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startDemo } from '../lib/balie.mjs';
import { Server } from '../lib/server.mjs';

const LIMITS = ['address', 'login', 'token', 'session', 'mail_code', 'invitation', 'client', 'practice', 'patient'];

/** The platform alone, on the tables that the demo filled, without limits per minute. */
export async function startUnlimited({ folder, database }) {
  const demo = await startDemo({ folder, database });
  await demo.stop();
  const file = join(folder, 'serve-alone.toml');
  const limits = ['[limits]', ...LIMITS.map((name) => `${name} = 0`)].join('\n');
  await writeFile(file, `${await readFile(join(folder, 'platform.toml'), 'utf8')}\n${limits}\n`);
  const log = join(folder, 'serve.log');
  const platform = new Server({ command: 'serve', file, address: demo.platform, ready: '/readyz', log });
  await platform.start();
  return platform;
}
