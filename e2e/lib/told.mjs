// What a patient learns from a mail or a push: which appointment, whether it is over, and when it is.

const LINK = /\/appointments\/([0-9a-f-]{36})/;
const TIME = /(\d{1,2}) (\p{L}+) (\d{4}) (?:om|at) (\d\d:\d\d)/u;
const OVER = /geannuleerd|afgewezen|cancelled|declined/;
const MONTHS = [
  'januari februari maart april mei juni juli augustus september oktober november december'.split(' '),
  'January February March April May June July August September October November December'.split(' '),
];

/** What was kept by a mail server or a push service, and what it tells. */
export function understand({ leadsTo, headline, words, ...told }) {
  return { ...told, appointment: leadsTo.match(LINK)?.[1], isOver: OVER.test(headline), when: timeIn(words) };
}

/** The first time in these words, as "2026-05-12 09:10". */
function timeIn(words) {
  const [, day, name, year, time] = words.match(TIME) ?? [];
  const month = MONTHS.map((names) => names.indexOf(name) + 1).find((number) => number > 0);
  return month && `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')} ${time}`;
}
