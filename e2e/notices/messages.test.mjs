// A message of a practice and an invitation, as they reach a mailbox: that there is one, and never what it says.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { choose } from '../lib/people.mjs';
import { logInAs } from '../lib/visitor.mjs';
import { SECRET } from './lib/practice-system.mjs';
import { stage } from './lib/stage.mjs';

const STRANGER = { bsn: '999990068', mail: 'sanne@patient.example' };

const LANGUAGES = [
  { tag: 'nl', place: 0, bsn: '999990019', plain: 'Er staat een bericht voor u klaar', named: 'Bericht van Praktijk De Linde' },
  { tag: 'en', place: 1, bsn: '999990020', plain: 'There is a message for you', named: 'Message from Praktijk De Linde' },
];

describe('what a practice writes', () => {
  const set = stage();

  for (const { tag, place, bsn, plain, named } of LANGUAGES) {
    test(`a message in ${tag}: the mail names the practice at level 3 alone, and nothing of the message ever`, async () => {
      const visitor = await logInAs(set.demo, place);
      await choose(visitor, set.demo, 'language', tag);
      for (const [level, subject] of [['1', plain], ['2', plain], ['3', named]]) {
        await choose(visitor, set.demo, 'messages', level);
        await set.system.write(bsn, `${SECRET} message ${level}`);
        const letter = await set.mails.next(`${tag}-message-${level}`);
        assert.equal(letter.subject, subject);
        assert.equal(letter.attachments.length, 0);
        assertDiscreet(letter);
        const [link] = letter.text.match(/http:\S+\/messages\/\S+/);
        const page = await visitor.get(link);
        assert.ok(page.status === 200 && page.text.includes(`${SECRET} message ${level}`), 'it is read after login');
        assert.ok(!(await (await fetch(link)).text()).includes(SECRET), 'and not before');
      }
    });
  }

  test('an invitation names the practice, for the patient knows nobody else here, and leads to a page without secrets', async () => {
    await set.system.invite(STRANGER);
    const letter = await set.mails.next('nl-invitation');
    assert.equal(letter.subject, 'Uitnodiging van Praktijk De Linde');
    assert.equal(letter.to[0].address, STRANGER.mail);
    assert.match(letter.text, /nodigt u uit[^]*invites you/, 'in Dutch, and in English below it');
    assertDiscreet(letter);
    const [link] = letter.text.match(/http:\S+\/invitations\/\S+/);
    const page = await fetch(link);
    assert.equal(page.status, 200);
    assert.doesNotMatch(await page.text(), /POISON|9999900\d\d|sanne/i);
  });

  test('a mail to try out', async () => {
    const visitor = await logInAs(set.demo, 0);
    await visitor.post(`${set.demo.platform}/preferences/try/mail`, {});
    assertDiscreet(await set.mails.next('nl-test'));
    assert.equal(set.mails.unread, 0);
  });
});

function assertDiscreet({ subject, text, html }) {
  assert.doesNotMatch([subject, text, html].join('\n'), /POISON|9999900\d\d/);
}
