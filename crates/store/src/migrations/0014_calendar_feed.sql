-- The address at which a patient's own calendar fetches the patient's visits.
create table calendar_feed (
  account text primary key references account (id),
  -- Another for each address.
  id text not null,
  -- Of the secret in the address only a hash is kept.
  secret_hash text not null unique,
  made_at bigint not null,
  -- When a calendar was last there.
  fetched_at bigint
);
