// A mail server that takes mails, refuses, stalls and hangs up, at each step of the conversation.
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

import { SMTPServer } from 'smtp-server';

import { readLetter } from './letter.mjs';

const CODES = [421, 450, 451, 452, 454];
/** Given up at once, and told after all when an operator says so. */
const FINAL_CODES = [550, 552, 554];
const STALL_MS = [200, 1_500];
/** Longer than the platform waits for any one answer. */
const SILENCE_MS = 12_000;

/**
 * What may go wrong at a step, and how often: `refuse` with a code, `cut` the connection, `stall` and go on, fall
 * `silent`. After the mail itself `lose` is a cut before the answer to a mail that was kept.
 */
const FAULTS = {
  connect: { none: 44, refuse: 2, cut: 2, stall: 2 },
  sender: { none: 57, refuse: 1, cut: 1, stall: 1 },
  recipient: { none: 36, refuse: 2, cut: 1, stall: 1 },
  halfway: { none: 38, cut: 2 },
  mail: { none: 66, refuse: 4, final: 2, cut: 2, lose: 3, stall: 2, silent: 1 },
};

/** A mail server on a free port. `kept` has every mail it took, in order; `calm()` ends all faults. */
export async function startMailSink(chance) {
  const sink = { route: 'mail', kept: [], faults: 0, isCalm: false, calm: () => (sink.isCalm = true), read };
  const choose = (step) => {
    const fault = sink.isCalm ? 'none' : chance.weighted(FAULTS[step]);
    if (fault !== 'none') sink.faults += 1;
    return fault;
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onConnect: (session, done) => act(choose('connect'), session, done),
    onMailFrom: (_address, session, done) => act(choose('sender'), session, done),
    onRcptTo: (_address, session, done) => act(choose('recipient'), session, done),
    onData: (stream, session, done) => take(stream, session, done).catch(() => hangUp(session)),
  });

  async function act(fault, session, done) {
    if (fault === 'cut') return hangUp(session);
    if (fault === 'stall') await pause(chance.between(...STALL_MS));
    return done(fault === 'refuse' ? refusal(chance.pick(CODES)) : null);
  }

  async function take(stream, session, done) {
    const isHalfway = choose('halfway') === 'cut';
    const parts = [];
    for await (const part of stream) {
      if (isHalfway) return hangUp(session);
      parts.push(part);
    }
    const fault = choose('mail');
    if (fault === 'cut') return hangUp(session);
    if (fault === 'refuse') return done(refusal(chance.pick(CODES)));
    if (fault === 'final') return done(refusal(chance.pick(FINAL_CODES)));
    const answered = fault === 'none' || fault === 'stall';
    sink.kept.push({ raw: Buffer.concat(parts), to: session.envelope.rcptTo[0].address, keptAt: Date.now(), answered });
    if (fault === 'stall') await pause(chance.between(...STALL_MS));
    if (fault === 'silent') await pause(SILENCE_MS);
    return answered ? done() : hangUp(session);
  }

  function hangUp(session) {
    for (const connection of server.connections) {
      if (connection.session.id === session.id) connection._socket.destroy();
    }
  }

  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  sink.port = server.server.address().port;
  sink.close = () => new Promise((closed) => server.close(closed));
  return sink;
}

/** A mail as something told: its key, where it leads, and its words. */
async function read({ raw, ...kept }) {
  const { id, subject, text, html, attachments } = await readLetter(raw);
  const files = attachments.map(({ content }) => content);
  return { ...kept, key: id, leadsTo: text, headline: subject, words: subject, said: [subject, text, html, ...files].join('\n') };
}

function refusal(responseCode) {
  return Object.assign(new Error('not now'), { responseCode });
}
