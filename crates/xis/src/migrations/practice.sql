-- Who works in a practice and what may be booked there. Practices themselves are configuration.
create table practitioner_role (
  id text primary key,
  practice text not null,
  name text not null,
  -- The practitioner's own AGB code: who it is that answers a request.
  agb text not null,
  specialty_code text not null,
  specialty_display text not null
);
create index practitioner_role_of_practice on practitioner_role (practice);

create table schedule (
  id text primary key,
  practice text not null,
  role text not null references practitioner_role (id),
  -- The order in which the practice lists its agendas.
  place bigint not null
);
create index schedule_of_practice on schedule (practice, place);

create table appointment_type (
  practice text not null,
  code text not null,
  display text not null,
  minutes bigint not null,
  -- Where it may be booked besides the desk (online), or null: the desk alone.
  channel text,
  place bigint not null,
  primary key (practice, code)
);
