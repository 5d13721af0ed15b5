// Stands before a server, passes everything on, and keeps what went by.
import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A recorder before the server at `target`: its address, what it kept, and `close()`. */
export async function recordBefore(target) {
  const records = [];
  const server = createServer((incoming, outgoing) =>
    passOn(target, incoming, outgoing, records).catch(() => outgoing.destroy()),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => new Promise((closed) => server.close(closed) && server.closeAllConnections());
  return { address: `http://127.0.0.1:${server.address().port}`, records, close };
}

async function passOn(target, incoming, outgoing, records) {
  const sent = await buffer(incoming);
  const { host } = new URL(target);
  const options = { method: incoming.method, headers: { ...incoming.headers, host } };
  const call = ask(target + incoming.url, options).end(sent);
  const [answer] = await once(call, 'response');
  const answered = await buffer(answer);
  records.push({
    call: `${incoming.method} ${new URL(incoming.url, target).pathname} ${answer.statusCode}`,
    sent: resourceIn(incoming.headers, sent),
    answered: resourceIn(answer.headers, answered),
  });
  outgoing.writeHead(answer.statusCode, answer.headers).end(answered);
}

/** The body as it was read; as text, which is no resource, where it is not JSON. */
function resourceIn(headers, body) {
  if (!headers['content-type']?.startsWith('application/fhir+json')) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body.toString();
  }
}
