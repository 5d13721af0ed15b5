create table outbox (
  id text primary key,
  -- Which courier takes it.
  topic text not null,
  -- Messages of one lane are delivered one at a time, in the order of their places.
  lane text not null,
  place bigint not null,
  -- Whose it is: turns go round between tenants, so that one backlog holds up nobody else.
  tenant text not null,
  payload text not null,
  created_at bigint not null,
  -- waiting | done | dead
  standing text not null,
  due_at bigint not null,
  attempts bigint not null,
  -- Why the last attempt did not succeed, in words.
  problem text,
  ended_at bigint,
  -- Who delivers it now and until when; `fence` grows with every claim, so that a late owner changes nothing.
  owner text,
  leased_until bigint,
  fence bigint not null,
  unique (lane, place)
);
-- One for each question, each over the rows that can be an answer: what is done costs nothing to look past.
create index outbox_due on outbox (due_at) where standing = 'waiting';
create index outbox_tenant on outbox (tenant, due_at) where standing = 'waiting';
create index outbox_lane on outbox (lane, place) where standing = 'waiting';
create index outbox_dead on outbox (created_at) where standing = 'dead';
create index outbox_done on outbox (ended_at) where standing = 'done';
