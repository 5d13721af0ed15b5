-- A device that shows notifications.
create table push_subscription (
  id text primary key,
  account text not null references account (id),
  -- Of the endpoint: one device is one row, whoever holds it.
  endpoint_index text not null unique,
  -- Sealed JSON: endpoint, keys, name of the device.
  device bytea not null,
  created_at bigint not null,
  -- When a push service last took something for it.
  last_used_at bigint,
  -- When its patient last tried it.
  tried_at bigint
);
create index push_subscription_account on push_subscription (account, created_at);
