// The tour of a document: what stands between <!-- tour --> and <!-- /tour -->, run as a reader would type it.
// A line "# => text" says what the commands above it print.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Longest time a whole tour may take. */
const TOUR_MS = 60_000;
const MARK = '@@ tour @@';

/** The steps of the tour: the commands and what they should print, with the document's addresses replaced. */
export function stepsOf(document, addresses = {}) {
  const tour = document.match(/<!-- tour -->([\s\S]*?)<!-- \/tour -->/)?.[1];
  if (tour === undefined) throw new Error('the document has no tour');
  const here = Object.entries(addresses).reduce((told, [written, real]) => told.replaceAll(written, real), tour);
  const lines = [...here.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block]) => block.trimEnd().split('\n'));
  return lines.reduce(addLine, []);
}

/** Runs all steps in one shell, in the folder, and gives what each of them printed. */
export async function walk(steps, folder) {
  const script = steps.map(({ commands }) => `${commands.join('\n')}\necho '${MARK}'\n`).join('');
  const options = { cwd: folder, timeout: TOUR_MS, stdio: ['ignore', 'pipe', 'pipe'] };
  const shell = spawn('bash', ['-eu', '-o', 'pipefail', '-c', script], options);
  const [said, complaints] = await Promise.all([text(shell.stdout), text(shell.stderr)]);
  const printed = said.split(`${MARK}\n`).map((part) => part.trimEnd());
  const left = printed.pop();
  if (printed.length === steps.length) return printed;
  throw new Error(`the tour stopped at: ${steps[printed.length].commands.join('\n')}\n${left}${complaints}`);
}

function addLine(steps, line) {
  const last = steps.at(-1);
  const expected = line.match(/^# => (.*)$/)?.[1];
  if (expected !== undefined && last) last.expected.push(expected);
  else if (!last || last.expected.length > 0) steps.push({ commands: [line], expected: [] });
  else last.commands.push(line);
  return steps;
}
