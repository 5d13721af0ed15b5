-- Whether the XIS's id was taken for the attempt's by patient, time and type alone, and may prove to be another visit's (A11).
alter table appointment add column guessed bigint not null default 0;
create index appointment_guessed on appointment (practice) where guessed = 1;
