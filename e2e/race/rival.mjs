// A patient who runs for a slot: POST /Appointment as the platform sends it for a patient.
import { randomUUID } from 'node:crypto';

import { PATIENTS } from '../lib/people.mjs';

const BSN = 'http://fhir.nl/fhir/NamingSystem/bsn';
const AGB = 'http://fhir.nl/fhir/NamingSystem/agb-z';
const TYPE = 'urn:balie:xis:service-category';
const PRACTICE = '01000001';
/** The practice's own patients have the first numbers from here on. */
const FIRST_OF_OWN = 999_991_000;
const OWN = 8;
const ANSWER_MS = 30_000;

/** How many run for one slot. */
export const RIVALS = 8;

/** Everybody whom the practice knows. */
export const RUNNERS = [...PATIENTS, ...ownPatients()];

/** Sends bookings to a practice system, each patient with the token of the platform that acts for them. */
export class Track {
  constructor(xis, provider) {
    this.address = `${xis.address}/fhir/r4/Appointment`;
    this.tokens = new Map(RUNNERS.map((person) => [person, provider.token(xis.audience, person)]));
    this.requests = 0;
  }

  /** What this patient sends for this slot: as often as `run` is called the same. */
  rival(person, slot) {
    const identifier = { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${randomUUID()}` };
    const actor = { display: person.name, identifier: { system: BSN, value: person.bsn } };
    const body = JSON.stringify({
      resourceType: 'Appointment',
      identifier: [identifier],
      status: 'proposed',
      serviceCategory: [{ coding: [{ system: TYPE, code: slot.kind }] }],
      start: new Date(slot.start).toISOString(),
      end: new Date(slot.end).toISOString(),
      slot: [{ reference: `Slot/${slot.id}` }],
      comment: 'Wie het eerst komt',
      participant: [{ actor, status: 'accepted' }],
    });
    const headers = {
      authorization: `Bearer ${this.tokens.get(person)}`,
      'content-type': 'application/fhir+json',
      'if-none-exist': new URLSearchParams({ identifier: `${identifier.system}|${identifier.value}` }).toString(),
      'x-organization-identifier': `${AGB}|${PRACTICE}`,
    };
    return { run: () => this.send(body, headers) };
  }

  async send(body, headers) {
    this.requests += 1;
    const signal = AbortSignal.timeout(ANSWER_MS);
    const answer = await fetch(this.address, { method: 'POST', body, headers, signal });
    const resource = await answer.json().catch(() => ({}));
    return { status: answer.status, type: resource.resourceType, id: resource.id };
  }
}

function ownPatients() {
  const found = [];
  for (let number = FIRST_OF_OWN; found.length < OWN; number += 1) {
    if (passesElevenProof(String(number))) found.push({ bsn: String(number), name: `Eigen ${found.length}` });
  }
  return found;
}

function passesElevenProof(number) {
  const sum = [...number].reduce((sum, digit, place) => sum + Number(digit) * (place === 8 ? -1 : 9 - place), 0);
  return sum % 11 === 0;
}
