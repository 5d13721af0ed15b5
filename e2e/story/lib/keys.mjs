// The keyboard of someone who has no mouse: what is pressed, what has the focus, how many pages go by.

/** Longest way that anyone would go with Tab. */
const LONGEST_WAY = 30;

/** Counts keys and pages from now on; the page that is open is the first. */
export function keysOf(page) {
  const keys = { pages: 1, list: [] };
  page.on('domcontentloaded', () => (keys.pages += 1));

  keys.press = async (key) => {
    keys.list.push(key);
    await page.keyboard.press(key);
  };
  keys.reach = async (fits) => {
    for (let way = 0; way < LONGEST_WAY; way += 1) {
      await keys.press('Tab');
      if (fits(await focused(page))) return;
    }
    throw new Error(`the focus never came there: ${keys.list.join(' ')}`);
  };
  /** Goes to what has this name and opens or presses it. */
  keys.enter = async (name) => {
    await keys.reach(({ text }) => (name instanceof RegExp ? name.test(text) : text === name));
    await Promise.all([page.waitForEvent('load'), keys.press('Enter')]);
  };
  /** The first link of each page leads past what is the same on all of them. */
  keys.skipToMain = async () => {
    await keys.press('Tab');
    await keys.press('Enter');
    await page.waitForURL('**#main');
  };
  Object.defineProperty(keys, 'count', { get: () => keys.list.length });
  return keys;
}

function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    return { type: element.type, text: element.innerText.replaceAll(/\s+/g, ' ').trim() };
  });
}
