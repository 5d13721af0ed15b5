-- Each page of a patient counts the news and sums the revisions: from these alone, however many visits there have been.
create index appointment_unseen on appointment (account) where unseen = 1;
create index appointment_pulse on appointment (account, revision);
