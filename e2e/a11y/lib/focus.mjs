// Where the keyboard comes on a page: everywhere, in the order of the page, and always to be seen.

const MOST_STOPS = 200;

/** Goes by with Tab, from the start to the end; gives what it missed or could not see. */
export async function focusFaults(page) {
  const wanted = await page.evaluate(markStops);
  const faults = [];
  const seen = [];
  // A page may have put the focus half way; Tab goes on from where it last was.
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  for (let stop = 0; stop < MOST_STOPS && seen.length < wanted.length; stop += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(whereIsFocus);
    if (!focused || seen.includes(focused.place)) break;
    seen.push(focused.place);
    if (!focused.isVisible) faults.push(`the focus cannot be seen on ${focused.said}`);
  }
  const isInOrder = seen.every((place, nth) => nth === 0 || place > seen[nth - 1]);
  if (!isInOrder) faults.push(`the focus goes back and forth: ${seen.join(' ')}`);
  return [...faults, ...wanted.filter(({ place }) => !seen.includes(place)).map(({ said }) => `Tab never came to ${said}`)];
}

/** Numbers all that can be pressed or filled in; of radio buttons together, one. */
function markStops() {
  const groups = new Set();
  const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter((element) => {
    if (element.disabled || element.type === 'hidden' || element.tabIndex < 0) return false;
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    return element.type !== 'radio' || (!groups.has(element.name) && groups.add(element.name));
  });
  return stops.map((element, place) => {
    element.dataset.stop = place;
    return { place, said: (element.innerText || element.name || element.localName).trim() };
  });
}

function whereIsFocus() {
  const element = document.activeElement;
  if (!element || element === document.body) return undefined;
  // A radio button that is chosen stands for its group.
  const stop = element.dataset.stop ?? document.querySelector(`[name="${element.name}"][data-stop]`)?.dataset.stop;
  if (stop === undefined) return undefined;
  const shows = (one) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  };
  // What wraps it may show it: a label that is a whole line, for one.
  const around = [element, element.closest('label'), ...(element.labels ?? [])].filter(Boolean);
  return { place: Number(stop), said: element.innerText || element.name, isVisible: around.some(shows) };
}
