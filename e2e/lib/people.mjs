// The demo's patients, each with other wishes, and where they are told.
import { logInAs } from './visitor.mjs';

/** In the order in which the demo's login lists them. */
export const PATIENTS = [
  { bsn: '999990019', name: 'Jan Jansen', mail: 'jan.jansen@patient.example', language: 'nl', level: '2' },
  { bsn: '999990020', name: 'Fatima el Amrani', mail: 'fatima.el.amrani@patient.example', language: 'en', level: '3' },
  { bsn: '999990032', name: 'Piet de Vries', mail: 'piet.de.vries@patient.example', language: 'nl', level: '3' },
  { bsn: '999990044', name: 'Anna Bakker', mail: 'anna.bakker@patient.example', language: 'en', level: '2' },
];

/** The practices that the demo's XIS manages and that every patient may belong to. */
export const PRACTICES = ['01000001', '01000002', '01000003'];

/** Logs each patient in and writes down the wishes; gives the visitors. */
export function settleIn(demo) {
  return Promise.all(
    PATIENTS.map(async ({ language, level }, place) => {
      const visitor = await logInAs(demo, place);
      await choose(visitor, demo, 'language', language);
      await choose(visitor, demo, 'appointments', level);
      return visitor;
    }),
  );
}

/** Answers one question of the preferences. */
export async function choose(visitor, { platform }, question, answer) {
  const { status, text } = await visitor.post(`${platform}/preferences/${question}`, { answer });
  if (status !== 200) throw new Error(`${question} cannot be chosen: ${status} ${text}`);
}

/** Subscribes a device, as the portal's script does. */
export async function subscribe(visitor, platform, device) {
  const body = JSON.stringify(device.subscription);
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const { status } = await visitor.ask(`${platform}/push/subscriptions`, { method: 'POST', body, headers });
  if (status !== 201) throw new Error(`a device cannot be subscribed: ${status}`);
}
