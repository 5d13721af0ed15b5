// What the visits of a run come to.

/** p99 of the calm and of the troubled phases may differ by a tenth, or by this. */
const FEW_MS = 5;

/** `[name, figure, goal]` of each figure. */
export function figuresOf({ calm, troubled, hung, mostUnderWay, practices }) {
  const [before, during] = [calm, troubled].map((visits) => percentile(visits.map(({ ms }) => ms), 99));
  const bound = Math.max(FEW_MS, before / 10);
  const failed = [...calm, ...troubled].filter(({ status }) => status !== 200);
  const slowest = (values) => Math.max(...values);
  return [
    ['practices', practices, '=50'],
    ['slot pages of the others while all is well', calm.length, '>=1000'],
    ['slot pages of the others while one hangs', troubled.length, '>=1000'],
    ['errors of the others', failed.length, '=0'],
    ['p50 of the others while all is well', `${percentile(calm.map(({ ms }) => ms), 50).toFixed(1)} ms`, '>=0 ms'],
    ['p50 of the others while one hangs', `${percentile(troubled.map(({ ms }) => ms), 50).toFixed(1)} ms`, '>=0 ms'],
    ['p99 of the others while all is well', `${before.toFixed(1)} ms`, '>=0 ms'],
    ['p99 of the others while one hangs', `${during.toFixed(1)} ms`, '>=0 ms'],
    ['p99 rises by, at most a tenth or 5 ms', `${(during - before).toFixed(1)} ms`, `<=${bound.toFixed(1)} ms`],
    ['calls under way at the one that hangs, at its own count', mostUnderWay, '<=16'],
    ['slowest page of the one that hangs', `${slowest(hung.pages).toFixed(0)} ms`, '<=3000 ms'],
    ['not called any more after, slowest round', `${slowest(hung.openedMs).toFixed(0)} ms`, '<=5000 ms'],
    ['called again after it recovered, slowest round', `${slowest(hung.closedMs).toFixed(0)} ms`, '<=10000 ms'],
  ];
}

function percentile(values, percent) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)];
}
