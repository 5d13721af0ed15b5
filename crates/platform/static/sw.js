// Shows what the platform has to tell, and a page for when there is no connection. It keeps no page of anybody: what
// OFFLINE names, which the platform writes above, is the same for all.
const ICON = "/static/latest/icon-192.png";
const BADGE = "/static/latest/badge-96.png";
const PREFIX = "offline-";
const KEPT = PREFIX + OFFLINE.version;
/** Where the language of the last page stands, and nothing else. */
const READER = "reader";
const LANGUAGE = "/reader/language";
let language;

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(begin()));
self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (origin !== location.origin) return;
  if (OFFLINE.files.includes(pathname)) event.respondWith(file(event.request));
  else if (isPage(event.request, pathname)) event.respondWith(page(event));
});
self.addEventListener("push", (event) => event.waitUntil(show(event.data)));
self.addEventListener("notificationclick", (event) => event.waitUntil(open(event.notification)));
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

async function keep() {
  const kept = await caches.open(KEPT);
  const addresses = [...Object.values(OFFLINE.pages), ...OFFLINE.files];
  // As nobody: what is kept is nobody's.
  await kept.addAll(addresses.map((address) => new Request(address, { credentials: "omit", cache: "no-cache" })));
  await self.skipWaiting();
}

async function begin() {
  const former = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== KEPT);
  await Promise.all(former.map((name) => caches.delete(name)));
}

// No navigation preload: it would ask for every page, the login's too, a second time beside what the browser asks.
/** A form is the browser's own affair: sent from here, a stranger's would look like ours. So is the way to the login. */
function isPage({ mode, method }, pathname) {
  return mode === "navigate" && method === "GET" && !pathname.startsWith("/login");
}

async function page(event) {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(note(answer.headers.get("content-language")));
    return answer;
  } catch {
    return offline();
  }
}

async function file(request) {
  const kept = await caches.open(KEPT);
  return (await kept.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** Which language the patient reads: the cookie that says so is not for scripts. */
async function note(code) {
  if (!(code in OFFLINE.pages) || code === language) return;
  language = code;
  const reader = await caches.open(READER);
  await reader.put(LANGUAGE, new Response(code));
}

async function offline() {
  const reader = await caches.open(READER);
  const code = language ?? (await (await reader.match(LANGUAGE))?.text()) ?? self.navigator.language.slice(0, 2);
  const [any] = Object.values(OFFLINE.pages);
  const kept = await caches.open(KEPT);
  return (await kept.match(OFFLINE.pages[code] ?? any, { ignoreVary: true })) ?? Response.error();
}

async function show(sent) {
  const told = read(sent);
  await self.registration.showNotification(told.title ?? "Balie", {
    body: told.body,
    lang: told.lang,
    // A later one about the same takes the place of an earlier one, and is heard again.
    tag: told.tag,
    renotify: Boolean(told.tag),
    icon: ICON,
    badge: BADGE,
    data: { id: told.id, url: told.url },
  });
  if (Number.isInteger(told.unseen) && "setAppBadge" in self.navigator) {
    await self.navigator.setAppBadge(told.unseen);
  }
}

/** A browser that shows nothing is asked why: what cannot be read is shown as that there is something. */
function read(sent) {
  try {
    return sent?.json() ?? {};
  } catch {
    return {};
  }
}

async function open(notification) {
  notification.close();
  const url = ours(notification.data?.url);
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((client) => client.url === url);
  return there ? there.focus() : self.clients.openWindow(url);
}

/** An address of this website and of no other, whatever was sent. */
function ours(address) {
  const sent = new URL(address ?? "/", self.registration.scope);
  const here = new URL(self.registration.scope);
  // Set and not joined: a path that begins with two slashes would name another host.
  here.pathname = sent.pathname;
  here.search = sent.search;
  return here.href;
}

/** The browser has another endpoint for this device. Nobody is logged in: the old secret says who we are. */
async function renew(event) {
  const kept = await caches.open("push");
  const old = event.oldSubscription?.toJSON() ?? (await (await kept.match("/push/subscription"))?.json());
  const { key: applicationServerKey } = await (await fetch("/push/key")).json();
  const { pushManager } = self.registration;
  const options = { userVisibleOnly: true, applicationServerKey };
  const renewed = event.newSubscription ?? (await pushManager.subscribe(options));
  if (!old) return;
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ old, new: renewed });
  await fetch("/push/subscriptions/renew", { method: "POST", headers, body });
  await kept.put("/push/subscription", Response.json(renewed));
}
