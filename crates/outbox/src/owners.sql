-- Who has messages under way: looked at when a process may be gone.
create index outbox_owner on outbox (owner) where owner is not null;
