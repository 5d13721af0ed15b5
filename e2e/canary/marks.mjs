// The marked numbers, and every way in which one may have been written down.

const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, -1];

/** Numbers that pass the 11-proof and begin so. */
function numbers(prefix) {
  const rest = 9 - prefix.length;
  const all = Array.from({ length: 10 ** rest }, (_, number) => prefix + String(number).padStart(rest, '0'));
  return all.filter((digits) => WEIGHTS.reduce((sum, weight, place) => sum + weight * digits[place], 0) % 11 === 0);
}

/** Numbers that begin alike are looked for by their beginning. */
class Family {
  constructor(prefix) {
    this.prefix = prefix;
    this.numbers = numbers(prefix);
    this.known = new Set(this.numbers);
    this.ways = ways(prefix);
  }

  /** Where one of them stands in these bytes, and how it is written. */
  in(bytes) {
    return Object.entries(this.ways).flatMap(([way, needle]) =>
      [...placesOf(needle, bytes)].filter((at) => this.isOne(way, bytes, at)).map((at) => ({ way, at })),
    );
  }

  /** Six digits may stand anywhere by chance; nine of ours do not, and neither does the beginning in other letters. */
  isOne(way, bytes, at) {
    return way !== 'plain' || this.known.has(bytes.toString('latin1', at, at + 9));
  }
}

/** Those of the demo's patients, those of whom only practices speak, and the one that is planted. */
export const PATIENTS = new Family('9999900');
export const STRANGERS = new Family('987654');
export const CONTROL = new Family('876543');

/** A text in each of the ways. */
export function ways(text) {
  const bytes = Buffer.from(text);
  const aligned = (before) => {
    const coded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64').replace(/=+$/, '');
    // What also depends on the bytes before and after it is left out.
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    return coded.slice(Math.ceil((before * 8) / 6), whole);
  };
  return {
    plain: bytes,
    'base64, first': Buffer.from(aligned(0)),
    'base64, second': Buffer.from(aligned(1)),
    'base64, third': Buffer.from(aligned(2)),
    hex: Buffer.from(bytes.toString('hex')),
    'url-encoded': Buffer.from([...bytes].map((byte) => `%${byte.toString(16)}`).join('')),
  };
}

function* placesOf(needle, bytes) {
  for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) yield at;
}
