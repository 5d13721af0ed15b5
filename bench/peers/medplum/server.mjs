// Medplum's FHIR router over its memory repository, behind Node's own HTTP server: nothing is checked, nobody has to
// prove who they are, and nothing outlives the process. What a peer could reach at most, that is, and no server for use.
//
//     node server.mjs PORT

import { createServer } from 'node:http';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';
import { getStatus } from '@medplum/core';

const BASE = '/fhir/r4';
const router = new FhirRouter();
const repository = new MemoryRepository();

async function answerTo(request, body) {
  const asked = {
    method: request.method,
    url: request.url.slice(BASE.length),
    params: {},
    query: {},
    headers: request.headers,
    body: body.length > 0 ? JSON.parse(body.toString()) : undefined,
  };
  const [outcome, resource] = await router.handleRequest(asked, repository);
  return [getStatus(outcome), JSON.stringify(resource ?? outcome)];
}

function send(response, status, text) {
  response.writeHead(status, {
    'Content-Type': 'application/fhir+json',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

const server = createServer((request, response) => {
  if (!request.url.startsWith(`${BASE}/`)) {
    send(response, 200, '{}');
    return;
  }
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    answerTo(request, Buffer.concat(parts)).then(
      ([status, text]) => send(response, status, text),
      (error) => send(response, 500, JSON.stringify({ error: String(error) })),
    );
  });
});

server.listen(Number(process.argv[2]), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
