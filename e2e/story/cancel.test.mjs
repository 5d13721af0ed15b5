// A patient cancels in the portal: the practice's agenda shows the time free again, and one mail says so.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { barriers } from '../lib/accessible.mjs';
import { screenshot } from '../lib/browser.mjs';
import { letters } from './lib/letters.mjs';
import { overview } from './lib/overview.mjs';
import { book, logIn } from './lib/patient.mjs';
import { openDay } from './lib/practice.mjs';
import { stage } from './lib/stage.mjs';

const LINDE = '01000001';
const WORDS = 'Het gaat weer goed met mijn rug.';

const PEOPLE = [
  { name: 'Jan Jansen', mail: 'jan.jansen@patient.example', who: 'Dokter Jansen', width: 390, javaScript: true },
  { name: 'Fatima el Amrani', mail: 'fatima.el.amrani@patient.example', who: 'Dokter De Vries', javaScript: false },
];

describe('a patient who cancels', () => {
  const set = stage();

  for (const { name, mail, who, ...browser } of PEOPLE) {
    test(`${name}, ${browser.javaScript ? 'on a phone' : 'without JavaScript'}`, async () => {
      const [page, practice] = await Promise.all([set.open(browser), set.open()]);
      await logIn(page, set.demo, name);
      const mails = letters(set.demo, mail, [WORDS]);
      const choice = { practice: 'Praktijk De Linde', who, soon: false, reason: 'Mijn rug doet pijn.' };
      const visit = await book(page, set.demo, choice);
      await mails.next();
      await openDay(practice, set.demo, LINDE, visit);
      const place = practice.getByRole('row').filter({ has: practice.getByRole('rowheader', { name: visit.time }) });
      await place.getByRole('link', { name }).waitFor();

      const main = page.getByRole('main');
      await main.getByText(/^Tot .* kunt u deze afspraak online annuleren\.$/).waitFor();
      await screenshot(page, `cancel-${browser.width ?? 1280}-appointment`);
      await main.getByRole('link', { name: 'Afspraak annuleren' }).click();
      await main.getByRole('heading', { level: 1, name: 'Wilt u deze afspraak annuleren?' }).waitFor();
      if (browser.javaScript) assert.deepEqual(await barriers(page), []);
      await screenshot(page, `cancel-${browser.width ?? 1280}-question`);
      await main.getByRole('link', { name: 'Nee, terug' }).click();
      await main.getByRole('link', { name: 'Afspraak annuleren' }).click();
      await main.getByRole('textbox', { name: 'Waarom annuleert u?' }).fill(WORDS);
      await main.getByRole('button', { name: 'Ja, annuleer deze afspraak' }).click();

      await main.getByRole('heading', { level: 1, name: 'Uw afspraak is geannuleerd' }).waitFor();
      await main.getByText('De praktijk weet dat u niet komt.').waitFor();
      assert.equal(await main.getByRole('link', { name: 'Afspraak annuleren' }).count(), 0);
      await screenshot(page, `cancel-${browser.width ?? 1280}-after`);
      // The open agenda of the practice shows it without being loaded again.
      await place.getByText('Vrij').waitFor();
      assert.equal(await place.getByRole('link', { name }).count(), 0);

      const { subject } = await mails.next();
      assert.match(subject, /^U hebt uw afspraak op .* geannuleerd$/);
      const { news, cards } = await overview(page, set.demo);
      assert.deepEqual([news, cards.map(({ heading, isNew }) => [heading, isNew])], [0, [['Gaat niet door', false]]]);
      await mails.isAll();
      await practice.getByRole('link', { name: new RegExp(`${visit.time} ${name}`) }).click();
      await practice.getByText(WORDS).waitFor();
    });
  }
});
