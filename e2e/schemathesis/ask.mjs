// Runs schemathesis and reads what it found.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../target/e2e/schemathesis/bin/schemathesis', import.meta.url));
const CONFIG = fileURLToPath(new URL('schemathesis.toml', import.meta.url));
const HOOKS = fileURLToPath(new URL('hooks.py', import.meta.url));

/** How many cases are made up for each call of the API. */
const EXAMPLES = { short: 10, full: 400 };

/**
 * Asks every call of the document; says on stderr what it found, and gives how many calls and failures there were.
 * Coverage is every value at the edge of what the document allows, one by one, and takes a minute.
 */
export async function askAll({ address, folder, seed, isFull, hasCoverage }) {
  const report = join(folder, 'report.json');
  const phases = ['examples', ...(hasCoverage ? ['coverage'] : []), 'fuzzing', ...(isFull ? ['stateful'] : [])];
  const options = ['--config-file', CONFIG, 'run', `${address}/docs/openapi.json`, '--url', address];
  options.push('--seed', seed, '--phases', phases.join(','));
  options.push('--max-examples', isFull ? EXAMPLES.full : EXAMPLES.short, '--report-json-path', report);
  const env = { ...process.env, BALIE_URL: address, SCHEMATHESIS_HOOKS: HOOKS, PYTHONDONTWRITEBYTECODE: '1' };
  const stdio = ['ignore', process.stderr, process.stderr];
  // What it keeps for itself, it keeps where it runs: nothing of it stays.
  const asking = spawn(PROGRAM, options.map(String), { cwd: folder, env, stdio });
  const [code] = await once(asking, 'close');
  if (code > 1) throw new Error(`schemathesis ended with ${code}`);
  return summed(JSON.parse(await readFile(report, 'utf8')));
}

function summed({ operations, test_cases: cases, errors }) {
  const untested = operations.total - operations.tested;
  return { calls: cases.generated, failures: cases.unique_failures + errors.length + untested };
}
