// Shows what the platform has to tell, and opens it. It keeps no page and answers no request.
const ICON = "/static/latest/icon-192.png";
const BADGE = "/static/latest/badge-96.png";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("push", (event) => event.waitUntil(show(event.data)));
self.addEventListener("notificationclick", (event) => event.waitUntil(open(event.notification)));
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

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
