// Days and times on the practices' clock.

const OFFERED_TIMES = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Amsterdam',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** The day ("2026-05-12") and the time ("09:10") of an instant in the practice's zone. */
export function atPractice(instant) {
  const [date, time] = OFFERED_TIMES.format(new Date(instant)).split(' ');
  return { date, time };
}

/** The date of the nth working day after today. */
export function workingDay(nth) {
  const day = new Date(`${atPractice(Date.now()).date}T12:00:00Z`);
  for (let left = nth; left > 0; ) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (![0, 6].includes(day.getUTCDay())) left -= 1;
  }
  return day.toISOString().slice(0, 10);
}

/** The date in Dutch words, "dinsdag 12 mei 2026". */
export function inDutch(date) {
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' };
  return new Intl.DateTimeFormat('nl-NL', options).format(new Date(`${date}T12:00:00Z`));
}
