-- What a patient's calendar was last sent of an appointment. Once there, each change of it is sent too.
create table calendar_edition (
  appointment text not null references appointment (id),
  account text not null references account (id),
  -- Grows by one with each other content (RFC 5545, SEQUENCE).
  sequence bigint not null,
  -- A keyed hash of what it says: it tells a repeat from a change, and nothing else.
  fingerprint text not null,
  made_at bigint not null,
  primary key (appointment, account)
);
