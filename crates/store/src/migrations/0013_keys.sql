-- Whose it is, sealed: another key of the index needs the number itself. Null where it was kept before there was this.
alter table message add column bsn bytea;
alter table invitation add column bsn bytea;
alter table parked_update add column bsn bytea;

-- With which keys a process works, so that none is taken away or put to use too soon.
create table key_holder (
  process text primary key,
  -- The key that it seals with.
  current bigint not null,
  -- The keys that it opens with, such as "1 2".
  known text not null,
  held_at bigint not null
);

-- Whose id it was in the audit trail, for as long as that is kept.
create table former_account (
  id text primary key,
  -- Sealed: the BSN.
  bsn bytea not null,
  deleted_at bigint not null
);
