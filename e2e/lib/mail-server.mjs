// A mail server that is not ours (npm smtp-server), which asks for a name and a password.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

import { SMTPServer } from 'smtp-server';

/** Whom the server lets in. */
export const LOGIN = { user: 'balie', password: 'een heel goed wachtwoord' };

/**
 * A server on a free port with these options of smtp-server: the `mails` it took, each with the connection that
 * brought it, how many `connections` and `logins` there were, and every word that came in over the wire, as
 * whoever listens in hears it (`heard()`).
 */
export async function startMailServer(options) {
  const taken = { mails: [], connections: 0, logins: 0 };
  const server = new SMTPServer({
    logger: false,
    disableReverseLookup: true,
    ...options,
    onConnect: (_session, done) => {
      taken.connections += 1;
      done();
    },
    onAuth: ({ username, password }, _session, done) => {
      const isKnown = username === LOGIN.user && password === LOGIN.password;
      if (isKnown) taken.logins += 1;
      done(isKnown ? null : new Error('who are you'), { user: username });
    },
    onData: (stream, session, done) => take(stream, session).then((mail) => done(null, taken.mails.push(mail)), done),
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const wire = await listenInBefore(server.server.address().port);
  const close = async () => {
    await wire.close();
    await new Promise((closed) => server.close(closed));
  };
  return Object.assign(taken, { port: wire.port, heard: wire.heard, close });
}

async function take(stream, session) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  const { id, secure, envelope } = session;
  return { raw: Buffer.concat(parts).toString(), connection: id, secure, to: envelope.rcptTo[0].address };
}

/** Passes everything on, both ways, and remembers what the one who connects says. */
async function listenInBefore(port) {
  const heard = [];
  const sockets = new Set();
  const wire = createServer((client) => {
    const server = connect(port, '127.0.0.1');
    client.on('data', (said) => heard.push(said));
    for (const [one, other] of [[client, server], [server, client]]) {
      sockets.add(one);
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  wire.listen(0, '127.0.0.1');
  await once(wire, 'listening');
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await once(wire.close(), 'close');
  };
  return { port: wire.address().port, heard: () => Buffer.concat(heard).toString('latin1'), close };
}
