// What the practice system's tables say of the times that are held, asked without the program.

const STANDS = "in ('requested', 'booked')";
const STEP_MICROSECONDS = 300_000_000;

const STANDING = `select count(*) from appointment where state ${STANDS} and made_by = 'patient'`;
const OVERLAPPING = `select count(*) from appointment one join appointment other
  on other.schedule = one.schedule and other.id > one.id
  and other.starts_at < one.ends_at and one.starts_at < other.ends_at
  where one.state ${STANDS} and other.state ${STANDS}`;
/** Those that hold more or fewer steps than they last, or others, and those that hold a step although they are over. */
const STEPS_AMISS = `select count(*) from (
  select a.id, a.state, (a.ends_at - a.starts_at) / ${STEP_MICROSECONDS} as lasts, count(o.step) as holds,
    sum(case when o.schedule = a.schedule and o.step * ${STEP_MICROSECONDS} >= a.starts_at
             and o.step * ${STEP_MICROSECONDS} < a.ends_at then 1 else 0 end) as own
  from appointment a left join occupancy o on o.appointment = a.id group by a.id, a.state, a.ends_at, a.starts_at
  ) as each where case when state ${STANDS} then holds <> lasts or own <> lasts else holds <> 0 end`;

/** How many stand that a patient made, how many pairs overlap, and how many hold another time than their own. */
export async function held(xis) {
  const count = async (query) => Number((await xis.ask(query))[0][0]);
  const [standing, overlapping, stepsAmiss] = await Promise.all([STANDING, OVERLAPPING, STEPS_AMISS].map(count));
  return { standing, overlapping, stepsAmiss };
}
