// Everything that a run left, by the kind of place, and the control that is written into each of them.
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { backUp, tablesAt, write } from '../lib/database.mjs';
import { readLetter } from '../lib/letter.mjs';
import { CONTROL, ways } from './marks.mjs';
import { Place } from './places.mjs';

/** Every byte, by the kind of place. */
export async function lookAt({ folder, server, databases, mails, pushes, ...left }) {
  const kind = (ending) => (path) => ending.test(path);
  const places = new Map();
  places.set('logs', await new Place().lookBelow(folder, kind(/\.log$/)));
  places.set('files', await new Place().lookBelow(folder, kind(/^(?!.*\.log$)/)));
  if (server) places.set('the cluster', await new Place().lookBelow(await dataOf(server)));
  places.set('backups', await lookAtBackups(databases));
  const [mail, files] = [new Place(), new Place()];
  for (const [nth, { raw }] of mails.entries()) {
    mail.look(`mail ${nth}`, raw);
    const { attachments } = await readLetter(raw);
    for (const { content } of attachments) files.look(`file with mail ${nth}`, Buffer.from(content));
  }
  places.set('mails', mail);
  places.set('calendar files', files);
  places.set('notifications', lookAtTexts(pushes.map(({ message }) => JSON.stringify(message))));
  places.set('error answers', lookAtTexts(left.errors));
  places.set('calendar answers', lookAtTexts(left.calendars));
  // What a patient takes along is no place of ours, but it must hold nobody else.
  places.set("downloads, but for the patient's own", lookAtTexts(left.downloads));
  places.set('what a browser asked and kept', lookAtTexts(left.browsed));
  places.set('the audit trail handed over', lookAtTexts(left.exported));
  return places;
}

async function lookAtBackups(databases) {
  const folder = await mkdtemp(join(tmpdir(), 'balie-canary-backup-'));
  try {
    for (const [nth, database] of [...databases].entries()) await backUp(database, join(folder, `backup-${nth}`));
    return await new Place().lookBelow(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function lookAtTexts(texts) {
  const place = new Place();
  for (const [nth, text] of texts.entries()) place.look(`number ${nth}`, Buffer.from(text));
  return place;
}

/** Where the server keeps its data, once everything is in it. */
async function dataOf(server) {
  const ask = tablesAt(server, 'public');
  await ask('checkpoint');
  const [[folder]] = await ask('show data_directory');
  return folder;
}

/** Writes the control into every kind of place, in every way. */
export async function plant({ platform }, { folder, server, mails, pushes, ...left }) {
  const [number] = CONTROL.numbers;
  const texts = Object.values(ways(number)).map(String);
  const said = texts.join(' ');
  for (const database of [platform.database, ...(server ? [server] : [])]) {
    await write(database, 'public', [
      'create table canary_control (said text)',
      ...texts.map((text) => `insert into canary_control values ('${text}')`),
    ]);
  }
  if (server) await writeFile(join(folder, 'control'), said);
  await appendFile(join(folder, 'serve.log'), said);
  const file = Buffer.from(said).toString('base64');
  const letter = ['Subject: control', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', '', said];
  letter.push('--b', 'Content-Type: application/octet-stream; name=a.ics', 'Content-Disposition: attachment; filename=a.ics', 'Content-Transfer-Encoding: base64', '', file, '--b--', '');
  mails.push({ raw: Buffer.from(letter.join('\r\n')) });
  pushes.push({ message: { body: said } });
  for (const texts of [left.errors, left.calendars, left.downloads, left.browsed, left.exported]) texts.push(said);
}
