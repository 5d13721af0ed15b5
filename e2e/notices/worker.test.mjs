// The service worker in a real browser, given what the platform really sends: encrypted by it, decrypted by an
// implementation that is not ours, and delivered through Chromium's own tools, for Debian's build has no push service.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { choose } from '../lib/people.mjs';
import { launch } from '../lib/browser.mjs';
import { within } from '../lib/within.mjs';
import { startWithDevices } from './lib/devices.mjs';
import { Phone } from './lib/phone.mjs';
import { keepPicture } from './lib/pictures.mjs';

const SHOWN_MS = 10_000;
const FIRST = nextYear('03-30T07:10:00Z');
const SECOND = nextYear('03-31T08:40:00Z');

/** What a phone shows at each step, by the patient's language; `{first}` and `{second}` are the times in words. */
const LANGUAGES = [
  {
    tag: 'nl',
    patient: 0,
    news: 'Er is nieuws over uw afspraak',
    steps: [
      ['book', FIRST, 'U hebt een nieuwe afspraak', 'Op {first}.'],
      ['book', SECOND, 'Uw afspraak is verzet', 'Nu op {second}. Het was {first}.'],
      ['cancel', SECOND, 'Uw afspraak is geannuleerd', 'De afspraak op {second} gaat niet door.'],
    ],
  },
  {
    tag: 'en',
    patient: 1,
    news: 'There is news about your appointment',
    steps: [
      ['book', FIRST, 'You have a new appointment', 'On {first}.'],
      ['book', SECOND, 'Your appointment was moved', 'Now on {second}. It was {first}.'],
      ['cancel', SECOND, 'Your appointment was cancelled', 'The appointment on {second} does not go ahead.'],
    ],
  },
];

describe('a notification on a device', () => {
  let set, browser;

  before(async () => {
    set = await startWithDevices();
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    await set?.stop();
  });

  for (const { tag, patient, steps, news } of LANGUAGES) {
    for (const level of ['1', '2', '3']) {
      test(`level ${level} in ${tag}: what it says, where it leads, what it counts`, async () => {
        await choose(set.visitors[patient], set, 'language', tag);
        await choose(set.visitors[patient], set, 'appointments', level);
        const phone = await Phone.of(browser, set, patient);
        const id = `worker-${tag}-${level}`;
        for (const [act, start, title, body] of steps) {
          await set.system[act](id, patient, start);
          const message = await set.next();
          const shown = await phone.show(message);
          if (level === '1') assert.equal(shown.title, news);
          else assert.deepEqual([shown.title, shown.body.split('\n')[0]], [title, inWords(body, tag)]);
          assert.equal(shown.body.includes('Praktijk De Linde'), level === '3');
          assert.equal(shown.lang, tag);
          assert.doesNotMatch(JSON.stringify(message), /POISON|9999900\d\d/);
          assert.equal(await phone.badge(), message.unseen);
          assert.equal(await phone.click(), message.url);
          assert.match(message.url, /\/appointments\/[0-9a-f-]{36}$/);
          await keepPicture(`push-${tag}-${level}-${act}-${start.slice(5, 10)}`, { html: card(shown) });
        }
        await phone.close();
      });
    }
  }

  test('a later one about the same appointment takes the place of an earlier one; what cannot be read still shows', async () => {
    const phone = await Phone.of(browser, set, 0);
    await phone.show({ title: 'One', tag: 'a', url: '/appointments/1' });
    await phone.show({ title: 'Two', tag: 'a', url: '/appointments/1' });
    await phone.show({ title: 'Three', tag: 'b', url: '/appointments/2' });
    assert.deepEqual((await phone.shown()).map(({ title }) => title).toSorted(), ['Three', 'Two']);
    await phone.deliver('no JSON');
    await within(SHOWN_MS, 'something shown', async () => (await phone.shown()).length === 3);
    await phone.close();
  });

  test('a tap never leads to another site', async () => {
    const phone = await Phone.of(browser, set, 0);
    await phone.show({ title: 'Evil', tag: 'a', url: 'https://evil.example/appointments/1' });
    assert.equal(await phone.click(), `${set.platform}/appointments/1`);
    await phone.close();
  });

  test('every request to the push service was one that it would accept', () => assert.deepEqual(set.wrong, []));
});

/** A day of next year, so that it is always to come. */
function nextYear(rest) {
  return `${new Date().getUTCFullYear() + 1}-${rest}`;
}

function inWords(body, tag) {
  return body.replace('{first}', words(FIRST, tag)).replace('{second}', words(SECOND, tag));
}

/** As the platform writes a time: "dinsdag 30 maart 2027 om 09:10 uur". */
function words(start, tag) {
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/Amsterdam' };
  const part = Object.fromEntries(
    new Intl.DateTimeFormat(tag === 'nl' ? 'nl-NL' : 'en-GB', { ...options, hour: '2-digit', minute: '2-digit' })
      .formatToParts(new Date(start))
      .map(({ type, value }) => [type, value]),
  );
  const date = `${part.weekday} ${part.day} ${part.month} ${part.year}`;
  const time = `${part.hour}:${part.minute}`;
  return tag === 'nl' ? `${date} om ${time} uur` : `${date} at ${time}`;
}

/** About as a phone lays a notification out. */
function card({ title, body }) {
  const text = body.replaceAll('\n', '<br>');
  return `<body style="margin:12px;font:15px/20px sans-serif;color-scheme:light dark"><div style="border:1px solid #8888;
    border-radius:20px;padding:14px 18px"><small>Balie</small><br><b>${title}</b><br>${text}</div></body>`;
}
