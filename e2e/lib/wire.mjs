// A demo whose platform talks to a reference XIS of its own process, with a recorder on the wire in each direction.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePorts, program, startDemo } from './balie.mjs';
import { recordBefore } from './recorder.mjs';
import { within } from './within.mjs';

const READY_MS = 30_000;
const PRACTICES = ['01000001', '01000002', '01000003'];

/**
 * The demo, with `xis` the pages of the practice system behind the recorders, and the two recorders: what one end
 * sends to the other are the requests of one and the answers of the other.
 */
export async function startWire() {
  const demo = await startDemo();
  const folder = await mkdtemp(join(tmpdir(), 'balie-wire-'));
  const [port] = await freePorts(1);
  const xis = `http://127.0.0.1:${port}`;
  const [toXis, toPlatform] = await Promise.all([recordBefore(xis), recordBefore(demo.platform)]);
  const config = await writeConfig(demo, folder, { port, toXis, toPlatform });
  const child = spawn(program(), ['xis', '--config', config], { stdio: 'ignore' });
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'close');
    await Promise.all([toXis.close(), toPlatform.close()]);
    await demo.stop();
    await rm(folder, { recursive: true, force: true });
  };
  await within(READY_MS, 'the practice system answering', () => fetch(`${xis}/fhir/r4/metadata`).catch(() => false));
  pointPlatformAt(toXis, demo);
  return { ...demo, ownXis: demo.xis, xis, toXis, toPlatform, stop };
}

/**
 * The demo's own practice system, moved: its agenda as it was filled, and the recorders for neighbours. At its new
 * address the demo's login would not know it, so its pages have none.
 */
async function writeConfig(demo, folder, { port, toXis, toPlatform }) {
  for (const name of ['xis.db', 'xis.db-wal']) {
    await cp(join(demo.directory, name), join(folder, name)).catch((error) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
  const written = await readFile(join(demo.directory, 'xis.toml'), 'utf8');
  const moved = written
    .replace(/^listen = .*$/m, `listen = "127.0.0.1:${port}"`)
    .replace(/^public_url = .*$/m, `public_url = "${toXis.address}"`)
    .replace(/^\[xis\.login\]\n(.+\n)*/m, '')
    .replace(/^audience = .*$/m, '$&\nwithout_login = true')
    .replace(/^database = .*$/m, `database = "sqlite:${join(folder, 'xis.db')}"`)
    .replaceAll(/^fhir_base = .*$/gm, `fhir_base = "${toPlatform.address}/fhir/r4"`);
  await writeFile(join(folder, 'xis.toml'), moved);
  return join(folder, 'xis.toml');
}

function pointPlatformAt(toXis, demo) {
  const config = join(demo.directory, 'platform.toml');
  const settings = [`xis_base_url=${toXis.address}/fhir/r4`, `xis_audience=${demo.xis}/fhir/r4`];
  for (const agb of PRACTICES) {
    execFileSync(program(), ['practice', 'set', '--config', config, agb, ...settings], { stdio: 'pipe' });
  }
}
