// The platform and the practice system as processes of their own, each on its own tables, with a provider beside them.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startDemo } from './balie.mjs';
import { PLATFORM, XIS, queueAt, tablesAt } from './database.mjs';
import { Server } from './server.mjs';

/**
 * Both ends, filled by the demo and not started yet; `database` is of PostgreSQL, and without it each has a file in
 * the folder. Mail goes to `mailPort`, `env` is added to the environment of both.
 */
export async function twoEnds({ folder, database, provider, mailPort, env }) {
  const demo = await startDemo({ database, folder });
  await demo.stop();
  const fileOf = (name) => database ?? `sqlite:${join(folder, `${name}.db`)}`;
  const platform = await end(folder, { command: 'serve', address: demo.platform, ready: '/readyz', env }, (written) =>
    written
      .replace(/^issuer = .*$/m, `issuer = "${provider.issuer}"`)
      .replace(/^token_endpoint = .*$/m, `token_endpoint = "${provider.issuer}/token"`)
      .replace(/^port = .*$/m, `port = ${mailPort ?? 1}`),
  );
  const xis = await end(folder, { command: 'xis', address: demo.xis, ready: '/fhir/r4/metadata', env }, (written) =>
    written.replaceAll(/^issuer = .*$/gm, `issuer = "${provider.issuer}"`),
  );
  return {
    platform: Object.assign(platform, seenFromOutside(fileOf('platform'), PLATFORM)),
    xis: Object.assign(xis, seenFromOutside(fileOf('xis'), XIS), { audience: `${demo.xis}/fhir/r4` }),
  };
}

function seenFromOutside(database, schema) {
  return { database, ask: tablesAt(database, schema), queue: queueAt(database, schema) };
}

async function end(folder, { command, ...server }, change) {
  const written = await readFile(join(folder, command === 'serve' ? 'platform.toml' : 'xis.toml'), 'utf8');
  const file = join(folder, `${command}-alone.toml`);
  await writeFile(file, change(written));
  return new Server({ ...server, command, file, log: join(folder, `${command}.log`) });
}
