// What is run for: each contest can have one winner alone, for its slots have a time in common.
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const STEP_MINUTES = 5;
const PRACTICE = '01000001';

/** Nobody runs for less than half an hour of an agenda, and an agenda is filled for two days. */
const CONTEST_MINUTES = 30;
const OF_AN_AGENDA = 96;

/** One slot for all; or a long one and two others that overlap it and each other, none the same as another. */
const SAME = [{ from: 0, until: 10 }];
const OVERLAPPING = [{ from: 0, until: 20 }, { from: 10, until: 20 }, { from: 10, until: 30 }];

/** So many contests, a quarter of them over slots that overlap. */
export function contests(count, chance) {
  const first = Math.ceil(Date.now() / DAY_MS) * DAY_MS + DAY_MS;
  return Array.from({ length: count }, (_, nth) => {
    const agenda = `race-${Math.floor(nth / OF_AN_AGENDA)}`;
    const begin = first + (nth % OF_AN_AGENDA) * CONTEST_MINUTES * MINUTE_MS;
    const times = chance.isOneIn(4) ? OVERLAPPING : SAME;
    return times.map(({ from, until }, place) => ({
      id: `${agenda}-${nth}-${place}`,
      agenda,
      kind: until - from === 10 ? 'consult' : 'dubbel',
      start: begin + from * MINUTE_MS,
      end: begin + until * MINUTE_MS,
    }));
  });
}

/** The statements that put these contests into the practice system's tables, as if somebody had planned the days. */
export function statements(all) {
  const slots = all.flat();
  const agendas = [...new Set(slots.map(({ agenda }) => agenda))];
  const roles = agendas.map((id) => row(`${id}-role`, PRACTICE, 'Dokter Race', '01199999', 'huisarts', 'Huisarts'));
  const schedules = agendas.map((id, place) => row(id, PRACTICE, `${id}-role`, 100 + place));
  return [
    `insert into practitioner_role (id, practice, name, agb, specialty_code, specialty_display) values ${roles}`,
    `insert into schedule (id, practice, role, place) values ${schedules}`,
    `insert into slot (id, practice, schedule, category, day, starts_at, ends_at, first_step, until_step)
     values ${slots.map(slotRow)}`,
  ];
}

function slotRow({ id, agenda, kind, start, end }) {
  const day = new Date(start).toISOString().slice(0, 10);
  const steps = [start, end].map((time) => time / (STEP_MINUTES * MINUTE_MS));
  return row(id, PRACTICE, agenda, kind, day, start * 1000, end * 1000, ...steps);
}

function row(...values) {
  return `(${values.map((value) => (typeof value === 'number' ? value : `'${value}'`)).join(', ')})`;
}
