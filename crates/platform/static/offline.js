// Opens the page again as soon as the platform can be reached. Nothing here is needed: there is a link that does it.
const EVERY_MS = 5000;

addEventListener("online", look);
setInterval(look, EVERY_MS);

/** A connection that has just come back may not reach far yet: the page is opened when something answers. */
async function look() {
  if (document.hidden) return;
  const answer = await fetch("/static/latest/icon.svg", { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.reload();
}
