-- Times at which somebody may be booked. Whether a slot is free is not written here: see occupancy.
create table slot (
  id text primary key,
  practice text not null,
  schedule text not null references schedule (id),
  category text not null,
  -- The calendar day in the practice's time zone.
  day text not null,
  starts_at bigint not null,
  ends_at bigint not null,
  -- Its steps on the agenda's grid: first_step up to, not including, until_step.
  first_step bigint not null,
  until_step bigint not null
);
create index slot_to_search on slot (practice, category, starts_at);
create index slot_of_schedule on slot (schedule, day);

create table appointment (
  id text primary key,
  practice text not null,
  schedule text not null references schedule (id),
  patient text not null references patient (id),
  category text not null,
  -- requested | booked | declined | cancelled
  state text not null,
  starts_at bigint not null,
  ends_at bigint not null,
  -- What the patient wrote.
  reason text,
  -- What the practice says to the patient.
  message text,
  -- Why the patient cancelled it, where the patient said so.
  ended_because text,
  -- The number that the platform gave it.
  identifier_system text,
  identifier_value text,
  -- patient | practice
  made_by text not null,
  -- Grows with each change; told is the last version that the platform knows.
  version bigint not null,
  told bigint not null,
  created_at bigint not null,
  changed_at bigint not null,
  unique (practice, identifier_system, identifier_value)
);
create index appointment_of_schedule on appointment (schedule, starts_at);
create index appointment_by_state on appointment (practice, state);
create index appointment_by_creation on appointment (practice, created_at);

-- The constraint that makes a double booking impossible: each five-minute step of a schedule has one owner.
create table occupancy (
  schedule text not null,
  step bigint not null,
  appointment text not null references appointment (id),
  primary key (schedule, step)
);
create index occupancy_of_appointment on occupancy (appointment);
