-- A mail address that a patient gave and has yet to prove. The code is nowhere: it follows from the id, the address
-- and a key.
create table address_check (
  account text primary key references account (id),
  -- Another for each code.
  id text not null,
  -- Sealed: the address.
  address bytea not null,
  asked_at bigint not null,
  -- Wrong codes so far.
  tries bigint not null,
  -- Codes that were sent since `counted_from`.
  codes bigint not null,
  counted_from bigint not null
);

-- Where a patient had mail before, until it is told there that the address was changed.
create table former_address (
  id text primary key,
  account text not null references account (id),
  -- Sealed: the address.
  address bytea not null,
  left_at bigint not null
);
