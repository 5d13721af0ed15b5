// Sends every change of every appointment, several at once, each appointment's in order.
import { PATIENTS, PRACTICES } from '../lib/people.mjs';
import { Truth } from './judge.mjs';
import { Life } from './life.mjs';
import { Xis } from './xis.mjs';

const AT_ONCE = 8;
/** How many appointments one worker goes back and forth between, and how many changes each sees. */
const LIVES = 12;
const CHANGES = [1, 14];

/** Makes so many changes true, and gives what is true in the end and how often an answer was lost. */
export async function changeAll({ platform, chance, changes }) {
  const truth = new Truth();
  const xis = new Xis(platform, 'demo-xis', 'demo-secret');
  let left = changes;
  const worker = async (nth) => {
    const own = chance.of(`worker ${nth}`);
    const lives = [];
    for (let born = 0; left > 0; ) {
      left -= 1;
      while (lives.length < LIVES) lives.push(newLife(own, `${nth}-${(born += 1)}`));
      const life = own.pick(lives);
      await carryOut(xis, life, truth);
      life.left -= 1;
      if (life.left === 0) lives.splice(lives.indexOf(life), 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, nth) => worker(nth)));
  return { truth, repeats: xis.repeats };
}

function newLife(chance, id) {
  const life = new Life(chance.of(id), id, chance.pick(PRACTICES), PATIENTS);
  life.left = chance.between(...CHANGES);
  life.known = new Map();
  return life;
}

async function carryOut(xis, life, truth) {
  const change = life.next();
  const sentAt = Date.now();
  const id = await xis.put(change);
  const ackedAt = Date.now();
  if (id) life.known.set(life.patient, id);
  for (const { patient, over, at } of change.states) {
    truth.add(`${patient.mail} ${life.known.get(patient)}`, { over, at, sentAt, ackedAt });
  }
}
