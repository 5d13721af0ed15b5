// A patient's phone: Chromium, its service worker, and what that shows.
import { within } from '../../lib/within.mjs';

const SHOWN_MS = 30_000;
/** Chromium's tools lose a message now and then, on a machine with much to do: a push service would send it again. */
const AGAIN_MS = 5_000;

/** A browser in which a patient is logged in and the service worker is installed. */
export class Phone {
  static async of(browser, { platform, visitors }, patient) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, permissions: ['notifications'] });
    const cookies = [...visitors[patient].cookies.get(platform)];
    await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: platform })));
    const phone = Object.assign(new Phone(), { context, platform, page: await context.newPage() });
    await phone.install();
    return phone;
  }

  async install() {
    const { context, page } = this;
    this.tools = await context.newCDPSession(page);
    const registered = new Promise((found) => {
      this.tools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [first] }) => first && found(first));
    });
    await this.tools.send('ServiceWorker.enable');
    await page.goto(this.platform);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    this.registrationId = (await registered).registrationId;
    this.worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    // What the browser does with these two cannot be seen from outside, so the calls are kept.
    await this.worker.evaluate(() => {
      self.opened = [];
      self.navigator.setAppBadge = async (count) => void (self.badge = count);
      self.clients.openWindow = async (url) => void self.opened.push(url);
    });
  }

  deliver(data) {
    const { platform: origin, registrationId } = this;
    return this.tools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
  }

  /** Delivers a message, and gives the notification that is shown for it. */
  async show(message) {
    const isIt = ({ title, tag }) => title === message.title && tag === message.tag;
    let deliverAt = performance.now();
    return within(SHOWN_MS, `"${message.title}" shown`, async () => {
      if (performance.now() >= deliverAt) {
        await this.deliver(JSON.stringify(message));
        deliverAt = performance.now() + AGAIN_MS;
      }
      return (await this.shown()).find(isIt);
    });
  }

  shown() {
    return this.worker.evaluate(async () => {
      const shown = await self.registration.getNotifications();
      return shown.map(({ title, body, lang, tag, data }) => ({ title, body, lang, tag, data }));
    });
  }

  badge() {
    return this.worker.evaluate(() => self.badge);
  }

  /** Taps the newest notification, and gives the address that opens; the notification is gone then. */
  async click() {
    return this.worker.evaluate(async () => {
      const [newest, ...others] = (await self.registration.getNotifications()).reverse();
      self.opened.length = 0;
      self.dispatchEvent(new NotificationEvent('notificationclick', { notification: newest }));
      while (self.opened.length === 0) await new Promise((soon) => setTimeout(soon, 10));
      const left = (await self.registration.getNotifications()).length;
      if (left !== others.length) throw new Error('the notification is still there');
      return self.opened[0];
    });
  }

  close() {
    return this.context.close();
  }
}
