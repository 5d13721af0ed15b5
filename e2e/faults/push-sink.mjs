// A push service that takes messages, refuses, stalls and hangs up, at each step of the request.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

import { decrypt, faultOfSender, newDevice } from '../lib/device.mjs';

const CODES = [429, 500, 502, 503];
/** Given up at once, and told after all when an operator says so. */
const FINAL_CODES = [400, 413];
const STALL_MS = [200, 1_500];
/** Longer than the platform waits for an answer. */
const SILENCE_MS = 12_000;

/** What may go wrong, and how often; `lose` is a cut before the answer to a message that was kept. */
const FAULTS = {
  connect: { none: 40, cut: 1 },
  request: { none: 20, cut: 1 },
  message: { none: 66, refuse: 5, final: 2, cut: 1, lose: 3, stall: 2, silent: 1 },
};

/** A push service on a free port, with a device for each of the `people`. `kept` has what it took, in order. */
export async function startPushSink(chance, people) {
  const sink = { route: 'push', kept: [], wrong: [], faults: 0, isCalm: false, calm: () => (sink.isCalm = true), read };
  const choose = (step) => {
    const fault = sink.isCalm ? 'none' : chance.weighted(FAULTS[step]);
    if (fault !== 'none') sink.faults += 1;
    return fault;
  };
  const server = createServer((request, response) => take(request, response).catch(() => request.destroy()));
  server.on('connection', (socket) => choose('connect') === 'cut' && socket.destroy());
  server.on('clientError', () => {});

  async function take(request, response) {
    if (choose('request') === 'cut') return request.destroy();
    const body = await buffer(request);
    const fault = choose('message');
    if (fault === 'cut') return request.destroy();
    if (fault === 'refuse') return response.writeHead(chance.pick(CODES), { 'retry-after': '1' }).end();
    if (fault === 'final') return response.writeHead(chance.pick(FINAL_CODES)).end();
    const wrong = faultOfSender(request.headers, sink.origin);
    if (wrong) sink.wrong.push(wrong);
    const person = people[Number(request.url.split('/').at(-1))];
    const answered = fault === 'none' || fault === 'stall';
    const message = decrypt(sink.devices.get(person), body);
    sink.kept.push({ to: person.mail, keptAt: Date.now(), answered, message, topic: request.headers.topic });
    if (fault === 'stall') await pause(chance.between(...STALL_MS));
    if (fault === 'silent') await pause(SILENCE_MS);
    return answered ? response.writeHead(201).end() : request.destroy();
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  sink.origin = `http://127.0.0.1:${server.address().port}`;
  sink.devices = new Map(people.map((person, nth) => [person, newDevice(`${sink.origin}/device/${nth}`)]));
  sink.close = () => new Promise((closed) => server.close(closed) && server.closeAllConnections());
  return sink;
}

/** A message as something told: its key, where it leads, and its words. How many have news is not about this one. */
function read({ message, ...kept }) {
  const { id, url, title, body, unseen, ...rest } = message;
  return { ...kept, key: id, leadsTo: url, headline: title, words: body, said: JSON.stringify({ title, body, ...rest }) };
}
