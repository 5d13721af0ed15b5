// A patient with one practice in the portal: books by its forms, cancels, moves, looks again.
import { appointmentOn, choices, links } from './page.mjs';

/** A day of these weeks is not over before the run is. */
const WEEKS = [1, 3];
/** Everybody wants the first that are free, so that several want the same. */
const WANTED = { days: 2, times: 4 };
const APPOINTMENT = /\/appointments\/[0-9a-f-]{36}$/;
const REASON = 'Keelpijn';
/** Who has so many cancels some before booking more: an agenda has an end. */
const MOST_STANDING = 30;

/** What this patient does at this practice, told to the ledger as it is answered. */
export class Patient {
  constructor(visitor, platform, practice, { chance, ledger }) {
    Object.assign(this, { visitor, platform, practice, chance, ledger, standing: [] });
  }

  /** Books; before that now and then cancels one, moves one or looks at it again. Gives whether it was answered. */
  async act() {
    const isFull = this.standing.length >= MOST_STANDING;
    if (isFull || (this.standing.length > 0 && this.chance.isOneIn(4))) {
      const id = this.chance.pick(this.standing);
      await this[isFull ? 'cancel' : this.chance.weighted({ cancel: 2, move: 2, read: 1 })](id);
    }
    return this.book();
  }

  async book() {
    const chosen = await this.chooseTime(this.chance.pick(await this.agendas()));
    if (!chosen?.address.endsWith('/reason')) return false;
    const check = await this.visitor.post(chosen.address, { reason: REASON });
    return check.address.endsWith('/check') && this.ask(check, {});
  }

  /** The old one is over once the new one stands, and not before. */
  async move(id) {
    const begin = await this.visitor.get(`${this.platform}/appointments/${id}/reschedule`);
    const isMovable = /\/reschedule\/time\?/.test(begin.address);
    const check = isMovable ? await this.chooseTime(begin.address) : undefined;
    if (!check?.address.endsWith('/check')) return;
    this.ledger.asked('patient', id);
    await this.ask(check, { reason: REASON });
    await this.read(id);
  }

  async cancel(id) {
    this.ledger.asked('patient', id);
    await this.visitor.post(`${this.platform}/appointments/${id}/cancel`, { words: 'Het gaat weer' });
    await this.read(id);
  }

  /** Sends the form of a check page, and gives whether it led to an appointment. Some tap twice: that is no second wish. */
  async ask(check, answers) {
    const [form] = choices(check.text, 'form');
    const tap = () => this.visitor.post(check.address, { form, ...answers });
    const pages = await Promise.all(this.chance.isOneIn(5) ? [tap(), tap()] : [tap()]);
    const asked = pages.filter(({ address }) => APPOINTMENT.test(address)).map(appointmentOn);
    this.ledger.sent(form, new Set(asked.map(({ id }) => id)));
    for (const read of asked) this.hear(read);
    return asked.length > 0;
  }

  /** Reads again how one stands. */
  async read(id) {
    this.hear(await this.look(id));
  }

  hear(read) {
    this.ledger.heard('patient', { ...read, by: this });
    const others = this.standing.filter((id) => id !== read.id);
    this.standing = ['over', 'failed'].includes(read.standing) ? others : [...others, read.id];
  }

  /** How an appointment stands in the patient's eyes. */
  async look(id) {
    const page = await this.visitor.get(`${this.platform}/appointments/${id}`);
    // Whose time was gone is led to other times.
    const gone = new URL(page.address).searchParams.get('gone');
    if (gone) return { id, standing: 'failed', start: Date.parse(gone) };
    const read = appointmentOn(page);
    // Whose new time was gone is led to the visit that was to be moved, where that cannot be moved any more.
    return read.id === id ? read : { id, standing: 'failed' };
  }

  /** The page that follows upon a choice of a time that was free; none where nothing is. */
  async chooseTime(times) {
    const week = await this.visitor.get(`${times}&week=${this.chance.between(...WEEKS)}`);
    const days = links(week.text, /&day=/);
    if (days.length === 0) return undefined;
    const day = await this.visitor.get(this.platform + this.chance.pick(days.slice(0, WANTED.days)));
    const slots = choices(day.text, 'slot');
    if (slots.length === 0) return undefined;
    return this.visitor.post(day.address, { slot: this.chance.pick(slots.slice(0, WANTED.times)) });
  }

  /** Where a time is chosen, for each type and agenda; looked up once. */
  async agendas() {
    if (this.known) return this.known;
    const types = await this.visitor.get(`${this.platform}/book/${this.practice}`);
    const found = [];
    for (const type of links(types.text, /\/agenda\?type=/)) {
      const agendas = await this.visitor.get(this.platform + type);
      found.push(...links(agendas.text, /\/time\?type=.*&agenda=[^&]+$/).map((path) => this.platform + path));
    }
    if (found.length === 0) throw new Error(`nothing to book at ${this.practice}`);
    return (this.known = [...new Set(found)]);
  }
}
