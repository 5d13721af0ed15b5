// Every resource that either end sends, taken from the wire, is valid FHIR R4 but for the contract's own
// deviations. The founding story is played, and what it does not call is called.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { deviations, withoutDeviations } from './fhir-deviations.mjs';
import { program } from './lib/balie.mjs';
import { launch } from './lib/browser.mjs';
import { faults } from './lib/fhir.mjs';
import { PATIENTS } from './lib/people.mjs';
import { startWire } from './lib/wire.mjs';
import { callTheRest, playStory } from './story/lib/wire-story.mjs';

/** What each end is known to send. A kind that is missing here was never looked at. */
const KINDS = {
  platform: ['Appointment', 'Bundle of Communication', 'CapabilityStatement', 'OperationDefinition', 'OperationOutcome'],
  xis: [
    'Appointment',
    'AppointmentResponse',
    'Bundle of Appointment',
    'Bundle of Patient',
    'Bundle of PractitionerRole',
    'Bundle of Schedule',
    'Bundle of Slot',
    'Bundle of nothing',
    'CapabilityStatement',
    'OperationOutcome',
    'ValueSet',
  ],
};

describe('every resource on the wire is valid FHIR R4', () => {
  let wire, browser;

  before(async () => {
    wire = await startWire();
    browser = await launch();
    await playStory(wire, browser);
    wire.played = { toXis: [...wire.toXis.records], toPlatform: [...wire.toPlatform.records] };
    await callTheRest(wire);
  });

  after(async () => {
    await browser?.close();
    await wire?.stop();
  });

  for (const end of ['platform', 'xis']) {
    test(`what the ${end} sends is valid`, () => {
      const wrong = sentBy(wire, end).flatMap(({ call, resource }) =>
        faults(withoutDeviations(resource)).map((fault) => `${call}: ${fault}`),
      );
      assert.deepEqual([...new Set(wrong)], []);
    });

    test(`every kind of resource that the ${end} sends was seen`, () => {
      const seen = new Set(sentBy(wire, end).map(({ resource }) => kindOf(resource)));
      assert.deepEqual([...seen].toSorted(), KINDS[end]);
    });
  }

  test('the audit trail of it all is valid too, holds, and names no BSN', () => {
    const balie = (...words) => {
      const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };
      return execFileSync(program(), ['audit', ...words, '--config', join(wire.directory, 'platform.toml')], options);
    };
    const exported = balie('export');
    const events = exported.trim().split('\n').map((line) => JSON.parse(line));
    assert.deepEqual([...new Set(events.flatMap(faults))], []);
    const profiles = events.flatMap(({ meta }) => meta?.profile ?? []).map((profile) => profile.split('.').at(-1));
    assert.deepEqual([...new Set(profiles)].toSorted(), ['PatientCreate', 'PatientRead', 'PatientUpdate']);
    for (const { bsn } of PATIENTS) assert.ok(!exported.includes(bsn));
    assert.match(balie('verify'), /nothing is wrong/);
  });

  test('every deviation that is listed is sent: the list excuses nothing else', () => {
    const resources = ['platform', 'xis'].flatMap((end) => sentBy(wire, end)).map(({ resource }) => resource);
    const sent = deviations.filter((deviation) => resources.some((resource) => holds(resource, deviation)));
    assert.deepEqual(sent, deviations);
  });

  test('an answer to a request is in the contract\'s form of actor (B1)', () => {
    const answers = sentBy(wire, 'xis').filter(({ resource }) => resource.resourceType === 'AppointmentResponse');
    assert.deepEqual(answers.map(({ resource }) => resource.participantStatus).toSorted(), ['accepted', 'declined']);
    for (const { resource } of answers) assert.equal(typeof resource.actor.reference, 'object');
  });
});

/** What this end sent: its own requests to the other, and its answers to whoever called. */
function sentBy({ toXis, toPlatform, played }, end) {
  const isPlatform = end === 'platform';
  const requests = isPlatform ? played.toXis : played.toPlatform;
  const answers = isPlatform ? toPlatform.records : toXis.records;
  return [
    ...requests.map(({ call, sent }) => ({ call, resource: sent })),
    ...answers.map(({ call, answered }) => ({ call: `answer to ${call}`, resource: answered })),
  ].filter(({ resource }) => resource);
}

function kindOf({ resourceType, entry }) {
  if (resourceType !== 'Bundle') return resourceType;
  const [first] = entry ?? [];
  return `Bundle of ${(first?.resource ?? first)?.resourceType ?? 'nothing'}`;
}

function holds(resource, deviation) {
  const all = [resource, ...(resource.entry ?? []).map((entry) => entry.resource).filter(Boolean)];
  return all.some((it) => it.resourceType === deviation.resourceType && deviation.deviates(it));
}
