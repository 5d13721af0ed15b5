// How the built program talks to a mail server: secured as it is told to, or not at all.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import PostalMime from 'postal-mime';

import { platformOn } from './faults/platform.mjs';
import { Xis } from './faults/xis.mjs';
import { program } from './lib/balie.mjs';
import { authorityIn } from './lib/certificates.mjs';
import { LOGIN, startMailServer } from './lib/mail-server.mjs';
import { within } from './lib/within.mjs';

const MAIL_MS = 20_000;
const HOST = 'localhost';
const BSN = 'http://fhir.nl/fhir/NamingSystem/bsn';
/** What no wire may carry in the clear: a mail, its addresses, a login. */
const SECRETS = /AUTH|MAIL FROM|RCPT TO|patient\.example|afspraak/i;

let folder, platform, ours, theirs, number = 0;
const servers = [];
const waiting = new Set();

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balie-mail-'));
  [ours, theirs] = [authorityIn(folder, 'ours'), authorityIn(folder, 'theirs')];
  platform = await platformOn({ folder, config: (text) => text });
  platform.config = await readFile(platform.file, 'utf8');
});

after(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await rm(folder, { recursive: true, force: true });
});

async function mailServer(options) {
  const server = await startMailServer(options);
  servers.push(server);
  return server;
}

/** Runs the platform with its mail going to `server`, while `work` lasts. */
async function withMail(server, settings, work) {
  const { security, user = LOGIN.user, password = LOGIN.password } = settings;
  const lines = [`host = "${HOST}"`, `port = ${server.port}`, `security = "${security}"`, `user = "${user}"`];
  lines.push(`password = "${password}"`, 'ca = { file = "ours.pem" }', 'from = "Balie <afspraken@balie.example>"');
  await writeFile(platform.file, platform.config.replace(/\[mail\][^[]*/, `[mail]\n${lines.join('\n')}\n\n`));
  await platform.start();
  try {
    await work(new Xis(platform.address, 'demo-xis', 'demo-secret'));
  } finally {
    await platform.stop();
  }
}

/** The practice plans one more visit for Jan. */
async function plan(xis) {
  const id = `visit-${(number += 1)}`;
  const start = new Date(Date.now() + (7 * 24 * 60 + number) * 60_000);
  const body = { resourceType: 'Appointment', id, status: 'booked', start: start.toISOString() };
  body.end = new Date(start.getTime() + 600_000).toISOString();
  body.serviceCategory = [{ coding: [{ system: 'urn:type', code: 'consult', display: 'Consult' }] }];
  const actor = { display: 'Jan Jansen', identifier: { system: BSN, value: '999990019' } };
  body.participant = [{ actor: { reference: 'Patient/1', ...actor }, status: 'accepted' }];
  return xis.put({ practice: '01000001', id, body, status: 200, headers: {} });
}

/** What the operator sees that does not go out. */
function stuck() {
  const options = ['outbox', 'stuck', '--attempts', '1', '--json', '--config', platform.file];
  return JSON.parse(execFileSync(program(), options, { encoding: 'utf8' }));
}

/** Nothing arrives, and the operator reads why of a mail that is not in `waiting` yet; a later server gets them all. */
async function isRefused(server, settings, words) {
  const isNew = ({ id, problem }) => problem && !waiting.has(id);
  await withMail(server, settings, async (xis) => {
    await plan(xis);
    const { problem } = await within(MAIL_MS, 'a problem that the operator reads', () => stuck().find(isNew), 200);
    assert.match(problem, words);
  });
  assert.equal(server.mails.length, 0);
  for (const { id } of stuck()) waiting.add(id);
  execFileSync(program(), ['outbox', 'retry', '--config', platform.file, ...waiting], { stdio: 'pipe' });
}

describe('a mail server that is not ours', () => {
  test('with STARTTLS and a login takes many mails over one connection', async () => {
    const server = await mailServer(ours.certify(HOST));
    await withMail(server, { security: 'starttls' }, async (xis) => {
      for (let mails = 1; mails <= 5; mails += 1) {
        await plan(xis);
        await within(MAIL_MS, `mail ${mails}`, () => server.mails.length === mails);
      }
    });
    assert.deepEqual([server.connections, server.logins], [1, 1]);
    assert.ok(server.mails.every(({ secure, to }) => secure && to === 'jan.jansen@patient.example'));
    assert.doesNotMatch(server.heard(), SECRETS);
    const mail = await PostalMime.parse(server.mails[0].raw);
    assert.equal(mail.from.address, 'afspraken@balie.example');
    assert.match(mail.subject, /^Nieuwe afspraak op /);
  });

  test('with TLS from the first byte takes them too', async () => {
    const server = await mailServer({ ...ours.certify(HOST), secure: true });
    await withMail(server, { security: 'tls' }, async (xis) => {
      await plan(xis);
      await within(MAIL_MS, 'a mail', () => server.mails.length === 1);
    });
    assert.doesNotMatch(server.heard(), SECRETS);
  });

  test('without STARTTLS is told nothing', async () => {
    const server = await mailServer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
    await isRefused(server, { security: 'starttls' }, /does not offer what mail\.security or mail\.user asks for/);
    assert.match(server.heard(), /^EHLO /);
    assert.doesNotMatch(server.heard(), SECRETS);
  });

  test('with the certificate of another authority is told nothing', async () => {
    for (const [security, secure] of [['starttls', false], ['tls', true]]) {
      const server = await mailServer({ ...theirs.certify(HOST), secure });
      await isRefused(server, { security }, /its certificate is not trusted for this host \(see mail\.ca\)/);
      assert.equal(server.logins, 0);
    }
  });

  test('with the certificate of another host is told nothing', async () => {
    const server = await mailServer(ours.certify('mail.example'));
    await isRefused(server, { security: 'starttls' }, /its certificate is not trusted for this host/);
    assert.equal(server.logins, 0);
  });

  test('that does not know our password gets no mail, and the operator reads where to look', async () => {
    const server = await mailServer(ours.certify(HOST));
    const wrong = { security: 'starttls', password: 'een ander wachtwoord' };
    await isRefused(server, wrong, /does not let us in: look at mail\.user and mail\.password \(code 535\)/);
    assert.doesNotMatch(server.heard(), SECRETS);
  });

  test('gets what waited for the ones before it', async () => {
    const server = await mailServer(ours.certify(HOST));
    await withMail(server, { security: 'starttls' }, () =>
      within(MAIL_MS, 'the mails that waited', () => server.mails.length === waiting.size),
    );
    const keys = await Promise.all(server.mails.map(async ({ raw }) => (await PostalMime.parse(raw)).messageId));
    assert.deepEqual([waiting.size, new Set(keys).size], [5, 5]);
  });
});
