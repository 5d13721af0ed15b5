create table patient (
  id text primary key,
  practice text not null,
  -- The citizen number: sealed, and a keyed index to find it by.
  bsn bytea not null,
  bsn_index text not null,
  name text not null,
  -- The name in lower case, to search in.
  name_folded text not null,
  birth_date text,
  phone text,
  unique (practice, bsn_index)
);
