// Everything that was written, by the kind of place.
import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { CONTROL, PATIENTS, STRANGERS } from './marks.mjs';

const AROUND = 40;

/** Bytes of one kind of place, each piece with a name. */
export class Place {
  constructor() {
    Object.assign(this, { bytes: 0, hits: [], ways: new Set() });
  }

  /** Looks at a piece, as it is and without its line breaks: mail breaks what it encodes. */
  look(name, piece) {
    this.bytes += piece.length;
    for (const [how, bytes] of [['', piece], [', lines joined', joined(piece)]]) {
      for (const family of [PATIENTS, STRANGERS]) {
        for (const { way, at } of family.in(bytes)) this.hits.push(`${name}${how}, ${way}: ${around(bytes, at)}`);
      }
      for (const { way } of CONTROL.in(bytes)) this.ways.add(way);
    }
  }

  /** Looks at every file below a folder that `fits` by its path. */
  async lookBelow(folder, fits = () => true) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      // A file that went meanwhile held nothing that is not in another.
      if (entry.isFile() && fits(path)) this.look(relative(folder, path), await readFile(path).catch(() => Buffer.alloc(0)));
    }
    return this;
  }

  get control() {
    return this.ways.size;
  }
}

function joined(piece) {
  return Buffer.from(piece.toString('latin1').replaceAll(/\r?\n/g, ''), 'latin1');
}

function around(bytes, at) {
  return JSON.stringify(bytes.toString('latin1', Math.max(0, at - AROUND), at + AROUND));
}
