// Fifty practice systems in a process of their own, each below a path of its own: they answer at once, but for the one that
// is told to hang. How many calls each has under way is counted here, at the other end.
import { once } from 'node:events';
import { createServer } from 'node:http';

const SLOTS_A_DAY = 12;
const SLOT_MS = 10 * 60_000;
const DAY_MS = 24 * 3600_000;
/** A call that was given up and the one that took its place cross on their way here: so long they may both be counted. */
const CROSSING_MS = 20;
const CONSULT = { system: 'urn:xis:types', code: 'consult', display: 'Consult' };

const underWay = new Map();
const most = new Map();
let hung;
let waiting = [];

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const [, practice, , , resource] = url.pathname.split('/');
  begin(practice);
  response.on('close', () => underWay.set(practice, underWay.get(practice) - 1));
  const send = () => {
    response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(answerTo(resource, url.searchParams)));
  };
  if (practice === hung) waiting.push(send);
  else send();
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');

process.on('message', ({ ask, practice }) => {
  if (ask === 'hang') hung = practice;
  if (ask === 'recover') {
    hung = undefined;
    // What was asked before is answered late, and nobody waits for it any more.
    for (const send of waiting.splice(0)) send();
  }
  process.send({ most: most.get(practice) ?? 0, underWay: underWay.get(practice) ?? 0 });
});
process.send({ port: server.address().port });

function begin(practice) {
  underWay.set(practice, (underWay.get(practice) ?? 0) + 1);
  setTimeout(() => most.set(practice, Math.max(underWay.get(practice), most.get(practice) ?? 0)), CROSSING_MS);
}

function answerTo(resource, asked) {
  if (resource === 'Slot') return bundle(slots(asked.getAll('schedule.date')));
  const { system, code, display } = CONSULT;
  return { resourceType: 'ValueSet', status: 'active', compose: { include: [{ system, concept: [{ code, display }] }] } };
}

function bundle(resources) {
  return { resourceType: 'Bundle', type: 'searchset', entry: resources.map((resource) => ({ resource })) };
}

/** Two agendas with two hours of free slots on each day that was asked for. */
function slots(dates) {
  const [first, last] = ['ge', 'le'].map((bound) => Date.parse(dates.find((date) => date.startsWith(bound)).slice(2)));
  const found = [];
  for (let day = first; day <= last; day += DAY_MS) {
    for (let number = 0; number < SLOTS_A_DAY; number += 1) {
      for (const schedule of ['7', '8']) found.push(slot(schedule, day + 8 * 3600_000 + number * SLOT_MS));
    }
  }
  return found;
}

function slot(schedule, start) {
  return {
    resourceType: 'Slot',
    id: `${schedule}-${start}`,
    status: 'free',
    start: new Date(start).toISOString(),
    end: new Date(start + SLOT_MS).toISOString(),
    serviceCategory: [{ coding: [CONSULT] }],
    schedule: { reference: `Schedule/${schedule}` },
    extension: [{ url: 'urn:extension:actor', valueReference: { reference: `PractitionerRole/${schedule}`, display: `dokter ${schedule}` } }],
  };
}
