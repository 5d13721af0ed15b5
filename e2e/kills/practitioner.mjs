// A practitioner behind the pages of the practice system: answers requests, plans, moves and cancels, each in the own
// agenda.
import { choices, links, requestOn } from './page.mjs';
import { workingDay } from '../story/lib/when.mjs';

const APPOINTMENT = /\/appointments\/[0-9a-f]{8}-[0-9a-f-]{27}$/;
/** Working days ahead on which nothing begins before the run is over. */
const DAYS = [5, 14];
const KINDS = ['consult', 'dubbel', 'video'];
/** Who has planned so many cancels before planning more: an agenda has an end. */
const MOST_PLANNED = 30;

/** What happens in one agenda, told to the ledger as it is answered. */
export class Practitioner {
  constructor(visitor, xis, { practice, schedule, patients }, { chance, ledger }) {
    Object.assign(this, { visitor, home: `${xis}/${practice}`, xis, schedule, patients, chance, ledger, planned: 0 });
  }

  /** One act, and whether it was answered as done. */
  act() {
    const act = this.chance.weighted({ answer: 5, plan: 3, move: 4, cancel: 2 });
    return this[act === 'plan' && this.planned >= MOST_PLANNED ? 'cancel' : act]();
  }

  /** Approves or declines what a patient asks for; there may be nothing. */
  async answer() {
    const page = await this.visitor.get(`${this.home}/requests`);
    const asked = page.text.split('<article').slice(1).filter((article) => article.includes(`/${this.schedule}/`));
    const [open] = asked.flatMap((article) => links(article, /\/appointments\/[0-9a-f-]{36}$/));
    if (!open) return this.move();
    const isApproved = !this.chance.isOneIn(4);
    return this.send(open, isApproved ? 'approve' : 'decline', { message: '' }, isApproved ? undefined : 'over');
  }

  async plan() {
    const form = {
      find: this.chance.pick(this.patients),
      kind: this.chance.pick(KINDS),
      schedule: this.schedule,
      date: this.day(),
      message: 'Tot dan',
    };
    const address = `${this.home}/appointments/new`;
    const shown = await this.visitor.post(address, { ...form, do: 'show' });
    const times = choices(shown.text, 'time').filter((time) => time !== 'other');
    if (times.length === 0) return false;
    const [patient] = choices(shown.text, 'patient');
    const page = await this.visitor.post(address, { ...form, patient, time: this.chance.pick(times), do: 'save' });
    if (page.address === address) return false;
    this.planned += 1;
    return this.read(page);
  }

  async move() {
    const open = await this.choose();
    if (!open) return this.plan();
    const form = { schedule: this.schedule, date: this.day(), message: '' };
    const shown = await this.visitor.post(`${this.xis + open}/move`, { ...form, do: 'show' });
    const times = choices(shown.text, 'time').filter((time) => time !== 'other');
    if (times.length === 0) return false;
    return this.send(open, 'move', { ...form, time: this.chance.pick(times), do: 'save' });
  }

  async cancel() {
    const open = await this.choose();
    if (!open) return this.plan();
    this.planned -= 1;
    return this.send(open, 'cancel', { reason: 'Ziek' }, 'over');
  }

  /** Sends an act of this name on an appointment, and reads what its page shows after that. */
  async send(open, act, form, wish) {
    if (wish === 'over') this.ledger.asked('practice', open.slice(-36));
    const page = await this.visitor.post(`${this.xis + open}/${act}`, form);
    // The time is not free any more, and the form is shown again: what is true stands on the appointment's own page.
    const isForm = !/class="tag /.test(page.text);
    return this.read(isForm ? await this.visitor.get(this.xis + open) : page);
  }

  read(page) {
    this.ledger.heard('practice', { ...requestOn(page) });
    return true;
  }

  /** An appointment of a patient of ours on some day of the agenda; there may be none. */
  async choose() {
    const day = await this.visitor.get(`${this.home}/${this.schedule}/${this.day()}`);
    const agenda = day.text.match(/<table class="agenda">.*?<\/table>/s)?.[0] ?? '';
    const open = links(agenda, APPOINTMENT);
    return open.length > 0 ? this.chance.pick(open) : undefined;
  }

  day() {
    return workingDay(this.chance.between(...DAYS));
  }
}
