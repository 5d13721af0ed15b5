// What patients and practitioners were answered, kept outside both ends: no kill touches it.

export class Ledger {
  constructor() {
    Object.assign(this, { forms: new Map(), wishes: { patient: new Set(), practice: new Set() } });
    this.reads = { patient: new Map(), practice: new Map() };
  }

  /** This form was sent, and led to the appointments with these ids: to none where the time was gone. */
  sent(form, ids) {
    this.forms.set(form, ids);
  }

  /** Somebody of this side is about to end the appointment that this side knows by this id. */
  asked(side, id) {
    this.wishes[side].add(id);
  }

  /** Somebody of this side reads how an appointment stands. */
  heard(side, read) {
    const known = this.reads[side];
    known.set(read.id, [...(known.get(read.id) ?? []), read]);
  }
}
