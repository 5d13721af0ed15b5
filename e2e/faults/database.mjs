// Looks into the platform's queue from outside, by the databases' own programs.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const UNDER_WAY = "select owner, lane from outbox where standing = 'waiting' and leased_until is not null";
const BY_STANDING = 'select standing, count(*) from outbox group by standing';
const WHY = "select standing, attempts, problem, count(*) from outbox where standing <> 'done' group by 1, 2, 3";

/** Asks the database at this address: `sqlite:PATH`, or `postgres://...`. */
export function queueAt(database) {
  const ask = database.startsWith('sqlite:') ? askSqlite(database.slice('sqlite:'.length)) : askPostgres(database);
  return {
    /** The lanes of which a message is claimed, each with who claimed it. */
    underWay: async () => (await ask(UNDER_WAY)).map(([owner, lane]) => ({ owner, lane })),
    /** How many wait and how many are dead. */
    left: async () => {
      const counts = Object.fromEntries(await ask(BY_STANDING));
      return { waiting: Number(counts.waiting ?? 0), dead: Number(counts.dead ?? 0) };
    },
    /** What is not done, and why, for a person to read. */
    why: async () => (await ask(WHY)).map((row) => row.join(' | ')).join('\n'),
  };
}

/** A database of its own on this server. */
export async function newDatabase(server, name) {
  await run('psql', [server, '--quiet', '--command', `create database ${name}`]);
  const address = new URL(server);
  address.pathname = `/${name}`;
  return address.href;
}

function askSqlite(path) {
  // Left as a crash leaves it: the platform itself must be able to carry on from there.
  const options = ['-readonly', '-list', '-separator', '\t', '-cmd', '.timeout 5000', path];
  return async (query) => rows((await run('sqlite3', [...options, query])).stdout);
}

function askPostgres(address) {
  const env = { ...process.env, PGOPTIONS: '-c search_path=balie_platform' };
  const options = [address, '--no-align', '--tuples-only', '--field-separator', '\t', '--command'];
  return async (query) => rows((await run('psql', [...options, query], { env })).stdout);
}

function rows(text) {
  return text.split('\n').filter(Boolean).map((line) => line.split('\t'));
}
