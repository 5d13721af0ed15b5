// One appointment as the practice system holds it, and the changes that befall it, by chance.

const BSN = 'http://fhir.nl/fhir/NamingSystem/bsn';
const FIVE_MINUTES_MS = 300_000;
const DAYS_AHEAD = 300;

/** How often what happens, when the appointment stands and when it is over. */
const STANDING = { move: 9, back: 3, cancel: 2, same: 2, refuse: 1, handOver: 1 };
const OVER = { again: 5, same: 2, refuse: 1 };

/** What is sent and must be refused: by its status, and what makes it so. */
const REFUSED = [
  [403, (change) => (change.practice = '01000009')],
  [412, (change) => (change.headers = { 'if-match': 'W/"999999"' })],
  [422, ({ body }) => (body.end = body.start)],
  [400, ({ body }) => (body.start = body.start.replace('Z', ''))],
  [400, ({ body }) => (body.participant[0].actor.identifier.value = '999990018')],
];

/**
 * The life of appointment `id` of this practice. `next()` gives its next change: what to PUT, which status to expect
 * (200, unless it must be refused), and the states that are true once it is acknowledged, by patient.
 */
export class Life {
  constructor(chance, id, practice, patients) {
    Object.assign(this, { chance, id, practice, patients, starts: [], over: false });
    this.patient = chance.pick(patients);
  }

  next() {
    const { chance } = this;
    if (this.starts.length === 0) return this.book(this.newStart());
    return this[chance.weighted(this.over ? OVER : STANDING)]();
  }

  move() {
    return this.book(this.newStart());
  }

  /** To a time that it had before. */
  back() {
    return this.book(this.chance.pick(this.starts));
  }

  again() {
    return this.chance.isOneIn(2) ? this.book(this.start) : this.move();
  }

  cancel() {
    this.over = true;
    return this.change();
  }

  same() {
    return this.change();
  }

  /** A12: another patient gets it; the former one's is cancelled. */
  handOver() {
    const former = this.patient;
    this.patient = this.chance.pick(this.patients.filter((one) => one !== former));
    const change = this.change();
    return { ...change, states: [{ patient: former, over: true, at: this.start }, ...change.states] };
  }

  refuse() {
    const [status, spoil] = this.chance.pick(REFUSED);
    const start = this.newStart();
    const change = { ...this.put(start), status, states: [] };
    spoil(change);
    return change;
  }

  book(start) {
    Object.assign(this, { start, over: false });
    if (!this.starts.includes(start)) this.starts.push(start);
    return this.change();
  }

  change() {
    const state = { patient: this.patient, over: this.over, at: this.start };
    return { ...this.put(this.start), status: 200, states: [state] };
  }

  put(start) {
    const { id, practice, patient, over } = this;
    const end = new Date(start + 2 * FIVE_MINUTES_MS).toISOString();
    const body = { resourceType: 'Appointment', id, status: over ? 'cancelled' : 'booked' };
    Object.assign(body, { start: new Date(start).toISOString(), end, comment: 'POISON comment' });
    body.serviceCategory = [{ coding: [{ system: 'urn:poison', code: 'POISON', display: 'POISON type' }] }];
    const identifier = { system: BSN, value: patient.bsn };
    body.participant = [{ actor: { reference: 'Patient/1', display: patient.name, identifier }, status: 'accepted' }];
    return { practice, id, body, headers: {} };
  }

  /** A time that this appointment was never given: a state told can be known by its time alone. */
  newStart() {
    this.taken ??= new Set();
    for (;;) {
      const day = new Date();
      day.setUTCDate(day.getUTCDate() + this.chance.between(2, DAYS_AHEAD));
      day.setUTCHours(this.chance.between(7, 15), 5 * this.chance.upTo(12), 0, 0);
      if (!this.taken.has(day.getTime())) {
        this.taken.add(day.getTime());
        return day.getTime();
      }
    }
  }
}
