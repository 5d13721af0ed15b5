-- Keeps what migrations write into tables, and the shape that they give them, for empty.sql.
begin;
create schema kept;
create view kept.shape as
  with part as (
    select concat_ws(' ', 'relation', oid, relname, relowner, relrowsecurity, relforcerowsecurity, relacl) as says
      from pg_class where relnamespace = 'platform'::regnamespace
    union all
    select concat_ws(' ', 'column', attrelid, attname, atttypid, attnotnull, attisdropped, attacl)
      from pg_attribute join pg_class on pg_class.oid = attrelid where relnamespace = 'platform'::regnamespace
    union all
    select concat_ws(' ', 'trigger', tgrelid, pg_trigger.oid, tgenabled)
      from pg_trigger join pg_class on pg_class.oid = tgrelid where relnamespace = 'platform'::regnamespace
    union all
    select concat_ws(' ', 'policy', polrelid, pg_policy.oid, polroles::text, md5(polqual::text), md5(polwithcheck::text))
      from pg_policy join pg_class on pg_class.oid = polrelid where relnamespace = 'platform'::regnamespace
    union all
    select concat_ws(' ', 'constraint', oid) from pg_constraint where connamespace = 'platform'::regnamespace
    union all
    select concat_ws(' ', 'function', oid, md5(prosrc)) from pg_proc where pronamespace = 'platform'::regnamespace
    union all
    select concat_ws(' ', 'schema', nspowner, nspacl, obj_description(oid, 'pg_namespace'))
      from pg_namespace where nspname = 'platform'
    union all
    select concat_ws(' ', 'migration', version, checksum) from platform._sqlx_migrations
  )
  select md5(string_agg(says, ',' order by says)) as says from part;
do $$
declare one record; is_filled boolean;
begin
  for one in select tablename from pg_tables where schemaname = 'platform' and tablename <> '_sqlx_migrations' loop
    execute format('select exists (select from platform.%I)', one.tablename) into is_filled;
    if is_filled then
      execute format('create table kept.%I as table platform.%I', one.tablename, one.tablename);
    end if;
  end loop;
end $$;
-- Last: where this is, the rest is.
create table kept.whole as table kept.shape;
commit;
