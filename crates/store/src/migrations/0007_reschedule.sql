-- The appointment whose place this one is to take. It is booked first, and only then is the other one cancelled.
alter table appointment add column replaces text references appointment (id);
create index appointment_replaces on appointment (replaces) where replaces is not null;

-- What a patient is choosing to move an appointment to, apart from what the patient may be booking there meanwhile.
create table reschedule_draft (
  appointment text primary key references appointment (id),
  account text not null references account (id),
  -- Sealed JSON: type, agenda, slot, reason.
  choice bytea not null,
  changed_at bigint not null
);
