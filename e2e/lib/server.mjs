// One of the program's own commands as a process, that is killed and comes back with the same database.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { program } from './balie.mjs';
import { within } from './within.mjs';

const run = promisify(execFile);

const READY_MS = 30_000;

/** `balie COMMAND --config FILE`; it is ready when its address answers with 200 at the path `ready`. */
export class Server {
  constructor({ command, file, address, ready, log, env }) {
    Object.assign(this, { commandLine: [command, '--config', file], file, address, ready, log, env });
  }

  /** Starts it, waits until it answers, and gives the milliseconds until then. */
  async start() {
    const started = performance.now();
    const env = { ...process.env, ...this.env };
    const child = spawn(program(), this.commandLine, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.on('data', (said) => appendFile(this.log, said));
    this.child = child;
    this.ended = once(child, 'close');
    await within(READY_MS, `balie ${this.commandLine[0]} answering`, () => this.isReady(), 5);
    return performance.now() - started;
  }

  /** Ends it without a chance to tidy up. */
  async kill() {
    this.child?.kill('SIGKILL');
    await this.ended;
  }

  /** Ends it as an operator does. */
  async stop() {
    this.child?.kill('SIGTERM');
    await this.ended;
  }

  /** Gives the program a command, beside the process that serves. */
  async command(...words) {
    await run(program(), [...words, '--config', this.file]);
  }

  async isReady() {
    if (this.child.exitCode !== null) throw new Error(`it ended: ${await readFile(this.log, 'utf8')}`);
    try {
      return (await fetch(this.address + this.ready)).ok;
    } catch {
      return false;
    }
  }
}
