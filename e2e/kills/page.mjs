// What stands on a page, as its reader takes it: links, choices, and how an appointment is.

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** What is said of a visit that was moved and of the one in its place; only the colour tells them apart. */
const MOVED = 'Verzet';

/** What the portal's and the practice system's tags say, in Dutch. */
const STANDINGS = {
  booked: ['Bevestigd', 'Nieuw', 'Gewijzigd', 'Opnieuw gepland', 'Geboekt'],
  pending: ['Wacht op de praktijk', 'Aanvraag'],
  checking: ['Wij controleren dit', 'Bel de praktijk'],
  cancelling: ['Annulering verstuurd', 'Wordt geannuleerd'],
  over: ['Geannuleerd', 'Afgewezen'],
  failed: ['Niet gelukt'],
};

/** The addresses of the links on a page that this expression finds. */
export function links(text, fits) {
  const all = [...text.matchAll(/(?:href|action)="([^"]+)"/g)].map(([, found]) => decoded(found));
  return all.filter((found) => fits.test(found));
}

/** The values of the choices of this name in a page's form. */
export function choices(text, name) {
  return [...text.matchAll(new RegExp(`name="${name}" value="([^"]+)"`, 'g'))].map(([, value]) => decoded(value));
}

/** How the appointment on this page of the portal stands, and when it is. */
export function appointmentOn({ text, address }) {
  const tag = /class="tag (\w+)[^"]*">.*?<\/svg>(?:<span class="hidden">[^<]*<\/span>)?([^<]+)<\/span>/s;
  const [, colour, word] = text.match(tag) ?? [];
  const [, time] = text.match(/<dd class="time">.*?datetime="([^"]+)"/s) ?? [];
  const [, id] = address.match(/\/appointments\/([0-9a-f-]{36})/) ?? [];
  if (!id) throw new Error(`no appointment at ${address}`);
  const standing = word === MOVED ? (colour === 'gone' ? 'over' : 'booked') : standingOf(word, address);
  return { id, standing, start: Date.parse(time) };
}

/** The same of a page of the practice system, where its day and its first minute are told in words. */
export function requestOn({ text, address }) {
  const [, word] = text.match(/class="tag [^"]*"><span[^>]*>[^<]*<\/span> ([^<]+)<\/span>/) ?? [];
  const [, from] = text.match(/<p class="when">[^<]*<br><b>(\d\d:\d\d)/) ?? [];
  const [, date] = text.match(/href="[^"]*\/(\d{4}-\d\d-\d\d)"/) ?? [];
  const [, id] = address.match(/\/appointments\/([0-9a-f-]{36})/);
  return { id, standing: standingOf(word, address), when: `${date} ${from}` };
}

function standingOf(word, address) {
  const [standing] = Object.entries(STANDINGS).find(([, words]) => words.includes(word?.trim())) ?? [];
  if (!standing) throw new Error(`${address} says ${word}`);
  return standing;
}

function decoded(text) {
  return text.replaceAll(/&(?:#(\d+)|(\w+));/g, (_, code, name) => (code ? String.fromCharCode(code) : ENTITIES[name]));
}
