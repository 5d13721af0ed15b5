// What a patient sees of all appointments together.
import { atPractice } from './when.mjs';

/**
 * The overview as the patient sees it now: the count in the header, and each card with its heading, its tag, its
 * words, and whether it has the badge of what is new.
 */
export async function overview(page, { platform }) {
  await page.goto(platform);
  const sections = await page.getByRole('main').locator('section').all();
  const cards = await Promise.all(sections.map(cardsOf));
  return { news: await newsCount(page), cards: cards.flat() };
}

/** The count of news in the header of the page that is open. */
export async function newsCount(page) {
  const count = page.getByRole('navigation').getByRole('img');
  return (await count.count()) === 0 ? 0 : Number(await count.textContent());
}

async function cardsOf(section) {
  const heading = await section.getByRole('heading', { level: 2 }).textContent();
  const cards = await section.getByRole('article').all();
  return Promise.all(
    cards.map(async (card) => ({
      heading,
      isNew: (await card.locator('.badge').count()) > 0,
      said: (await card.innerText()).replaceAll(/\s+/g, ' '),
      time: atPractice(await card.locator('time').getAttribute('datetime')),
      struck: await card.locator('del').allTextContents(),
    })),
  );
}
