// Where the contract itself leaves FHIR R4, and the two ends follow the contract. This list is the whole of it:
// anything else that either end sends is valid R4, and the tests say so. Each entry names what the contract asks
// and `toR4` writes the same in R4's words, so that the rest of such a resource is still judged.

export const deviations = [
  {
    resourceType: 'AppointmentResponse',
    contract: 'actor.reference is an object with a list of identifiers (B1)',
    r4: 'actor is a Reference: its reference is text, its identifier stands beside it',
    deviates: (response) => typeof response.actor?.reference === 'object',
    toR4: ({ actor, ...response }) => ({ ...response, actor: { identifier: actor.reference.identifier[0] } }),
  },
  {
    resourceType: 'Bundle',
    contract: 'a searchset of Schedules holds each Schedule bare in entry (C11)',
    r4: 'an entry has the resource under resource',
    deviates: (bundle) => Boolean(bundle.entry?.some((entry) => entry.resourceType)),
    toR4: (bundle) => ({
      ...bundle,
      entry: bundle.entry.map((entry) => (entry.resourceType ? { resource: entry } : entry)),
    }),
  },
  {
    resourceType: 'PractitionerRole',
    contract: 'name is the name of the practitioner, speciality one concept (C11)',
    r4: 'a PractitionerRole has no name; specialty is a list of concepts',
    deviates: (role) => 'name' in role || 'speciality' in role,
    toR4: ({ name, speciality, ...role }) => (speciality ? { ...role, specialty: [speciality] } : role),
  },
];

/** The resource with the contract's deviations, its own and those of what it holds, written as R4 writes them. */
export function withoutDeviations(resource) {
  const own = deviations.filter((it) => it.resourceType === resource.resourceType && it.deviates(resource));
  const plain = own.reduce((current, deviation) => deviation.toR4(current), resource);
  if (!plain.entry) return plain;
  return {
    ...plain,
    entry: plain.entry.map((entry) =>
      entry.resource ? { ...entry, resource: withoutDeviations(entry.resource) } : entry,
    ),
  };
}
