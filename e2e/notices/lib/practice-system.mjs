// The practice's system: plans, moves and cancels by `PUT /Appointment/{id}`.
import { PATIENTS } from '../../lib/people.mjs';
import { Xis } from '../../faults/xis.mjs';

const BSN = 'http://fhir.nl/fhir/NamingSystem/bsn';
const TEN_MINUTES_MS = 600_000;

/** What must never reach a patient's mailbox, and what only the portal shows. */
export const SECRET = 'POISON';

const LINDE = '01000001';
const MESSAGE = [{ coding: [{ system: 'nl.spreekuur.communication-category', code: 'melding' }] }];

/** Speaks for practice 01000001. */
export class PracticeSystem {
  constructor({ platform }) {
    this.xis = new Xis(platform, 'demo-xis', 'demo-secret');
  }

  /** Plans or moves: appointment `id` of this patient (a place in the demo's list) is at `start` now. */
  book(id, patient, start) {
    return this.put(id, patient, start, 'booked');
  }

  cancel(id, patient, start) {
    return this.put(id, patient, start, 'cancelled');
  }

  put(id, patient, start, status) {
    const { bsn, name } = PATIENTS[patient];
    const actor = { reference: 'Patient/1', display: name, identifier: { system: BSN, value: bsn } };
    const body = {
      resourceType: 'Appointment',
      id,
      status,
      start,
      end: endOf(start),
      comment: `${SECRET} comment`,
      serviceCategory: [{ coding: [{ system: 'urn:secret', code: SECRET, display: `${SECRET} type` }] }],
      participant: [
        { actor, status: 'accepted' },
        { actor: { reference: 'PractitionerRole/7', display: `${SECRET} doctor` }, status: 'accepted' },
      ],
    };
    return this.xis.put({ practice: LINDE, id, body, headers: {}, status: 200 });
  }

  /** Sends a message to the patient with this BSN. */
  write(bsn, text) {
    const patient = { resourceType: 'Patient', id: 'p1', identifier: [{ system: BSN, value: bsn }] };
    return this.post('Communication', {
      resourceType: 'Communication',
      status: 'completed',
      category: MESSAGE,
      topic: { text: `${SECRET} topic` },
      contained: [patient],
      recipient: [{ reference: '#p1' }],
      payload: [{ contentString: text }],
    });
  }

  /** Invites somebody who has no account. */
  invite({ bsn, mail }) {
    const telecom = [{ system: 'email', value: mail }];
    return this.post('Patient', { resourceType: 'Patient', id: 'p1', identifier: [{ system: BSN, value: bsn }], telecom });
  }

  async post(type, body) {
    const { status, text } = await this.xis.send('POST', type, LINDE, body, {});
    if (status !== 201) throw new Error(`POST of a ${type}: ${status}: ${text}`);
  }
}

/** When a visit that starts then ends. */
export function endOf(start) {
  return new Date(Date.parse(start) + TEN_MINUTES_MS).toISOString();
}
