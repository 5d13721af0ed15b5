// The built program, run as a stranger runs it: `balie demo`, on free ports and with a folder of its own.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ownerOf } from './database.mjs';
import { within } from './within.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Longest wait for the demo to be ready: far above its goal, for a machine with much else to do. */
const READY_MS = 30_000;
const STOPPED_MS = 10_000;
const MAIL_MS = 15_000;

/** Where the demo says that its mails are, once it is ready: its own mailbox, or another's mail server. */
const MAILS = /\nBalie is ready[\s\S]*?\n  Mails +(\S+)/;

/** The program to run: BALIE_BIN, else the last build of the kind that BALIE_BUILD names (debug, release). */
export function program() {
  if (process.env.BALIE_BIN) return process.env.BALIE_BIN;
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };
  const metadata = execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1'], options);
  return join(JSON.parse(metadata).target_directory, process.env.BALIE_BUILD ?? 'debug', 'balie');
}

/**
 * A running demo: the addresses of its two ends, its mailbox, its folder, `readyMs` from the program's start to the
 * first 200 of /readyz, and `stop()`, which gives how many milliseconds a clean stop took. With `separate` the two
 * ends are processes of their own. A folder that is given is left as it is when the demo stops. Mail goes to the
 * server on `mailPort`, where one is given, and otherwise to the demo's own mailbox. `env` is added to its environment.
 */
export async function startDemo({ database, separate = false, folder, mailPort, env } = {}) {
  const directory = folder ?? (await mkdtemp(join(tmpdir(), 'balie-e2e-')));
  const [port, xisPort, smtpPort] = await freePorts(3);
  const options = ['--port', port, '--xis-port', xisPort, '--smtp-port', smtpPort, '--dir', directory].map(String);
  if (database) options.push('--database', database);
  const owner = database && ownerOf(database);
  if (owner) options.push('--database-owner', owner);
  if (separate) options.push('--separate');
  if (mailPort) options.push('--mail-server', String(mailPort));
  const platform = `http://127.0.0.1:${port}`;
  const binary = program();

  const started = performance.now();
  const balie = run(binary, ['demo', ...options], env);
  const stop = async () => {
    const stoppedMs = await end(balie);
    if (!folder) await rm(directory, { recursive: true, force: true });
    return stoppedMs;
  };
  try {
    await within(READY_MS, '/readyz answering 200', () => isReady(balie, platform), 5);
    const readyMs = performance.now() - started;
    const [, mailbox] = await within(READY_MS, 'Balie saying where mails are', () => balie.said.match(MAILS));
    return { platform, xis: `http://127.0.0.1:${xisPort}`, smtpPort, directory, readyMs, stop, ...mailboxAt(mailbox) };
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\nBalie said:${balie.said}`, { cause: error });
  }
}

/** What the demo's mail catcher holds, newest first, and a wait for the mail that fits. */
function mailboxAt(address) {
  const mailbox = async () => (await fetch(`${address}.json`)).json();
  const waitForMail = (fits, timeoutMs = MAIL_MS) =>
    within(timeoutMs, `a mail for which ${fits}`, async () => (await mailbox()).find(fits), 100);
  return { mailbox, waitForMail };
}

/** Starts the program and keeps what it says, a newline before each line. */
function run(binary, commandLine, env) {
  const options = { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } };
  const child = spawn(binary, commandLine, options);
  const balie = { child, said: '\n' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (balie.said += text));
  }
  child.on('error', (error) => (balie.failed = error));
  balie.ended = once(child, 'close').catch(() => {});
  return balie;
}

async function isReady(balie, platform) {
  if (balie.failed) throw balie.failed;
  if (balie.child.exitCode !== null) throw new Error(`Balie ended with ${balie.child.exitCode}`);
  try {
    return (await fetch(`${platform}/readyz`)).ok;
  } catch {
    return false;
  }
}

/** Asks the program to stop, as an operator does, and gives the milliseconds that it took. */
async function end(balie) {
  const asked = performance.now();
  if (balie.failed || balie.child.exitCode !== null) return 0;
  balie.child.kill('SIGTERM');
  const timer = setTimeout(() => balie.child.kill('SIGKILL'), STOPPED_MS);
  await balie.ended;
  clearTimeout(timer);
  if (balie.child.exitCode !== 0) throw new Error(`Balie did not stop cleanly\nBalie said:${balie.said}`);
  return performance.now() - asked;
}

/** Ports that nothing listens on. */
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
