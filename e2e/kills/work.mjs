// Everybody at work until so much is done.

/** Work that goes on: how much was answered so far, whether it is done, and how often somebody had to ask again. */
export class Work {
  constructor({ patients, practitioners, visitors }, { bookings, updates }) {
    Object.assign(this, { bookings: 0, updates: 0, visitors, isDone: false });
    const began = performance.now();
    const all = [
      ...patients.map((patient) => this.keepOn(patient, 'bookings', bookings)),
      ...practitioners.map((practitioner) => this.keepOn(practitioner, 'updates', updates)),
    ];
    this.ended = Promise.all(all).finally(() => {
      this.isDone = true;
      this.seconds = (performance.now() - began) / 1000;
    });
    // Whoever waits for the end hears of a failure; until then it is nobody's.
    this.ended.catch(() => {});
  }

  async keepOn(person, what, goal) {
    while (this[what] < goal) if (await person.act()) this[what] += 1;
  }

  get answered() {
    return this.bookings + this.updates;
  }

  get repeats() {
    return this.visitors.reduce((sum, { repeats }) => sum + repeats, 0);
  }
}
