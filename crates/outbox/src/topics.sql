-- Each topic is looked through by itself, so that what one cannot deliver hides nothing of another.
drop index outbox_due;
drop index outbox_tenant;
create index outbox_due on outbox (topic, due_at) where standing = 'waiting';
create index outbox_tenant on outbox (topic, tenant, due_at) where standing = 'waiting';
