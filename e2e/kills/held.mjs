// What each end holds when all is over: its tables, and the patients' pages.

const AT_PLATFORM = `select id, practice, coalesce(xis_id, '-'), state, start_at, end_at, coalesce(replaces, '-')
  from appointment`;
/** The seeded ones of patients without an account have other ids. */
const AT_XIS = `select id, practice, state, starts_at, ends_at, coalesce(identifier_value, '-') from appointment
  where length(id) = 36`;
const PAGES_AT_ONCE = 8;

/** The rows of both ends, and how each appointment of the ledger stands on its patient's page. */
export async function heldBy({ platform, xis }, ledger) {
  const [platformRows, xisRows] = await Promise.all([platform.ask(AT_PLATFORM), xis.ask(AT_XIS)]);
  return {
    platform: platformRows.map(atPlatform),
    xis: xisRows.map(atXis),
    pages: await pagesOf(ledger),
  };
}

function atPlatform([id, practice, xisId, state, start, end, replaces]) {
  return { id, practice, xisId, state, start: ms(start), end: ms(end), replaces };
}

function atXis([id, practice, state, start, end, number]) {
  return { id, practice, state, start: ms(start), end: ms(end), number };
}

async function pagesOf(ledger) {
  const waiting = [...ledger.reads.patient.entries()];
  const pages = new Map();
  const reader = async () => {
    for (let next; (next = waiting.shift()); ) {
      const [id, [{ by }]] = next;
      pages.set(id, await by.look(id));
    }
  };
  await Promise.all(Array.from({ length: PAGES_AT_ONCE }, reader));
  return pages;
}

function ms(microseconds) {
  return Number(microseconds) / 1000;
}
