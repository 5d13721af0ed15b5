-- Who may call, and for which practices.
create table xis_client (
  id text primary key,
  secret_hash text not null,
  created_at bigint not null,
  revoked_at bigint
);

create table practice (
  agb text primary key,
  client text not null references xis_client (id),
  name text not null,
  -- JSON, see store::Settings.
  settings text not null,
  -- C18: whether its XIS has ever given our identifier back.
  returns_identifier bigint not null,
  created_at bigint not null
);
create index practice_client on practice (client);

-- A patient with an account.
create table account (
  id text primary key,
  bsn_index text not null unique,
  bsn bytea not null,
  -- Sealed JSON: name, mail address.
  person bytea not null,
  language text not null,
  -- How much a mail may say: 1 there is news, 2 date and time too, 3 practice and place too.
  detail bigint not null,
  created_at bigint not null
);

create table membership (
  account text not null references account (id),
  practice text not null references practice (agb),
  -- The patient's id at the XIS, as it was when checked (C15, C16).
  xis_patient text,
  checked_at bigint,
  primary key (account, practice)
);

create table session (
  -- Of the cookie's value only a hash is kept.
  token_hash text primary key,
  account text not null references account (id),
  -- Sealed JSON: the tokens of the login.
  tokens bytea not null,
  started_at bigint not null,
  used_at bigint not null
);

create table login (
  state_hash text primary key,
  -- Sealed JSON: nonce, code verifier.
  pending bytea not null,
  return_to text not null,
  started_at bigint not null
);

-- What a patient is choosing, kept on the server: at most one per practice.
create table draft (
  account text not null references account (id),
  practice text not null references practice (agb),
  -- Sealed JSON: type, agenda, slot, reason.
  choice bytea not null,
  changed_at bigint not null,
  primary key (account, practice)
);

create table appointment (
  -- Ours: the identifier that we send to the XIS.
  id text primary key,
  practice text not null references practice (agb),
  -- Null only for a tombstone.
  account text references account (id),
  xis_id text,
  state text not null,
  start_at bigint not null,
  end_at bigint not null,
  -- Sealed JSON: the state's facts, type, participants, comment, reason, what the last told change replaced.
  facts bytea not null,
  revision bigint not null,
  unseen bigint not null,
  -- The form that asked for it: a second tap finds the first.
  form text unique,
  created_at bigint not null,
  changed_at bigint not null,
  xis_updated_at bigint,
  unique (practice, xis_id)
);
create index appointment_account on appointment (account, start_at);
create index appointment_attempt on appointment (practice, account, start_at) where xis_id is null;

-- When the slot of a booking with unknown outcome was read again, and what was seen (C18).
create table sighting (
  appointment text not null references appointment (id),
  at bigint not null,
  free bigint not null,
  primary key (appointment, at)
);

-- An answer that came before the id was known (B11).
create table parked_response (
  practice text not null references practice (agb),
  xis_id text not null,
  -- Sealed JSON: the decision and its comment.
  response bytea not null,
  received_at bigint not null,
  primary key (practice, xis_id)
);

-- An appointment of somebody without an account (A2, setting).
create table parked_update (
  practice text not null references practice (agb),
  xis_id text not null,
  bsn_index text not null,
  -- Sealed: the body as it was received.
  body bytea not null,
  received_at bigint not null,
  primary key (practice, xis_id)
);
create index parked_update_bsn on parked_update (bsn_index);

-- What a patient is told, once per change.
create table notice (
  id text primary key,
  appointment text not null references appointment (id),
  revision bigint not null,
  kind text not null,
  practice text not null references practice (agb),
  account text not null references account (id),
  -- Sealed JSON: the content before the change.
  facts bytea not null,
  created_at bigint not null,
  -- told | superseded | no_channel, null while it waits
  outcome text,
  ended_at bigint,
  unique (appointment, revision, kind)
);
create index notice_waiting on notice (appointment, outcome);

-- Who did what, for whom. Never changed, never removed.
create table audit (
  id text primary key,
  at bigint not null,
  actor_kind text not null,
  actor text not null,
  subject text,
  practice text,
  action text not null,
  object text,
  outcome text not null,
  seal text not null
);
create index audit_subject on audit (subject, at);
