// One race on one database: every contest run, and what the practice system's tables hold afterwards.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chanceOf } from '../lib/chance.mjs';
import { XIS, write } from '../lib/database.mjs';
import { held } from '../lib/held.mjs';
import { startProvider } from '../lib/provider.mjs';
import { twoEnds } from '../lib/two-ends.mjs';
import { contests, statements } from './agenda.mjs';
import { figuresOf } from './figures.mjs';
import { RIVALS, RUNNERS, Track } from './rival.mjs';

const AT_ONCE = 12;

/** The figures of one run, `[name, figure, goal]`. */
export async function runOn({ database, seed, slots }) {
  const chance = chanceOf(seed);
  const folder = await mkdtemp(join(tmpdir(), 'balie-race-'));
  const provider = await startProvider([]);
  const { xis } = await twoEnds({ folder, database, provider });
  try {
    const all = contests(slots, chance.of('agenda'));
    await write(xis.database, XIS, statements(all));
    await xis.start();
    const track = new Track(xis, provider);
    const started = performance.now();
    const found = await runAll(all, track, chance);
    const seconds = (performance.now() - started) / 1000;
    return figuresOf(slots, found, { ...(await held(xis)), rate: track.requests / seconds });
  } finally {
    await xis.kill();
    await provider.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function runAll(all, track, chance) {
  const found = [];
  const waiting = [...all.entries()];
  const worker = async () => {
    for (let next; (next = waiting.shift()); ) found.push(await contest(next[1], track, chance.of(`contest ${next[0]}`)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found;
}

/**
 * Every rival is another patient, and one of them taps twice at once. Afterwards the winner sends it again. Gives the
 * answer to each rival, and beside each answer to a winner what its repeat was answered.
 */
async function contest(slots, track, chance) {
  const rivals = chance.shuffled(RUNNERS).slice(0, RIVALS).map((person) => track.rival(person, chance.pick(slots)));
  const twice = chance.upTo(RIVALS);
  const [second, ...answers] = await Promise.all([rivals[twice], ...rivals].map((rival) => rival.run()));
  // Whichever of the two taps came first is the rival's answer.
  const [first, again] = second.status === 201 ? [second, answers[twice]] : [answers[twice], second];
  answers[twice] = first;
  const repeats = first.status === 201 ? [[first, again]] : [];
  const winner = answers.findIndex(({ status }) => status === 201);
  if (winner >= 0) repeats.push([answers[winner], await rivals[winner].run()]);
  return { answers, again, repeats };
}
