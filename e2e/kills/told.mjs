// Whether the last mail about each appointment says what is true of it.
import { understand } from '../lib/told.mjs';
import { atPractice } from '../story/lib/when.mjs';

/** The appointments whose patient was not told how they stand. */
export async function untold(sink, { platform }) {
  const mails = (await Promise.all(sink.kept.map(sink.read))).map(understand);
  const last = new Map(mails.map((mail) => [mail.appointment, mail]));
  const isTold = (row) => isSaid(row, last.get(row.id)) || isMoved(row, platform, last);
  return platform.filter((row) => !isTold(row)).map((row) => ({ row, last: last.get(row.id) }));
}

/** Of what waits for the practice, or never came to be, there is nothing to tell. */
function isSaid({ state, start }, mail) {
  const { date, time } = atPractice(start);
  if (state === 'booked') return mail?.isOver === false && mail.when === `${date} ${time}`;
  if (state === 'cancelled' || state === 'declined') return mail?.isOver === true;
  return mail === undefined;
}

/** That one took the place of another is told once, of the new one. */
function isMoved({ id, state }, platform, last) {
  return state === 'cancelled' && platform.some((row) => row.replaces === id && last.has(row.id));
}
