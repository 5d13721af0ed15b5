// The platform as its own process, that is killed and comes back with the same database.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { program, startDemo } from '../lib/balie.mjs';
import { within } from '../lib/within.mjs';

const run = promisify(execFile);

const READY_MS = 30_000;

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
  return new Platform(demo, file);
}

class Platform {
  constructor(demo, file) {
    this.address = demo.platform;
    this.directory = demo.directory;
    this.file = file;
    this.log = join(demo.directory, 'serve.log');
  }

  /** Starts it, and waits until it answers. */
  async start() {
    const child = spawn(program(), ['serve', '--config', this.file], { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.on('data', (said) => appendFile(this.log, said));
    this.child = child;
    this.ended = once(child, 'close');
    await within(READY_MS, 'the platform answering', () => this.isReady(), 20);
  }

  /** Ends it without a chance to tidy up. */
  async kill() {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Ends it as an operator does. */
  async stop() {
    this.child.kill('SIGTERM');
    await this.ended;
  }

  /** Gives it a command, beside the process that serves. */
  async command(...words) {
    await run(program(), [...words, '--config', this.file]);
  }

  async isReady() {
    if (this.child.exitCode !== null) throw new Error(`the platform ended: ${await readFile(this.log, 'utf8')}`);
    try {
      return (await fetch(`${this.address}/readyz`)).ok;
    } catch {
      return false;
    }
  }
}
