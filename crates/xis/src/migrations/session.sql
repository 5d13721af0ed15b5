-- Who is logged in at the pages. Of the cookie's value only a hash is kept.
create table desk_session (
  token_hash text primary key,
  -- The practitioner's id at the login provider, and the name to greet with.
  practitioner text not null,
  name text not null,
  -- AGB codes of the practices that the practitioner works for, separated by spaces.
  practices text not null,
  started_at bigint not null,
  used_at bigint not null
);
create index desk_session_by_use on desk_session (used_at);
