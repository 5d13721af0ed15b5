// What a practice system sends, with a marked number in each call: what is taken, and what must be refused.
import { PATIENTS as PEOPLE } from '../lib/people.mjs';
import { STRANGERS } from './marks.mjs';

const BSN = 'http://fhir.nl/fhir/NamingSystem/bsn';
const AGB = 'http://fhir.nl/fhir/NamingSystem/agb-z';
const ONE = '01000001';
const FHIR = 'application/fhir+json';
const FORM = 'application/x-www-form-urlencoded';
const DAY_MS = 86_400_000;
const AT_ONCE = 8;

/** Makes `count` calls as the demo's practice system; `errors` gets every answer that is one, whole. */
export async function call(platform, { count, chance, errors }) {
  const token = await tokenOf(platform);
  const kinds = Object.values(KINDS);
  let next = 0;
  const caller = async () => {
    for (let nth = next++; nth < count; nth = next++) {
      const number = chance.isOneIn(3) ? chance.pick(PEOPLE).bsn : chance.pick(STRANGERS.numbers);
      const { method = 'POST', path, headers, body } = kinds[nth % kinds.length](number, nth, chance);
      const sent = { authorization: `Bearer ${token}`, 'x-organization-identifier': `${AGB}|${ONE}`, 'content-type': FHIR };
      const answer = await fetch(`${platform}/fhir/r4/${path}`, { method, headers: { ...sent, ...headers }, body });
      const text = await answer.text();
      if (answer.status >= 400) errors.push(`${answer.status} ${JSON.stringify([...answer.headers])} ${text}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, caller));
  return next - AT_ONCE;
}

async function tokenOf(platform) {
  const headers = { authorization: `Basic ${Buffer.from('demo-xis:demo-secret').toString('base64')}` };
  const body = new URLSearchParams({ grant_type: 'client_credentials' });
  const answer = await fetch(`${platform}/oauth2/token`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`no token: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).access_token;
}

const identifier = (number) => [{ system: BSN, value: number }];

function appointment(number, nth, more) {
  const start = Date.now() + (2 + (nth % 300)) * DAY_MS;
  const actor = { reference: 'Patient/1', display: 'Somebody', identifier: identifier(number)[0] };
  const serviceCategory = [{ coding: [{ system: 'urn:canary', code: 'CANARY', display: `Number ${number}` }] }];
  return {
    resourceType: 'Appointment', id: `canary-${nth % 200}`, status: 'booked', comment: `For ${number}`, serviceCategory,
    start: new Date(start).toISOString(), end: new Date(start + 600_000).toISOString(),
    participant: [{ actor, status: 'accepted' }], ...more,
  };
}

function put(number, nth, more) {
  const resource = appointment(number, nth, more);
  return { method: 'PUT', path: `Appointment/canary-${nth % 200}`, body: JSON.stringify(resource) };
}

function message(number, nth, more) {
  const patient = { resourceType: 'Patient', id: 'p', identifier: identifier(number) };
  patient.telecom = [{ system: 'email', value: `canary-${nth}@patient.example` }];
  const file = { data: Buffer.from(`%PDF-1.7\n${number}\n%%EOF\n`).toString('base64'), contentType: 'application/pdf', title: 'a.pdf' };
  const resource = {
    resourceType: 'Communication', status: 'completed', category: [{ coding: [{ code: 'melding' }] }],
    topic: { text: `About ${number}` }, contained: [patient], recipient: [{ reference: '#p' }],
    payload: [{ contentString: `Your number is ${number}, call ${nth}` }, { contentAttachment: file }], ...more,
  };
  return { path: 'Communication', body: JSON.stringify(resource) };
}

function invitation(number, nth, more) {
  const telecom = [{ system: 'email', value: `canary-${nth}@patient.example` }];
  return { path: 'Patient', body: JSON.stringify({ resourceType: 'Patient', id: 'x', identifier: identifier(number), telecom, ...more }) };
}

const search = (number, more) => ({
  path: 'Patient/_search', headers: { 'content-type': FORM }, body: new URLSearchParams({ identifier: `${BSN}|${number}` }).toString(), ...more,
});

/** One call of each kind by its number: the first few are taken, the others refused in as many ways as there are. */
const KINDS = {
  visit: put,
  cancelled: (number, nth) => put(number, nth, { status: 'cancelled' }),
  message,
  invitation,
  found: (number) => search(number),
  response: (number, nth) => ({
    path: 'AppointmentResponse',
    body: JSON.stringify({
      resourceType: 'AppointmentResponse', appointment: { reference: `Appointment/canary-${nth % 200}` },
      actor: { reference: { identifier: identifier(number) } }, participantStatus: 'accepted', comment: `For ${number}`,
    }),
  }),
  inAddress: (number) => ({ method: 'GET', path: `Patient?identifier=${BSN}%7C${number}` }),
  inBothAddresses: (number) => search(number, { path: `Patient/_search?identifier=${BSN}%7C${number}` }),
  otherSystem: (number) => search(number, { body: `identifier=urn:other|${number}` }),
  noForm: (number) => search(number, { headers: { 'content-type': FHIR } }),
  brokenOff: (number, nth) => ({ ...put(number, nth), body: JSON.stringify(appointment(number, nth)).slice(0, -9) }),
  otherId: (number, nth) => put(number, nth, { id: number }),
  status: (number, nth) => put(number, nth, { status: number }),
  start: (number, nth) => put(number, nth, { start: number }),
  type: (number, nth) => put(number, nth, { resourceType: number }),
  participants: (number, nth) => put(number, nth, { participant: number }),
  name: (number, nth) => put(number, nth, { [number]: number, status: [number] }),
  category: (number, nth) => message(number, nth, { category: [{ coding: [{ code: number }] }] }),
  recipient: (number, nth) => message(number, nth, { recipient: [{ reference: `#${number}` }] }),
  file: (number, nth) => message(number, nth, { payload: [{ contentAttachment: { data: number, contentType: number, title: number } }] }),
  mail: (number, nth) => invitation(number, nth, { telecom: [{ system: 'email', value: number }] }),
  chat: (number, nth) => invitation(number, nth, { extension: [{ url: 'http://getstream.io/channelId', valueString: number }] }),
  organization: (number, nth) => ({ ...put(number, nth), headers: { 'x-organization-identifier': number } }),
  token: (number, nth) => ({ ...put(number, nth), headers: { authorization: `Bearer ${number}` } }),
  media: (number, nth) => ({ ...put(number, nth), headers: { 'content-type': number, prefer: number, 'if-match': number } }),
};
