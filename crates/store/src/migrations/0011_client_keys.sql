-- The public keys that a client signs its assertions with (RFC 7523), as a key set (RFC 7517); null without.
-- A client without a secret has an empty secret_hash.
alter table xis_client add column keys text;

-- Assertions that were used: none is taken twice. Kept until they are refused for their age.
create table client_assertion (
  client text not null references xis_client (id),
  -- A hash of the assertion's jti.
  jti_hash text not null,
  forget_at bigint not null,
  primary key (client, jti_hash)
);
create index client_assertion_to_forget on client_assertion (forget_at);
