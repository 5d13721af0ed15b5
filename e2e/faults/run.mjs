// One run on one database: lives of appointments, kills, faults, and the verdict.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chanceOf } from '../lib/chance.mjs';
import { queueAt } from '../lib/database.mjs';
import { startMailSink } from '../lib/mail-sink.mjs';
import { PATIENTS } from '../lib/people.mjs';
import { understand } from '../lib/told.mjs';
import { within } from '../lib/within.mjs';
import { changeAll } from './changes.mjs';
import { figuresOf } from './figures.mjs';
import { judge } from './judge.mjs';
import { Kills } from './kills.mjs';
import { openPlatform } from './open.mjs';
import { startPushSink } from './push-sink.mjs';

/** A lease runs out after a minute; pauses between attempts have grown by then. */
const DRAINED_MS = 400_000;
/** A long run leaves a long queue: what a slow machine needs for each change. */
const DRAINED_MS_EACH = 100;

/** The figures of one run, `[name, figure, goal]`, and what is behind them. */
export async function runOn({ name, database, seed, changes }) {
  const chance = chanceOf(`${seed}/${name}`);
  const folder = await mkdtemp(join(tmpdir(), 'balie-faults-'));
  const sinks = [await startMailSink(chance.of('mail')), await startPushSink(chance.of('push'), PATIENTS)];
  const address = database ?? `sqlite:${join(folder, 'platform.db')}`;
  const { platform } = await openPlatform(folder, address, sinks);
  try {
    const queue = queueAt(address);
    const kills = new Kills(platform, queue, chance.of('kills'));
    const changing = changeAll({ platform: platform.address, chance, changes });
    await kills.during(changing);
    const { truth, repeats } = await changing;
    for (const sink of sinks) sink.calm();
    const drainedMs = await drain(platform, queue, DRAINED_MS + changes * DRAINED_MS_EACH);
    await platform.stop();
    const told = await Promise.all(sinks.map((sink) => judged(sink, truth, kills)));
    const log = (await readFile(platform.log, 'utf8')).split('\n');
    return figuresOf({ changes, repeats, truth, kills, told, log, left: await queue.left(), drainedMs });
  } finally {
    await platform.kill();
    for (const sink of sinks) await sink.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Until nothing waits; what was given up is tried again by command. Gives the milliseconds. */
async function drain(platform, queue, timeoutMs) {
  const started = Date.now();
  await within(
    timeoutMs,
    'everything told',
    async () => {
      const { waiting, dead } = await queue.left();
      if (waiting === 0 && dead > 0) await platform.command('outbox', 'retry', '--all-dead');
      return waiting + dead === 0;
    },
    500,
  );
  return Date.now() - started;
}

/** What was told along one route, and what is wrong with it. */
async function judged(sink, truth, kills) {
  const told = (await Promise.all(sink.kept.map(sink.read))).map(understand);
  const lostAnswers = told.filter(({ answered }) => !answered).length;
  const isExplained = (first, again) =>
    !first.answered || kills.hadUnderWay(sink.route, first.appointment, first.keptAt, again.keptAt);
  const verdict = judge(truth, told, isExplained);
  const mostRepeats = kills.underWay(sink.route) + lostAnswers;
  return { route: sink.route, told, verdict, mostRepeats, faults: sink.faults, wrong: sink.wrong ?? [] };
}
