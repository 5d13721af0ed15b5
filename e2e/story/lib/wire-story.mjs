// Makes both ends send everything that they can send.
import assert from 'node:assert/strict';

import { newPage } from '../../lib/browser.mjs';
import { book, chooseTime, chosenTime, giveReason, logIn, sendButton } from './patient.mjs';
import { approve, cancel, decline, isTold, move, plan } from './practice.mjs';
import { workingDay } from './when.mjs';

const LINDE = '01000001';
const VECHT = '01000002';
const FHIR = 'application/fhir+json';

/** Books, approves, declines, plans, moves and cancels; with a time that is gone and a patient without an account. */
export async function playStory(wire, browser) {
  const [patient, practice] = await Promise.all([newPage(browser), newPage(browser)]);
  await logIn(patient, wire, 'Jan Jansen');
  const linde = { practice: 'Praktijk De Linde', who: 'Dokter Jansen' };
  const vecht = { practice: 'Huisartsen aan de Vecht', who: 'Dokter Van Dijk' };
  await book(patient, wire, { ...linde, reason: 'Hoofdpijn.\nSinds maandag.' });

  await book(patient, wire, { ...vecht, reason: 'Knie' });
  await approve(practice, wire, VECHT, 'Jan Jansen');
  await isTold(practice);
  await book(patient, wire, { ...vecht, reason: 'Slecht slapen' });
  await decline(practice, wire, VECHT, 'Jan Jansen', '');
  await isTold(practice);

  await chooseTime(patient, wire, linde);
  await giveReason(patient, 'Te laat');
  await plan(practice, wire, LINDE, { who: linde.who, ...(await chosenTime(patient)), patient: 'Sanne de Boer' });
  await practice.getByText('Niet verteld: ').waitFor();
  await (await sendButton(patient)).click();
  await patient.getByText('Deze tijd is niet meer beschikbaar').first().waitFor();

  const planned = { who: linde.who, date: workingDay(7), time: '12:10' };
  await plan(practice, wire, LINDE, { ...planned, patient: 'Jan Jansen', message: 'Tot dan.' });
  await isTold(practice);
  await move(practice, { who: 'Dokter De Vries', date: workingDay(7), time: '12:40' });
  await isTold(practice);
  await cancel(practice, 'De dokter is ziek.');
  await isTold(practice);
}

/** Calls at both ends what the story does not: searches, refusals, representations. */
export async function callTheRest({ platform, ownXis, toXis, toPlatform }) {
  const forXis = await token(`${platform}/dev/idp/token`, 'balie-demo', 'balie-demo-secret', `${ownXis}/fhir/r4`);
  const forPlatform = await token(`${platform}/oauth2/token`, 'demo-xis', 'demo-secret');
  const atXis = caller(toXis.address, forXis);
  const atPlatform = caller(toPlatform.address, forPlatform);

  const appointments = toXis.records.map(({ answered }) => answered).filter((it) => it?.resourceType === 'Appointment');
  const [{ id, identifier: [{ system, value }] }] = appointments;
  const searches = ['PractitionerRole', 'Schedule', 'Patient', `Appointment?id=${id}`, `Appointment?_id=${id}`];
  const one = [`Appointment?identifier=${encodeURIComponent(`${system}|${value}`)}`, `Appointment/${id}`];
  const refused = ['Appointment/nowhere', 'Slot?status=open', 'Nothing'];
  for (const path of ['metadata', ...searches, ...one, ...refused]) await atXis('GET', path);
  await atXis('POST', 'Appointment', '{');
  await caller(toXis.address, 'none')('GET', 'Slot');

  const put = toPlatform.records.find(({ call }) => call.startsWith('PUT')).sent;
  const again = JSON.stringify(put);
  await atPlatform('GET', 'metadata');
  await atPlatform('GET', 'OperationDefinition/Appointment-notices');
  await atPlatform('GET', `Appointment/${put.id}/$notices`);
  await atPlatform('PUT', `Appointment/${put.id}`, again, { prefer: 'return=representation' });
  await atPlatform('PUT', `Appointment/other`, again);
  await atPlatform('PUT', `Appointment/${put.id}`, '{');
  await atPlatform('PUT', `Appointment/${put.id}`, again, { 'x-organization-identifier': '01000004' });
  await atPlatform('PUT', `Appointment/${put.id}`, JSON.stringify({ ...put, status: 'noshow', start: 'soon' }));
  await atPlatform('POST', 'AppointmentResponse', JSON.stringify({ resourceType: 'AppointmentResponse' }));
  await atPlatform('DELETE', `Appointment/${put.id}`);
  await atPlatform('GET', 'Nothing');
  await caller(toPlatform.address, 'none')('PUT', `Appointment/${put.id}`, again);
}

async function token(endpoint, id, secret, audience) {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...(audience && { audience }) });
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  const answer = await fetch(endpoint, { method: 'POST', body, headers: { authorization } });
  assert.equal(answer.status, 200);
  return (await answer.json()).access_token;
}

function caller(address, bearer) {
  return async (method, path, body, headers = {}) => {
    const own = { authorization: `Bearer ${bearer}`, 'x-organization-identifier': LINDE, accept: FHIR };
    if (body) own['content-type'] = FHIR;
    const answer = await fetch(`${address}/fhir/r4/${path}`, { method, body, headers: { ...own, ...headers } });
    await answer.arrayBuffer();
  };
}
