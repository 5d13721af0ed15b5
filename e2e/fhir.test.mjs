// The validator that judges what both ends send is itself right about what is valid and what is not.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { deviations, withoutDeviations } from './fhir-deviations.mjs';
import { faults } from './lib/fhir.mjs';

const category = [{ coding: [{ system: 'https://xis.example/types', code: 'CONSULT', display: 'Consult' }] }];

const appointment = {
  resourceType: 'Appointment',
  id: '12345',
  status: 'booked',
  start: '2026-04-10T09:00:00Z',
  end: '2026-04-10T09:30:00Z',
  comment: 'Neem uw medicijnen mee.',
  serviceCategory: category,
  participant: [
    {
      actor: {
        reference: 'Patient/456',
        display: 'Jan Jansen',
        identifier: { system: 'http://fhir.nl/fhir/NamingSystem/bsn', value: '999990019' },
      },
      status: 'accepted',
    },
  ],
};

const slot = {
  resourceType: 'Slot',
  id: '1',
  status: 'free',
  start: '2026-04-10T09:00:00Z',
  end: '2026-04-10T09:30:00Z',
  serviceCategory: category,
  schedule: { reference: 'Schedule/1' },
  extension: [
    { url: 'urn:extension:actor', valueReference: { reference: 'PractitionerRole/1', display: 'Dokter Jansen' } },
  ],
};

const searchset = (...resources) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ fullUrl: `https://xis.example/${resource.id}`, resource })),
});

const outcome = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'conflict', details: { text: 'Deze tijd is bezet.' }, expression: ['Appointment.slot'] }],
};

const types = {
  resourceType: 'ValueSet',
  status: 'active',
  compose: { include: [{ system: 'https://xis.example/types', concept: [{ code: 'CONSULT', display: 'Consult' }] }] },
};

const response = {
  resourceType: 'AppointmentResponse',
  appointment: { reference: 'Appointment/12345' },
  actor: { identifier: { system: 'http://fhir.nl/fhir/NamingSystem/agb-z', value: '01000001' } },
  participantStatus: 'accepted',
  comment: 'Tot dan.',
};

const capabilities = {
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2026-04-10',
  kind: 'instance',
  implementation: { description: 'Balie' },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json'],
  rest: [{ mode: 'server', resource: [{ type: 'Appointment', interaction: [{ code: 'update' }] }] }],
};

describe('what R4 allows has no faults', () => {
  for (const resource of [appointment, searchset(slot), outcome, types, response, capabilities]) {
    test(resource.resourceType, () => assert.deepEqual(faults(resource), []));
  }
});

describe('what R4 forbids is named by its path', () => {
  const cases = [
    ['a missing element', { ...slot, schedule: undefined }, 'Slot.schedule'],
    ['an element R4 does not have', { ...appointment, reason: 'hoest' }, 'Appointment.reason'],
    ['a code outside its required set', { ...appointment, status: 'planned' }, 'Appointment.status'],
    ['a code R4 knows for another element', { ...response, participantStatus: 'booked' }, 'participantStatus'],
    ['a time without an offset', { ...appointment, start: '2026-04-10T09:00:00' }, 'Appointment.start'],
    ['an id with a space', { ...appointment, id: '1 2' }, 'Appointment.id'],
    ['a number where text belongs', { ...appointment, id: 12 }, 'Appointment.id'],
    ['empty text', { ...appointment, comment: '' }, 'Appointment.comment'],
    ['an empty list', { ...appointment, participant: [] }, 'Appointment.participant'],
    ['null', { ...appointment, comment: null }, 'Appointment.comment'],
    ['a broken invariant', { ...response, actor: undefined }, 'AppointmentResponse'],
    ['a fault inside a bundle', searchset(slot, { ...slot, status: 'open' }), 'Bundle.entry[1].resource.status'],
    ['a resource R4 does not know', { resourceType: 'Balie' }, 'Balie'],
  ];
  for (const [name, resource, path] of cases) {
    test(name, () => {
      const found = faults(JSON.parse(JSON.stringify(resource)));
      assert.ok(found.some((fault) => fault.includes(path)), `no fault at ${path} in ${JSON.stringify(found)}`);
    });
  }
});

describe('each deviation of the contract is a fault in R4, and none once written as R4 writes it', () => {
  const inContractForm = {
    AppointmentResponse: { ...response, actor: { reference: { identifier: [response.actor.identifier] } } },
    Bundle: {
      resourceType: 'Bundle',
      type: 'searchset',
      entry: [{ resourceType: 'Schedule', id: '1', serviceCategory: category, actor: [{ reference: 'PractitionerRole/1' }] }],
    },
    PractitionerRole: { resourceType: 'PractitionerRole', id: '1', name: 'Dokter Jansen', speciality: category[0] },
  };
  for (const { resourceType, contract } of deviations) {
    test(`${resourceType}: ${contract}`, () => {
      assert.notDeepEqual(faults(inContractForm[resourceType]), []);
      assert.deepEqual(faults(withoutDeviations(inContractForm[resourceType])), []);
    });
  }

  test('what is inside a deviating resource is still judged', () => {
    const entry = [{ ...inContractForm.Bundle.entry[0], active: 'yes' }];
    assert.notDeepEqual(faults(withoutDeviations({ ...inContractForm.Bundle, entry })), []);
  });
});
