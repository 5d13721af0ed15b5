-- What a practice wrote to a patient.
create table message (
  id text primary key,
  practice text not null references practice (agb),
  account text references account (id),
  -- D16: whose it will be, while the patient has no account; then there is an account, and this is null.
  bsn_index text,
  -- Sealed JSON: topic, text.
  words bytea not null,
  created_at bigint not null,
  seen_at bigint,
  check ((account is null) <> (bsn_index is null))
);
create index message_account on message (account, created_at);
create index message_waiting on message (bsn_index) where bsn_index is not null;

create table attachment (
  message text not null references message (id),
  -- From 1, in the order in which they were sent.
  number bigint not null,
  -- Sealed JSON: file name, media type, size.
  label bytea not null,
  -- Sealed: the file.
  content bytea not null,
  primary key (message, number)
);

-- That a practice asked a patient to register, or to add the practice.
create table invitation (
  id text primary key,
  practice text not null references practice (agb),
  bsn_index text not null,
  -- Of the token in the link, found by this hash.
  token_hash text not null unique,
  -- Sealed JSON: mail address, token; null once used or expired.
  contact bytea,
  created_at bigint not null,
  used_at bigint
);
create index invitation_created on invitation (created_at);

-- What a XIS sent, by a keyed fingerprint of its content: the same again within a day is answered the same.
create table receipt (
  fingerprint text primary key,
  -- Of the message or invitation that it became.
  id text not null,
  received_at bigint not null
);
create index receipt_received on receipt (received_at);
