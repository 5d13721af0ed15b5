// A practice system, and an operator, that write texts of strangers wherever they can write.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { program } from '../../lib/balie.mjs';

const run = promisify(execFile);

const BSN = 'http://fhir.nl/fhir/NamingSystem/bsn';
const DAY_MS = 86_400_000;
const PDF = Buffer.from('%PDF-1.7\n%%EOF\n').toString('base64');

/** What an appointment with this text tells its patient. */
export function told(text) {
  return { kind: `${text} soort`, who: `${text} naam`, comment: `${text} bericht` };
}

/** An appointment with this text wherever a practice can write. */
export function appointment(text, place, bsn) {
  const start = Date.now() + (10 + place) * DAY_MS;
  const { kind, who, comment } = told(text);
  const patient = { reference: 'Patient/1', display: text, identifier: { system: BSN, value: bsn } };
  return {
    resourceType: 'Appointment',
    id: `xss-${place}`,
    status: 'booked',
    start: new Date(start).toISOString(),
    end: new Date(start + 600_000).toISOString(),
    comment,
    serviceCategory: [{ coding: [{ system: text, code: `code-${place}`, display: kind }] }],
    participant: [
      { actor: patient, status: 'accepted' },
      { actor: { reference: text, display: who }, status: 'accepted' },
      { actor: { reference: 'Location/1', display: text }, status: 'accepted' },
    ],
  };
}

/** That it is off, with this text. */
export function decline(text, place, bsn) {
  return {
    resourceType: 'AppointmentResponse',
    appointment: { reference: `Appointment/xss-${place}` },
    actor: { reference: 'Patient/1', identifier: { system: BSN, value: bsn } },
    participantStatus: 'declined',
    comment: text,
  };
}

/** A message with a file; the file's name is made safe to give to a file. */
export function message(text, bsn) {
  return {
    resourceType: 'Communication',
    status: 'completed',
    category: [{ coding: [{ system: 'nl.spreekuur.communication-category', code: 'melding' }] }],
    topic: { text },
    contained: [{ resourceType: 'Patient', id: 'p1', identifier: [{ system: BSN, value: bsn }] }],
    recipient: [{ reference: '#p1' }],
    payload: [
      { contentString: `${text} brief` },
      { contentAttachment: { data: PDF, contentType: 'application/pdf', title: `${text.replaceAll('/', '')}.pdf` } },
    ],
  };
}

/** Asks this person to come to the practice. */
export function invitation(bsn, mail) {
  const telecom = [{ system: 'email', value: mail }];
  return { resourceType: 'Patient', id: 'x', identifier: [{ system: BSN, value: bsn }], telecom };
}

/** Sets what patients read of a practice, as an operator does. */
export async function setPractice({ directory }, agb, settings) {
  const pairs = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  await run(program(), ['practice', 'set', '--config', join(directory, 'platform.toml'), agb, ...pairs]);
}

/** A text of SQL. */
export function quoted(text) {
  return `'${text.replaceAll("'", "''")}'`;
}
