// A visitor of the portal without a browser: keeps cookies, follows redirects, sends forms.

/** Longest wait for one answer. */
const ANSWER_MS = 15_000;
const MOST_REDIRECTS = 10;

/** Someone with cookies of their own, per origin. */
export class Visitor {
  constructor() {
    this.cookies = new Map();
  }

  get(address) {
    return this.ask(address, { method: 'GET' });
  }

  /** Sends a form as a page of the same site does. */
  post(address, fields, headers = {}) {
    const { origin } = new URL(address);
    const body = new URLSearchParams(fields);
    return this.ask(address, { method: 'POST', body, headers: { origin, 'sec-fetch-site': 'same-origin', ...headers } });
  }

  /** The page at the end of the redirects: its status, address and text. */
  async ask(address, request) {
    for (let step = 0; step < MOST_REDIRECTS; step += 1) {
      const answer = await this.once(address, request);
      const next = answer.headers.get('location');
      if (answer.status < 300 || answer.status >= 400 || !next) {
        return { status: answer.status, address, text: await answer.text() };
      }
      [address, request] = [new URL(next, address).href, { method: 'GET' }];
    }
    throw new Error(`more than ${MOST_REDIRECTS} redirects, the last to ${address}`);
  }

  async once(address, { headers, ...request }) {
    const { origin } = new URL(address);
    const jar = this.cookies.get(origin) ?? this.cookies.set(origin, new Map()).get(origin);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const signal = AbortSignal.timeout(ANSWER_MS);
    const answer = await fetch(address, { redirect: 'manual', signal, headers: { cookie, ...headers }, ...request });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    return answer;
  }
}

/** The demo's patient at this place in the list, logged in. */
export async function logInAs({ platform }, place, visitor = new Visitor()) {
  const choice = await visitor.get(`${platform}/login`);
  const home = await visitor.post(choice.address, { person: String(place) });
  if (home.status !== 200 || new URL(home.address).origin !== platform) {
    throw new Error(`not logged in: ${home.status} at ${home.address}`);
  }
  return visitor;
}
