-- Makes a database as it was when its tables had just been made: whoever worked on it is gone, and so is what they left.
-- Fails where tables, policies, triggers or grants are not as the migrations left them (keep.sql).
select pg_terminate_backend(pid, 10000) from pg_stat_activity
 where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend';
-- The audit trail refuses to be deleted, and tables that refer to each other have no order of their own.
set session_replication_role = replica;
do $$
declare one record;
begin
  if (select says from kept.shape) is distinct from (select says from kept.whole) then
    raise exception 'the tables were changed';
  end if;
  for one in select nspname from pg_namespace
              where nspname not in ('platform', 'kept', 'public', 'information_schema') and nspname !~ '^pg_' loop
    execute format('drop schema %I cascade', one.nspname);
  end loop;
  for one in select tablename from pg_tables where schemaname = 'platform' and tablename <> '_sqlx_migrations' loop
    execute format('delete from platform.%I', one.tablename);
  end loop;
  -- What the migrations themselves wrote.
  for one in select tablename from pg_tables where schemaname = 'kept' and tablename <> 'whole' loop
    execute format('insert into platform.%I select * from kept.%I', one.tablename, one.tablename);
  end loop;
end $$;
