// An OpenID provider with token exchange that is not ours. It believes whoever says to be one of its people.
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const CLIENT = { id: 'balie-demo', secret: 'balie-demo-secret' };
/** The practice system, where practitioners log in: here one, who works everywhere. */
const DESK = 'balie-xis-demo';
const PRACTITIONERS = [{ name: 'Sanne Mulder', practices: ['01000001', '01000002', '01000003', '01000004'] }];
const ASSURANCE = 'http://eidas.europa.eu/LoA/substantial';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const DAY_SECONDS = 24 * 3600;

/** A provider on a free port for these people, each with `bsn` and `name`. It outlives whoever asks it. */
export async function startProvider(people) {
  const provider = new Provider(people);
  const server = createServer((request, response) => provider.answer(request, response).catch(() => request.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  provider.issuer = `http://127.0.0.1:${server.address().port}`;
  provider.close = () => new Promise((closed) => server.close(closed) && server.closeAllConnections());
  return provider;
}

class Provider {
  constructor(people) {
    Object.assign(this, { people, logins: new Map(), patients: new Map() });
    this.key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  }

  /** A token for this audience: of the client itself, or of one of the people for whom the client acts. */
  token(audience, person) {
    const actor = person && { bsn: person.bsn, act: { sub: CLIENT.id } };
    return this.signed('at+jwt', { sub: person?.name ?? CLIENT.id, aud: audience, client_id: CLIENT.id, ...actor });
  }

  async answer(request, response) {
    const { pathname, searchParams: asked } = new URL(request.url, this.issuer);
    const send = (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (pathname === '/.well-known/openid-configuration') return send(this.metadata());
    if (pathname === '/jwks') return send({ keys: [{ ...this.key.publicKey.export({ format: 'jwk' }), kid: 'one' }] });
    const form = new URLSearchParams(await text(request));
    if (pathname === '/token') return send(this.tokens(form));
    if (pathname !== '/authorize') return response.writeHead(404).end();
    if (request.method === 'GET') return response.end('Who are you?');
    return response.writeHead(303, { location: this.logIn(asked, form) }).end();
  }

  metadata() {
    const { issuer } = this;
    const endpoint = (name) => `${issuer}/${name}`;
    return {
      issuer,
      authorization_endpoint: endpoint('authorize'),
      token_endpoint: endpoint('token'),
      jwks_uri: endpoint('jwks'),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    };
  }

  /** The address of the client, with a code for the person who was chosen. */
  logIn(asked, form) {
    const code = randomUUID();
    const [client, nonce] = [asked.get('client_id'), asked.get('nonce')];
    const people = client === DESK ? PRACTITIONERS : this.people;
    this.logins.set(code, { person: people[Number(form.get('person'))], client, nonce });
    const back = new URL(asked.get('redirect_uri'));
    for (const [name, value] of Object.entries({ code, state: asked.get('state'), iss: this.issuer })) {
      back.searchParams.set(name, value);
    }
    return back.href;
  }

  tokens(form) {
    const answer = (access_token, more) => ({ access_token, token_type: 'Bearer', expires_in: DAY_SECONDS, ...more });
    const issued_token_type = 'urn:ietf:params:oauth:token-type:access_token';
    switch (form.get('grant_type')) {
      case 'client_credentials':
        return answer(this.token(form.get('audience')));
      case EXCHANGE:
        return answer(this.token(form.get('audience'), this.patients.get(form.get('subject_token'))), { issued_token_type });
      default: {
        const { person, client, nonce } = this.logins.get(form.get('code'));
        const access = this.token(this.issuer, person);
        this.patients.set(access, person);
        const { name, bsn, practices } = person;
        const claims = { sub: name, aud: client, nonce, acr: ASSURANCE, name, bsn, practices };
        const at_hash = createHash('sha256').update(access).digest().subarray(0, 16).toString('base64url');
        return answer(access, { id_token: this.signed('JWT', { ...claims, at_hash }) });
      }
    }
  }

  signed(typ, claims) {
    const now = Math.floor(Date.now() / 1000);
    const all = { iss: this.issuer, iat: now, auth_time: now, exp: now + DAY_SECONDS, jti: randomUUID(), ...claims };
    const encoded = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const said = [{ alg: 'ES256', typ, kid: 'one' }, all].map(encoded).join('.');
    const signature = sign('sha256', Buffer.from(said), { key: this.key.privateKey, dsaEncoding: 'ieee-p1363' });
    return `${said}.${signature.toString('base64url')}`;
  }
}
