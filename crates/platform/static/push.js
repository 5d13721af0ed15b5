// Notifications on this device. Without it the list of devices works, and mail comes all the same.
const box = document.querySelector(".this-device");
const said = box?.querySelector("[role=status]");
const button = (name) => box.querySelector(`[data-turn=${name}]`);

/** Says where this device stands, and offers the one button that makes sense. */
function say(what, offered) {
  said.textContent = box.dataset[what];
  for (const name of ["on", "off"]) button(name).hidden = name !== offered;
  button("on").parentElement.hidden = !offered;
}

/** The worker that every page has the browser install. */
async function worker() {
  await globalThis.registered;
  return navigator.serviceWorker.ready;
}

/** The hash by which the page's list knows an endpoint. */
async function mark(endpoint) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint)));
  return btoa(String.fromCharCode(...hash)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function listed(subscription) {
  return subscription && document.querySelector(`[data-device="${await mark(subscription.endpoint)}"]`);
}

/** A browser that subscribed for another key of ours would never hear of us again. */
function isForUs(subscription) {
  const key = String.fromCharCode(...new Uint8Array(subscription.options.applicationServerKey ?? []));
  return btoa(key).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") === box.dataset.key;
}

async function send(method, subscription) {
  const headers = { "content-type": "application/json" };
  const answer = await fetch("/push/subscriptions", { method, headers, body: JSON.stringify(subscription) });
  // Logged out meanwhile: the page as it is now asks to log in.
  if (answer.status === 401) return location.reload();
  if (!answer.ok && answer.status !== 404) throw new Error(`the platform says ${answer.status}`);
}

/** For the service worker, which may have to renew it when nobody is here. */
async function keep(subscription) {
  const kept = await caches.open("push");
  await kept.put("/push/subscription", Response.json(subscription));
}

async function turnOn() {
  if ((await Notification.requestPermission()) !== "granted") return show();
  const { pushManager } = await worker();
  let subscription = await pushManager.getSubscription();
  if (subscription && !isForUs(subscription)) {
    await subscription.unsubscribe();
    subscription = null;
  }
  subscription ??= await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: box.dataset.key });
  await send("POST", subscription);
  await keep(subscription);
  location.reload();
}

async function turnOff() {
  const subscription = await (await worker()).pushManager.getSubscription();
  if (subscription) {
    await send("DELETE", { endpoint: subscription.endpoint });
    await subscription.unsubscribe();
  }
  location.reload();
}

async function show() {
  // An iPhone or iPad shows notifications of what stands on its home screen only.
  if (navigator.standalone === false) return say("install");
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!able) return say("unsupported");
  if (Notification.permission === "denied") return say("denied");
  const subscription = await (await worker()).pushManager.getSubscription();
  const entry = await listed(subscription);
  if (!entry || !isForUs(subscription)) return say("off", "on");
  entry.querySelector("b").append(` (${box.dataset.this})`);
  say("on", "off");
}

if (box) {
  const failed = (error) => {
    console.warn(error);
    say("failed", "on");
  };
  button("on").addEventListener("click", () => turnOn().catch(failed));
  button("off").addEventListener("click", () => turnOff().catch(failed));
  show().catch(failed);
}
