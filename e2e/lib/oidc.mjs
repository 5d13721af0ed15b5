// A certified OpenID provider that is not ours, behind a page on which one says who one is and how sure that is.
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

import Provider from 'oidc-provider';

/** What it can say of how sure it is, the least sure first. */
export const LEVELS = ['low', 'substantial', 'high'];

const CLIENT = { client_id: 'balie-demo', client_secret: 'balie-demo-secret' };

/** Runs for the platform at this address; `people` have `bsn` and `name`. */
export async function startCertifiedProvider(platform, people) {
  let answer;
  const server = createServer((request, response) => answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration(platform, people));
  const rest = provider.callback();
  answer = (request, response) => {
    const isQuestion = request.url.startsWith('/interaction/');
    const answered = isQuestion ? ask(provider, people, request, response) : rest(request, response);
    Promise.resolve(answered).catch(() => request.destroy());
  };
  const close = () => new Promise((closed) => server.close(closed) && server.closeAllConnections());
  return { issuer, close };
}

function configuration(platform, people) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    acrValues: LEVELS,
    claims: { openid: ['sub'], profile: ['name', 'bsn'] },
    clients: [
      {
        ...CLIENT,
        redirect_uris: [`${platform}/login/callback`],
        post_logout_redirect_uris: [`${platform}/`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    conformIdTokenClaims: false,
    cookies: { keys: ['a key of this test'] },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true, logoutSource } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.find(({ sub }) => sub === id) }) }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }] },
    loadExistingGrant,
    pkce: { required: () => true },
    ttl: { AccessToken: 3600, Grant: 3600, IdToken: 300, Interaction: 600, Session: 3600 },
  };
}

/** Nobody is asked whether the platform may know who they are. */
async function loadExistingGrant({ oidc }) {
  const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
  grant.addOIDCScope('openid profile');
  await grant.save();
  return grant;
}

/** The page that asks whether somebody wants to log out: its own fetches a font from elsewhere. */
function logoutSource(context, form) {
  const yes = '<button form="op.logoutForm" name="logout" value="yes">Yes</button>';
  context.body = `<!doctype html><title>Log out?</title>${form}${yes}`;
}

/** The page that asks who somebody is, and what it is told. */
async function ask(provider, people, request, response) {
  if (request.method === 'POST') {
    const [accountId, acr] = new URLSearchParams(await text(request)).get('as').split(' ');
    return provider.interactionFinished(request, response, { login: { accountId, acr } });
  }
  const button = ({ sub, name }, acr) => `<button name="as" value="${sub} ${acr}">${name}, ${acr}</button>`;
  const buttons = people.flatMap((person) => LEVELS.map((acr) => button(person, acr)));
  response.setHeader('content-type', 'text/html; charset=utf-8');
  return response.end(`<!doctype html><title>Who are you?</title><form method="post">${buttons.join('')}</form>`);
}
