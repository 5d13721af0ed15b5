// Whether the last mail about each appointment says what is true of it.
import { understand } from '../lib/told.mjs';
import { atPractice } from '../story/lib/when.mjs';

const AT_ONCE = 100;

/** The appointments whose patient was not told how they stand. */
export async function untold(sink, { platform }) {
  const last = await lastMails(sink);
  // That one took the place of another is told once, of the new one.
  const moved = new Set(platform.filter(({ id }) => last.has(id)).map(({ replaces }) => replaces));
  const isMoved = ({ id, state }) => state === 'cancelled' && moved.has(id);
  const isTold = (row) => isSaid(row, last.get(row.id)) || isMoved(row);
  return platform.filter((row) => !isTold(row)).map((row) => ({ row, last: last.get(row.id) }));
}

/** The last mail about each appointment, read a few at a time: a long run leaves many. */
async function lastMails({ kept, read }) {
  const last = new Map();
  for (let from = 0; from < kept.length; from += AT_ONCE) {
    const mails = await Promise.all(kept.slice(from, from + AT_ONCE).map(read));
    for (const mail of mails.map(understand)) last.set(mail.appointment, mail);
  }
  return last;
}

/** Of what waits for the practice, or never came to be, there is nothing to tell. */
function isSaid({ state, start }, mail) {
  const { date, time } = atPractice(start);
  if (state === 'booked') return mail?.isOver === false && mail.when === `${date} ${time}`;
  if (state === 'cancelled' || state === 'declined') return mail?.isOver === true;
  return mail === undefined;
}
