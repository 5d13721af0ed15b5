// Looks into the tables from outside, by the databases' own programs.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const MOST_BYTES = 256 * 1024 * 1024;

const UNDER_WAY = "select owner, lane from outbox where standing = 'waiting' and leased_until is not null";
const BY_STANDING = 'select standing, count(*) from outbox group by standing';
const WHY = "select standing, attempts, problem, count(*) from outbox where standing <> 'done' group by 1, 2, 3";

/** The roles that scripts/with-postgres makes, and who sees every row whosever it is. */
const OWNER = 'balie_owner';
const SERVICE = 'balie_service';
const SUPERUSER = 'balie';

/** The schemas of PostgreSQL in which the demo puts the platform's tables and the practice system's. */
export const PLATFORM = 'balie_platform';
export const XIS = 'balie_xis';

/**
 * Asks the database at this address, `sqlite:PATH` or `postgres://...`: a query gives its rows, each a list of texts.
 * On PostgreSQL the tables are those of this schema.
 */
export function tablesAt(database, schema) {
  if (database.startsWith('sqlite:')) return askSqlite(database.slice('sqlite:'.length));
  return askPostgres(database, schema);
}

/** The queue among these tables. */
export function queueAt(database, schema = PLATFORM) {
  const ask = tablesAt(database, schema);
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

/** Has the database at this address do these statements, all or none. */
export async function write(database, schema, statements) {
  const [program, ...options] = database.startsWith('sqlite:')
    ? ['sqlite3', '-bail', database.slice('sqlite:'.length)]
    : ['psql', seenByAll(database), '--quiet', '--set', 'ON_ERROR_STOP=1'];
  const done = run(program, options, { env: { ...process.env, PGOPTIONS: `-c search_path=${schema}` } });
  done.child.stdin.end(['begin', ...statements, 'commit', ''].join(';\n'));
  await done;
}

/** Copies the database at this address to a file, as its operator does: by the database's own program. */
export async function backUp(database, file) {
  if (database.startsWith('sqlite:')) await run('sqlite3', [database.slice('sqlite:'.length), `.backup '${file}'`]);
  else await run('pg_dump', ['--dbname', seenByAll(database), '--file', file]);
}

/** A database of its own on this server, which the platform works on as a role that owns nothing. */
export async function newDatabase(server, name) {
  await run('psql', [server, '--quiet', '--command', `create database ${name} owner ${OWNER}`]);
  const address = new URL(server);
  address.pathname = `/${name}`;
  return byRole(SERVICE, address.href);
}

/** The same database for the role that owns what is in it, where that is another than the one of this address. */
export function ownerOf(database) {
  const isOwned = !database.startsWith('sqlite:') && new URL(database).username === SERVICE;
  return isOwned ? byRole(OWNER, database) : undefined;
}

function byRole(role, database) {
  const address = new URL(database);
  address.username = role;
  return address.href;
}

/** Nobody's wall stands between a test and what the platform keeps. */
function seenByAll(database) {
  return ownerOf(database) ? byRole(SUPERUSER, database) : database;
}

function askSqlite(path) {
  // Left as a crash leaves it: the platform itself must be able to carry on from there.
  const options = ['-readonly', '-list', '-separator', '\t', '-cmd', '.timeout 5000', path];
  return async (query) => rows((await run('sqlite3', [...options, query], { maxBuffer: MOST_BYTES })).stdout);
}

function askPostgres(address, schema) {
  const env = { ...process.env, PGOPTIONS: `-c search_path=${schema}` };
  const options = [seenByAll(address), '--no-align', '--tuples-only', '--field-separator', '\t', '--command'];
  return async (query) => rows((await run('psql', [...options, query], { env, maxBuffer: MOST_BYTES })).stdout);
}

function rows(text) {
  return text.split('\n').filter(Boolean).map((line) => line.split('\t'));
}
