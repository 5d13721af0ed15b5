-- What is looked for by patient is found by patient, also when a patient leaves: one index each, which serves what the
-- former one did as well.
drop index delivery_about;
create index delivery_account on delivery (account, about, route);
drop index notice_appointment;
create index notice_account on notice (account, appointment);
create index calendar_edition_account on calendar_edition (account);
create index former_address_account on former_address (account);

-- What waits for a patient who has no account yet, at a patient's first login.
create index invitation_bsn on invitation (bsn_index) where bsn_index is not null;

-- What is kept for a time and then swept away.
create index parked_update_received on parked_update (received_at);
create index parked_response_received on parked_response (received_at);
create index former_address_left on former_address (left_at);
create index former_account_deleted on former_account (deleted_at);

-- Where in the trail a time is.
create index audit_seal_newest on audit_seal (newest_at, low);
