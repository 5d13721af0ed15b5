// Measures the demo's start and stop: `make ready`. Prints figures for scripts/figures to judge; FULL=1 runs more.
import { startDemo } from './lib/balie.mjs';

const runs = process.env.FULL === '1' ? 15 : 5;

const ready = [];
const stopped = [];
for (let run = 0; run < runs; run += 1) {
  const demo = await startDemo();
  ready.push(demo.readyMs);
  stopped.push(await demo.stop());
}

print('demo ready, median', median(ready), '<=2000 ms');
print('demo ready, slowest', Math.max(...ready), '<=2000 ms');
print('demo stopped, median', median(stopped), '<=1000 ms');

function print(name, milliseconds, goal) {
  console.log(`${name}\t${milliseconds.toFixed(0)} ms\t${goal}`);
}

function median(figures) {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)];
}
