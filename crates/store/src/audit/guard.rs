//! The database itself keeps the trail: nothing in it is changed, and nothing goes before it was swept.

use db::{Tx, sql_each};

use crate::{
    Error, Store,
    wall::{Job, Scoped as _},
};

/// On SQLite. A line may go once a tombstone is above it, and so may the seal of its batch.
const SQLITE: [&str; 6] = [
    "create trigger if not exists audit_stays before update on audit
     begin select raise(abort, 'a line of the audit trail is never changed'); end",
    "create trigger if not exists audit_stays_there before delete on audit
     when old.place >= coalesce((select max(high) from audit_tombstone), 0)
     begin select raise(abort, 'a line of the audit trail is not removed before it is swept'); end",
    "create trigger if not exists audit_seal_stays before update on audit_seal
     begin select raise(abort, 'a seal of the audit trail is never changed'); end",
    "create trigger if not exists audit_seal_stays_there before delete on audit_seal
     when old.number > coalesce((select max(number) from audit_tombstone), 0)
     begin select raise(abort, 'a seal of the audit trail is not removed before it is swept'); end",
    "create trigger if not exists audit_tombstone_stays before update on audit_tombstone
     begin select raise(abort, 'a tombstone of the audit trail is never changed'); end",
    "create trigger if not exists audit_tombstone_stays_there before delete on audit_tombstone
     begin select raise(abort, 'a tombstone of the audit trail is never removed'); end",
];

/// On PostgreSQL, in one statement, and only where it is not done: making a trigger waits for who writes.
const POSTGRES: &str = "do $guard$ begin
  if exists (select from pg_trigger where tgname = 'audit_stays' and tgrelid = 'audit'::regclass) then
    return;
  end if;
  create or replace function audit_stays() returns trigger language plpgsql set search_path from current as $$
  begin
    if tg_op = 'DELETE' then
      if tg_table_name = 'audit' then
        if old.place < (select coalesce(max(high), 0) from audit_tombstone) then return old; end if;
      elsif tg_table_name = 'audit_seal' then
        if old.number <= (select coalesce(max(number), 0) from audit_tombstone) then return old; end if;
      end if;
    end if;
    raise exception 'the audit trail is never changed: % on %', tg_op, tg_table_name
      using errcode = 'insufficient_privilege';
  end $$;
  create trigger audit_stays before update or delete on audit
    for each row execute function audit_stays();
  create trigger audit_stays before update or delete on audit_seal
    for each row execute function audit_stays();
  create trigger audit_stays before update or delete on audit_tombstone
    for each row execute function audit_stays();
  create trigger audit_is_not_emptied before truncate on audit execute function audit_stays();
  create trigger audit_is_not_emptied before truncate on audit_seal execute function audit_stays();
  create trigger audit_is_not_emptied before truncate on audit_tombstone execute function audit_stays();
end $guard$";

/// A database that was filled from a backup counts its transactions anew: places go on above what there is.
const AHEAD: &str = "update audit_epoch set ahead = used.high
  from (select greatest((select coalesce(max(place) + 1, 0) from audit),
                        coalesce((select high from audit_seal order by number desc limit 1), 0),
                        coalesce((select high from audit_tombstone order by number desc limit 1), 0)) as high) as used
  where ahead + pg_snapshot_xmax(pg_current_snapshot())::text::bigint < used.high";
/// On SQLite places do not come from transactions.
const NOTHING: &str = "select 1";

impl Store {
    /// Makes the database refuse to change the trail.
    pub(crate) async fn guard_audit(&self, tx: &mut Tx) -> Result<(), Error> {
        for sqlite in SQLITE {
            sql_each(sqlite, NOTHING).of_everybody(Job::Audit).execute(tx).await?;
        }
        sql_each(NOTHING, POSTGRES).of_everybody(Job::Audit).execute_later(tx).await?;
        Ok(())
    }

    /// Has the next lines stand above all that there is, whatever number the database's transactions have come to. Whoever
    /// works with the tables can do it, and must: their owner may have filled them anew since the last start.
    pub(crate) async fn go_on_ahead(&self, tx: &mut Tx) -> Result<(), Error> {
        sql_each(NOTHING, AHEAD).of_everybody(Job::Audit).execute_later(tx).await?;
        Ok(())
    }
}
