// What is wrong with a page for people who cannot see it, or see or use it in another way.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
const [axeSource, aceSource] = await Promise.all(
  ['axe-core/axe.min.js', 'accessibility-checker-engine'].map((name) => readFile(resolve(name), 'utf8')),
);

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Rules of the second engine that find what is no barrier, each with why. */
const NOT_HELD = new Set([
  // A form without a name has no role: no screen reader lists it, and there is nothing to tell apart (ARIA in HTML).
  'aria_form_label_unique',
  // The times of a day are one choice in a group for each part of the day, whose legend says which part.
  'input_checkboxes_grouped',
]);

/** One line for each barrier on the page: the rule, what it says, and where. None when axe finds nothing. */
export async function barriers(page) {
  // Its own driver opens a window for each look, which takes four times as long.
  await page.evaluate(axeSource);
  return page.evaluate(async (values) => {
    const options = { runOnly: { type: 'tag', values }, resultTypes: ['violations'] };
    const { violations } = await globalThis.axe.run(document, options);
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`));
  }, WCAG_22_AA);
}

/** The same by IBM's engine: what it is sure of, not what it asks a person to look at. */
export async function otherBarriers(page) {
  await page.evaluate(`${aceSource}; globalThis.ace = ace`);
  const found = await page.evaluate(async () => {
    const { results } = await new globalThis.ace.Checker().check(document, ['WCAG_2_2']);
    const sure = results.filter(({ value: [kind, outcome] }) => kind === 'VIOLATION' && outcome === 'FAIL');
    return sure.map(({ ruleId, message, path }) => ({ ruleId, said: `${ruleId}: ${message}: ${path.dom}` }));
  });
  return found.filter(({ ruleId }) => !NOT_HELD.has(ruleId)).map(({ said }) => said);
}

/** How many pixels of the page stand beyond the window's side, in words; none when it fits. */
export async function spill(page) {
  const pixels = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  return pixels > 0 ? [`the page is ${pixels} pixels wider than the window`] : [];
}
