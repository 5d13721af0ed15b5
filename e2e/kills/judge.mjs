// Sets what was answered beside what both ends hold.
import { atPractice } from '../story/lib/when.mjs';

/** What the same state is called at the practice system; what was over before the platform heard of it leaves a trace. */
const OVER = ['cancelled', 'declined'];
const SAME = { pending: ['requested'], booked: ['booked'], cancelled: OVER, declined: ['declined'], tombstone: OVER };
const ON_PAGE = { pending: 'pending', booked: 'booked', cancelled: 'over', declined: 'over', failed: 'failed' };

/** The appointments that are `lost`, `doubled`, `disagreeing` or `unsettled`, each with why. */
export function judge(ledger, held) {
  const found = { lost: [], doubled: [], disagreeing: [], unsettled: [] };
  const pairs = pair(held, found);
  for (const { platform, xis } of pairs) judgePair(platform, xis, held.pages, found);
  const ofPlatform = new Map(pairs.map((both) => [both.platform?.id, both]));
  const ofXis = new Map(pairs.map((both) => [both.xis?.id, both]));
  for (const [id, reads] of ledger.reads.patient) judgeReads(ledger, reads, ofPlatform.get(id), found);
  for (const [id, reads] of ledger.reads.practice) judgeReads(ledger, reads, ofXis.get(id), found);
  for (const [id, reads] of ledger.reads.practice) judgeTime(reads, ofXis.get(id), found);
  for (const [form, ids] of ledger.forms) if (ids.size > 1) found.doubled.push({ form, ids: [...ids] });
  return found;
}

/** Each appointment as both hold it; where one end has none, that is undefined. */
function pair({ platform, xis }, { doubled }) {
  const byXisId = new Map(xis.map((row) => [`${row.practice} ${row.id}`, row]));
  const byNumber = new Map();
  for (const row of xis) {
    if (row.number === '-') continue;
    if (byNumber.has(row.number)) doubled.push({ why: 'one number twice', row });
    byNumber.set(row.number, row);
  }
  const pairs = platform.map((row) => ({
    platform: row,
    xis: byXisId.get(`${row.practice} ${row.xisId}`) ?? byNumber.get(`urn:uuid:${row.id}`),
  }));
  const known = new Set(pairs.map((both) => both.xis));
  return [...pairs, ...xis.filter((row) => !known.has(row)).map((row) => ({ platform: undefined, xis: row }))];
}

function judgePair(platform, xis, pages, { disagreeing, unsettled }) {
  if (['requested', 'unknown'].includes(platform?.state)) return void unsettled.push({ platform, xis });
  const isNowhere = platform?.state === 'failed' && !xis;
  // What ends keeps the time that its patient knew: a move that was never told is no part of it (A9).
  const isAtSameTime = OVER.includes(xis?.state) || (platform?.start === xis?.start && platform?.end === xis?.end);
  const isSame = SAME[platform?.state]?.includes(xis?.state) && isAtSameTime;
  if (!isNowhere && !isSame) disagreeing.push({ why: 'the tables differ', platform, xis });
  const page = platform && pages.get(platform.id);
  const isOtherTime = page?.start !== undefined && page.start !== platform?.start;
  if (page && (page.standing !== ON_PAGE[platform.state] || isOtherTime)) {
    disagreeing.push({ why: 'the patient reads otherwise', page, platform });
  }
}

/** What somebody read stands still, unless somebody wished otherwise since. */
function judgeReads({ wishes }, reads, both, { lost }) {
  const why = (text) => lost.push({ why: text, reads: reads.map(({ by, ...read }) => read), ...both });
  if (!both) return why('nobody holds it');
  const { platform, xis } = both;
  const has = (...standings) => reads.some(({ standing }) => standings.includes(standing));
  const isOver = !xis || !['requested', 'booked'].includes(xis.state);
  const isWished = wishes.patient.has(platform?.id) || wishes.practice.has(xis?.id);
  if (has('over') && !isOver) why('it was over, and stands');
  if (has('booked', 'pending', 'cancelling') && !xis) why('it stood, and was never there');
  if (has('booked', 'pending', 'cancelling') && isOver && !isWished) why('it stood, and nobody ended it');
  if (has('failed') && platform?.state !== 'failed') why('it had failed, and has not');
  if (reads.at(-1).standing === 'booked' && xis?.state === 'requested') why('it was approved, and is not');
}

/** Only the practitioner moves it, so it is where the practitioner last read that it is. */
function judgeTime(reads, both, { lost }) {
  const { date, time } = both?.xis ? atPractice(both.xis.start) : {};
  if (reads.at(-1).when !== `${date} ${time}`) lost.push({ why: 'it was moved back', last: reads.at(-1), ...both });
}
