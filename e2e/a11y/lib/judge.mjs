// What is wrong with a page that is open, for who looks at it in this way.
import { barriers, otherBarriers, spill } from '../../lib/accessible.mjs';
import { faultsOf } from '../../lib/html.mjs';
import { focusFaults } from './focus.mjs';

/** The looks that have HTML of their own. In the others the same comes from the server, and only its style differs. */
const OWN_WORDS = new Set(['default', 'no-javascript', 'en']);

/** One line for each fault; none when all is well. */
export async function faultsAt(page, look) {
  const all = await spill(page);
  if (process.env.FULL || OWN_WORDS.has(look.name)) {
    all.push(...(await otherBarriers(page)), ...(await htmlFaults(page)));
  }
  // axe waits by timers, and a page without scripts has none.
  if (look.name !== 'no-javascript') all.push(...(await barriers(page)));
  if (['keyboard', 'forced-colors'].includes(look.name)) all.push(...(await focusFaults(page)));
  if (look.name === 'reduced-motion') all.push(...(await motion(page)));
  return all;
}

async function htmlFaults(page) {
  return page.answer ? faultsOf(await page.answer.text()) : ['no answer was seen'];
}

/** What moves although the reader asked that nothing does. */
function motion(page) {
  return page.evaluate(() => {
    const seconds = (list) => Math.max(...list.split(',').map((one) => Number.parseFloat(one)));
    const moves = ({ animationName, animationDuration, transitionDuration }) =>
      (animationName !== 'none' && seconds(animationDuration) > 0.01) || seconds(transitionDuration) > 0.01;
    const moving = [...document.querySelectorAll('*')].filter((element) => moves(getComputedStyle(element)));
    return moving.map(({ localName, className }) => `it moves: ${localName}.${className}`);
  });
}
