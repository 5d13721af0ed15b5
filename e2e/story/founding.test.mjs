// The founding story: what the patient sees and what the practice's agenda holds are the same, and each change is
// told exactly once. The steps build on each other.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { openAt } from '../lib/practitioner.mjs';
import { letters } from './lib/letters.mjs';
import { newsCount, overview } from './lib/overview.mjs';
import { book, logIn } from './lib/patient.mjs';
import { approve, cancel, decline, isTold, move, openDay, plan, requestOf } from './lib/practice.mjs';
import { stage } from './lib/stage.mjs';
import { inDutch, workingDay } from './lib/when.mjs';

const LINDE = '01000001';
const VECHT = '01000002';
const AT_VECHT = { practice: 'Huisartsen aan de Vecht', who: 'Dokter Van Dijk' };
const REASONS = ['Sinds maandag heb ik hoofdpijn.', 'Mijn knie is dik.', 'Ik slaap slecht.'];
const SECRETS = [...REASONS, 'Neem uw kniebrace mee.', 'Bel ons voor een langere afspraak.', 'De dokter is ziek.'];

describe('the founding story', () => {
  const set = stage();
  let jan, secondDevice, practice, agenda, mails, first, asked, planned;

  /** The news of one change: on each device until one of them has shown it, then on none. */
  async function assertNews(time, heading, said) {
    await secondDevice.goto(`${set.demo.platform}/book`);
    assert.equal(await newsCount(secondDevice), 1, 'the header of the second device counts it');
    const seen = await overview(jan, set.demo);
    assert.equal(seen.news, 1);
    const card = cardAt(seen, time);
    assert.deepEqual([card.heading, card.isNew], [heading, true]);
    for (const words of said) assert.match(card.said, words);
    assert.equal(seen.cards.filter((other) => other.isNew).length, 1, 'nothing else is new');
    for (const device of [jan, secondDevice]) await assertNoNews(device);
    return card;
  }

  async function assertNoNews(device) {
    const { news, cards } = await overview(device, set.demo);
    assert.deepEqual([news, cards.filter((card) => card.isNew)], [0, []]);
  }

  test('a patient logs in, on two devices', async () => {
    [jan, practice, agenda] = await Promise.all([set.open(), set.open(), set.open()]);
    secondDevice = await set.open({ width: 390 });
    await Promise.all([jan, secondDevice].map((page) => logIn(page, set.demo, 'Jan Jansen')));
    mails = letters(set.demo, 'jan.jansen@patient.example', SECRETS);
    assert.deepEqual(await overview(jan, set.demo), { news: 0, cards: [] });
    await openAt(agenda, set.demo, LINDE);
  });

  test('a booking at a practice that books at once is approved', async () => {
    first = await book(jan, set.demo, { practice: 'Praktijk De Linde', who: 'Dokter Jansen', reason: REASONS[0] });
    await jan.getByRole('heading', { level: 1, name: 'Uw afspraak is bevestigd' }).waitFor();
    assert.match((await mails.next()).subject, /^Uw afspraak op .* is bevestigd$/);
    const { cards } = await overview(jan, set.demo);
    assert.equal(cards.length, 1);
    assert.match(cardAt({ cards }, first).said, /Bevestigd .*Consult bij Dokter Jansen/);
    for (const device of [jan, secondDevice]) await assertNoNews(device);
  });

  test('the open agenda of the practice tells of the booking without being loaded again', async () => {
    const notice = agenda.getByText('Nieuwe afspraak: Jan Jansen');
    await notice.waitFor();
    await notice.getByRole('link', { name: 'Bekijken' }).click();
    await agenda.getByRole('heading', { level: 1, name: 'Jan Jansen' }).waitFor();
    await agenda.getByText(REASONS[0]).waitFor();
    await openDay(agenda, set.demo, LINDE, first);
    assert.equal(await agenda.getByRole('link', { name: 'Jan Jansen' }).count(), 1);
  });

  test('a booking at a practice with an approval workflow is pending', async () => {
    await openAt(agenda, set.demo, `${VECHT}/requests`);
    asked = await book(jan, set.demo, { ...AT_VECHT, reason: REASONS[1] });
    await jan.getByRole('heading', { level: 1, name: 'Uw aanvraag is verstuurd' }).waitFor();
    const card = cardAt(await overview(jan, set.demo), asked);
    assert.equal(card.heading, 'Wacht op de praktijk');
    await requestOf(agenda, 'Jan Jansen').waitFor();
    await mails.isAll();
  });

  test('the practice approves it, and the patient is told', async () => {
    await approve(practice, set.demo, VECHT, 'Jan Jansen');
    assert.match((await mails.next()).subject, /is bevestigd$/);
    await assertNews(asked, 'Komende afspraken', [/Bevestigd/, /Consult bij Dokter Van Dijk/]);
    await isTold(practice);
  });

  test('the practice declines another, and the patient reads why', async () => {
    const time = await book(jan, set.demo, { ...AT_VECHT, reason: REASONS[2] });
    await decline(practice, set.demo, VECHT, 'Jan Jansen', SECRETS[4]);
    assert.match((await mails.next()).subject, /is afgewezen$/);
    await assertNews(time, 'Gaat niet door', [/Afgewezen/, /Bel ons voor een langere afspraak/]);
    await isTold(practice);
  });

  test('a new appointment of the practice is in the overview with a badge', async () => {
    planned = { date: workingDay(12), time: '12:25', who: 'Dokter Jansen' };
    await plan(practice, set.demo, LINDE, { ...planned, patient: 'Jan Jansen', message: SECRETS[3] });
    const mail = await mails.next();
    assert.match(mail.subject, /^Nieuwe afspraak op /);
    assert.ok(mail.text.includes(inDutch(planned.date)) && mail.text.includes('12:25'), mail.text);
    await assertNews(planned, 'Komende afspraken', [/Nieuw/, /Consult bij Dokter Jansen/, /Neem uw kniebrace mee/]);
    await isTold(practice);
  });

  test('a modified appointment shows the old and the new', async () => {
    const moved = { date: planned.date, time: '12:55', who: 'Dokter De Vries' };
    await move(practice, { ...moved, message: SECRETS[3] });
    const mail = await mails.next();
    assert.match(mail.subject, /^Uw afspraak is verzet naar /);
    assert.ok(mail.text.includes('12:25') && mail.text.includes('12:55'), mail.text);
    const said = [/Gewijzigd/, /Consult bij Dokter De Vries/, /Was bij Dokter Jansen/];
    const card = await assertNews(moved, 'Komende afspraken', said);
    assert.match(card.struck.join(), /12:25/);
    planned = moved;
    await isTold(practice);
  });

  test('a cancelled appointment is shown as "Geannuleerd"', async () => {
    await cancel(practice, SECRETS[5]);
    assert.match((await mails.next()).subject, /is geannuleerd$/);
    await assertNews(planned, 'Gaat niet door', [/Geannuleerd/, /De dokter is ziek/]);
    await isTold(practice);
  });

  test('nothing was told twice', async () => {
    await mails.isAll();
    const { cards } = await overview(jan, set.demo);
    assert.equal(cards.length, 4);
  });
});

/** The card of the appointment with this practitioner at this time. */
function cardAt({ cards }, { date, time, who }) {
  const card = cards.find((it) => it.time.date === date && it.time.time === time && it.said.includes(who));
  assert.ok(card, `no card for ${who}, ${date} ${time} among ${JSON.stringify(cards)}`);
  return card;
}
