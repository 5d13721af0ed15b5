// Chance that can be repeated: the same seed makes the same choices.

/** Chance from a seed. `of(name)` gives a stream of its own, so that what happens at once does not mix the streams. */
export function chanceOf(seed) {
  let state = hash(String(seed));
  const next = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (bound) => Math.floor(next() * bound);
  return {
    upTo,
    /** A number from the first to the last, both included. */
    between: (first, last) => first + upTo(last - first + 1),
    isOneIn: (many) => upTo(many) === 0,
    pick: (list) => list[upTo(list.length)],
    /** The same things in another order. */
    shuffled: (list) => list.map((item) => [next(), item]).sort(([one], [other]) => one - other).map(([, item]) => item),
    /** One of the names, each as often as its weight says: `{ move: 5, cancel: 1 }`. */
    weighted: (weights) => {
      const names = Object.entries(weights).flatMap(([name, weight]) => Array(weight).fill(name));
      return names[upTo(names.length)];
    },
    of: (name) => chanceOf(`${seed}/${name}`),
  };
}

/** FNV-1a, 32 bits. */
function hash(text) {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}
