// One platform with fifty practices, whose systems are not ours, and patients of all of them who are logged in.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { PLATFORM, write } from '../lib/database.mjs';
import { PATIENTS } from '../lib/people.mjs';
import { startProvider } from '../lib/provider.mjs';
import { twoEnds } from '../lib/two-ends.mjs';
import { logInAs } from '../lib/visitor.mjs';

const COUNT = 50;
const PRACTICES = Array.from({ length: COUNT }, (_, number) => String(20_000_001 + number));

/** The house, with `close()`. Each patient is logged in on several devices. */
export async function openHouse(folder, devices) {
  const [provider, systems] = [await startProvider(PATIENTS), await startSystems()];
  const { platform } = await twoEnds({ folder, provider });
  await platform.start();
  const close = async () => {
    await platform.stop();
    systems.child.kill();
    await provider.close();
  };
  try {
    for (const practice of PRACTICES) await add(platform, practice, systems.origin);
    await write(platform.database, PLATFORM, ['insert into membership (account, practice) select a.id, p.agb from account a, practice p where p.agb like \'2%\'']);
    const visitors = [];
    for (let device = 0; device < devices; device += 1) {
      visitors.push(await logInAs({ platform: platform.address }, device % PATIENTS.length));
    }
    return { platform: platform.address, practices: PRACTICES, systems, visitors, log: platform.log, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function add(platform, practice, origin) {
  const settings = [`xis_base_url=${origin}/${practice}/fhir/r4`, 'phone=030 123 45 67'];
  return platform.command('practice', 'add', practice, '--name', `Praktijk ${practice}`, '--client', 'demo-xis', ...settings);
}

async function startSystems() {
  const child = fork(fileURLToPath(new URL('systems.mjs', import.meta.url)));
  const [{ port }] = await once(child, 'message');
  const ask = async (ask, practice) => {
    child.send({ ask, practice });
    return (await once(child, 'message'))[0];
  };
  return { child, origin: `http://127.0.0.1:${port}`, ask };
}
