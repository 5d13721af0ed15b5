// Who is at work: every patient at every practice of theirs, and every practitioner.
import { PATIENTS, choose } from '../lib/people.mjs';
import { logInAtDesk } from '../lib/practitioner.mjs';
import { logInAs } from '../lib/visitor.mjs';
import { Patient } from './patient.mjs';
import { Practitioner } from './practitioner.mjs';
import { Steadfast } from './steadfast.mjs';

/** The first books at once, the second approves by hand (C3). */
const PRACTICES = ['01000001', '01000002'];
const PATIENTS_OF = { '01000001': PATIENTS, '01000002': PATIENTS.slice(0, 3) };
/** With date and time in a mail it can be seen what was told. */
const LEVEL = '2';

/** The patients, logged in, and the practitioners. */
export async function openPeople({ platform, xis }, { chance, ledger }) {
  const tools = (name) => ({ chance: chance.of(name), ledger });
  const visitors = await Promise.all(PATIENTS.map((_, place) => logIn(platform, place)));
  const patients = PRACTICES.flatMap((practice) =>
    PATIENTS_OF[practice].map(
      ({ name }, place) => new Patient(visitors[place], platform.address, practice, tools(`${name} at ${practice}`)),
    ),
  );
  // They have been here before.
  await Promise.all(patients.map((patient) => patient.agendas()));
  const schedules = await xis.ask(`select practice, id from schedule where practice in ('${PRACTICES.join("', '")}')`);
  const desks = await Promise.all(schedules.map(() => logInAtDesk(new Steadfast(), xis.address)));
  const practitioners = schedules.map(([practice, schedule], place) => {
    const names = PATIENTS_OF[practice].map(({ name }) => name);
    return new Practitioner(desks[place], xis.address, { practice, schedule, patients: names }, tools(schedule));
  });
  return { patients, practitioners, visitors: [...visitors, ...practitioners.map(({ visitor }) => visitor)] };
}

async function logIn(platform, place) {
  const visitor = await logInAs({ platform: platform.address }, place, new Steadfast());
  await choose(visitor, { platform: platform.address }, 'language', 'nl');
  await choose(visitor, { platform: platform.address }, 'appointments', LEVEL);
  return visitor;
}
