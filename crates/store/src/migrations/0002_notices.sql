-- How and of what a patient wants to be told.
alter table account add column by_mail bigint not null default 1;
alter table account add column by_push bigint not null default 1;
-- As `detail`, for messages of a practice.
alter table account add column detail_messages bigint not null default 1;
-- Null: no reminders.
alter table account add column remind_minutes bigint default 1440;
-- What the link to stop reminders carries.
alter table account add column unsubscribe text;
create unique index account_unsubscribe on account (unsubscribe);

-- When to remind of the visit; null once that is done, or when there is nothing to remind of.
alter table appointment add column remind_at bigint;
create index appointment_remind on appointment (remind_at) where remind_at is not null;
-- What was booked before there were reminders: a day ahead, as is the default. What is past is taken off when due.
update appointment set remind_at = start_at - 86400000000 where state = 'booked' and account is not null;

-- One way in which a patient is told one thing.
create table delivery (
  -- A notice, or a message of a practice.
  notice text not null,
  -- mail | push:SUBSCRIPTION
  route text not null,
  -- The message in the outbox that brings it.
  message text not null,
  -- The appointment, or the message of a practice.
  about text not null,
  account text not null references account (id),
  -- Whether a part of it may have been told before, as that was when it was first tried; null until then.
  doubted bigint,
  -- sent | superseded | no_channel, null while it waits
  outcome text,
  ended_at bigint,
  primary key (notice, route)
);
create index delivery_about on delivery (about, account, route);

insert into delivery (notice, route, message, about, account, outcome, ended_at)
  select id, 'mail',
    coalesce((select max(outbox.id) from outbox
              where outbox.lane = 'notice:' || notice.account || ':' || notice.appointment
                and outbox.standing <> 'done'), id),
    appointment, account, case outcome when 'told' then 'sent' else outcome end, ended_at
  from notice;
update outbox set lane = lane || ':mail' where topic = 'mail';

-- What became of a notice is known per route now.
drop index notice_waiting;
alter table notice drop column outcome;
alter table notice drop column ended_at;
create index notice_appointment on notice (appointment, account);
