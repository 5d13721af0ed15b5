// A practice system that never gives up: a change whose answer was lost is sent again, as it was.
import { setTimeout as pause } from 'node:timers/promises';

const AGB = 'http://fhir.nl/fhir/NamingSystem/agb-z';
const ANSWER_MS = 15_000;
const BEFORE_REPEAT_MS = 100;

/** Sends changes to the platform as the system of these practices. */
export class Xis {
  constructor(platform, id, secret) {
    Object.assign(this, { platform, repeats: 0 });
    this.basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  }

  /** Sends the change until it is answered, and gives the appointment's id at the platform where it was taken. */
  async put({ practice, id, body, headers, status }) {
    const answer = await this.send('PUT', `Appointment/${id}`, practice, body, { prefer: 'return=representation', ...headers });
    if (answer.status !== status) throw new Error(`PUT of ${id}: ${answer.status}, not ${status}: ${answer.text}`);
    return status === 200 ? JSON.parse(answer.text).identifier[0].value.replace('urn:uuid:', '') : undefined;
  }

  /** Sends a resource until there is an answer that stands. */
  async send(method, path, practice, body, headers) {
    for (;;) {
      const answer = await this.once(method, `/fhir/r4/${path}`, {
        body: JSON.stringify(body),
        headers: {
          ...headers,
          authorization: `Bearer ${await this.token()}`,
          'content-type': 'application/fhir+json',
          'x-organization-identifier': `${AGB}|${practice}`,
        },
      });
      if (answer?.status === 401) this.bearer = undefined;
      else if (answer && answer.status < 500 && answer.status !== 429) return answer;
      this.repeats += 1;
      await pause(BEFORE_REPEAT_MS);
    }
  }

  async token() {
    while (!this.bearer) {
      const headers = { authorization: this.basic };
      const body = new URLSearchParams({ grant_type: 'client_credentials' });
      const answer = await this.once('POST', '/oauth2/token', { body, headers });
      if (answer?.status === 200) this.bearer = JSON.parse(answer.text).access_token;
      else await pause(BEFORE_REPEAT_MS);
    }
    return this.bearer;
  }

  /** The answer, or nothing where none came or it broke off. */
  async once(method, path, request) {
    try {
      const signal = AbortSignal.timeout(ANSWER_MS);
      const answer = await fetch(this.platform + path, { method, signal, ...request });
      return { status: answer.status, text: await answer.text() };
    } catch {
      return undefined;
    }
  }
}
