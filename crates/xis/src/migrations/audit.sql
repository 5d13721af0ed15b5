create table audit (
  id text primary key,
  at bigint not null,
  practice text not null,
  -- Who acted, and for or about whom.
  actor text not null,
  subject text,
  action text not null,
  object text not null,
  outcome text not null,
  -- HMAC over the columns above.
  seal text not null
);
create index audit_of_subject on audit (subject, at);
