// The run on one database, asked for by kills.mjs: prints its figures.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { newDatabase } from '../lib/database.mjs';
import { figuresOf } from './figures.mjs';
import { runOn } from './run.mjs';

const { server, ...asked } = JSON.parse(process.argv[2]);
const { name, seed } = asked;
const database = server && (await newDatabase(server, `kills_${seed}_${process.pid}`));
const run = await runOn({ ...asked, database });

for (const [what, figure, goal] of figuresOf(run, asked)) console.log(`${name}: ${what}\t${figure}\t${goal}`);
const place = process.env.BALIE_KILLS_REPORT;
const wrong = { ...run.verdict, why: run.why };
if (place) await writeFile(join(place, `${name}-${seed}.json`), JSON.stringify(wrong, null, 2));
process.disconnect();
