-- The words by which patients find a practice: those of its name and place, in small letters without accents. Empty where
-- it was written before there was this: then it is filled in right after this step.
alter table practice add column sought text not null default '';

-- The picture that a practice shows beside its name. It is for everybody.
create table practice_logo (
  practice text primary key references practice (agb),
  media_type text not null,
  content bytea not null
);
