-- What else the standard asks of a line (NEN 7513), all under the line's seal. Lines from before have none of it.
-- On whose behalf: practice | patient; null: on one's own.
alter table audit add column behalf text;
-- What permits it: session | token | link | command | duty | none.
alter table audit add column basis text;
-- What kind of thing the object is, such as Appointment.
alter table audit add column object_type text;
-- Through what it came: portal | api | command | jobs.
alter table audit add column entrance text;
-- The network address of whoever asked, and the id of the request.
alter table audit add column network text;
alter table audit add column request text;
-- Which fields the seal covers (1: as before this step, 2: all), and the id of its key.
alter table audit add column form bigint not null default 1;
alter table audit add column key_id bigint not null default 1;
-- Where it stands in the trail: never below what has been chained.
alter table audit add column place bigint not null default 0;
update audit set place = ordered.place
  from (select id, row_number() over (order by at, id) as place from audit) as ordered where ordered.id = audit.id;
create index audit_place on audit (place);

-- PostgreSQL: how far places are ahead of the transactions that they come from.
create table audit_epoch (ahead bigint not null);
insert into audit_epoch select count(*) from audit;

-- A batch of committed lines, chained to the one before it.
create table audit_seal (
  number bigint primary key,
  -- The lines whose places are at least low and below high.
  low bigint not null,
  high bigint not null,
  lines bigint not null,
  -- When the newest of them was written.
  newest_at bigint not null,
  -- The chain before it, and after it.
  previous text not null,
  chain text not null,
  sealed_at bigint not null,
  key_id bigint not null,
  -- HMAC over the columns above.
  seal text not null
);

-- In place of the batches up to this one, and their lines, which were kept long enough.
create table audit_tombstone (
  number bigint primary key,
  high bigint not null,
  -- How many lines went with it, and when the newest of them was written.
  lines bigint not null,
  newest_at bigint not null,
  chain text not null,
  swept_at bigint not null,
  key_id bigint not null,
  seal text not null
);
