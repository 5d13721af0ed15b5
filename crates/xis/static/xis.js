// What an open page does with JavaScript: it follows the agenda, and its day can be walked with the arrow keys.

const NEWS_STAYS_MS = 30_000;

listen(document.body.dataset.listen);
walk();

/** Hears of what changes elsewhere, as long as the page is open. */
function listen(address) {
  if (!address) return;
  const source = new EventSource(address);
  // Whatever happened between the reading of the page and this connection, or while it was lost.
  source.addEventListener('open', refresh);
  source.addEventListener('changed', refresh);
  source.addEventListener('ended', leave);
  source.addEventListener('booked', (event) => announce(JSON.parse(event.data)));
  addEventListener('pagehide', () => source.close());
  addEventListener('pageshow', (event) => event.persisted && location.reload());
}

// Text that may be read as a page: nothing but what was fetched from its own address. No script in it ever runs.
const policy = globalThis.trustedTypes?.createPolicy('page', { createHTML: (text) => text });

function parsed(text) {
  return new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, 'text/html');
}

let under_way = false;
let again = false;

/** Reads this page once more and replaces the parts that live, one reading at a time. */
async function refresh() {
  if (under_way) {
    again = true;
    return;
  }
  under_way = true;
  try {
    // Nobody asked for this, so it is no use of the session; a redirect leads to the login.
    const headers = { accept: 'text/html', 'balie-unasked': '1' };
    const answer = await fetch(location.href, { headers, redirect: 'manual' });
    if (answer.type === 'opaqueredirect') leave();
    if (answer.ok) replace(parsed(await answer.text()));
  } catch {
    // No network now; the next change, or the connection that comes back, brings it.
  }
  under_way = false;
  if (again) {
    again = false;
    refresh();
  }
}

/** Nobody is logged in any more: what stands here is not for whoever sits here now. */
function leave() {
  location.replace(`/logged-out?${new URLSearchParams({ to: location.pathname + location.search })}`);
}

function replace(fresh) {
  for (const part of document.querySelectorAll('[data-live]')) {
    const new_part = fresh.getElementById(part.id);
    if (!new_part || part.isEqualNode(new_part) || isInUse(part)) continue;
    const focused = part.contains(document.activeElement) && document.activeElement.getAttribute('href');
    part.replaceChildren(...[...new_part.childNodes].map((child) => document.adoptNode(child)));
    if (focused) part.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  }
}

/** Somebody is writing there: what is typed must not be lost. */
function isInUse(part) {
  return part.querySelector('details[open]') !== null;
}

/** A notice in the corner, read out by a screen reader, without a sound. */
function announce({ text, href, link }) {
  const notice = document.createElement('p');
  const anchor = document.createElement('a');
  anchor.href = href;
  anchor.textContent = link;
  notice.append(text, ' ', anchor);
  document.getElementById('news').append(notice);
  setTimeout(() => notice.remove(), NEWS_STAYS_MS);
}

/** Arrow keys: up and down through the day, left and right to the day before and after. */
function walk() {
  const keys = document.querySelector('.keys');
  if (!keys) return;
  keys.hidden = false;
  addEventListener('keydown', (event) => {
    const writing = event.target.closest('input, select, textarea');
    if (writing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const links = [...document.querySelectorAll('table.agenda td a')];
    const at = links.indexOf(document.activeElement);
    const act = {
      ArrowDown: () => links[Math.min(at + 1, links.length - 1)]?.focus(),
      ArrowUp: () => links[Math.max(at - 1, 0)]?.focus(),
      ArrowLeft: () => document.querySelector('a[rel=prev]')?.click(),
      ArrowRight: () => document.querySelector('a[rel=next]')?.click(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
