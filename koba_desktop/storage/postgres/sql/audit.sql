-- The audit belongs to a role nobody logs in with; rows come from triggers only.
create function audit.refuse() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise insufficient_privilege using message = 'append_only', constraint = 'append_only';
end $$;
create trigger no_change before update or delete on audit.audit_event
for each row execute function audit.refuse();
create trigger no_truncate before truncate on audit.audit_event
for each statement execute function audit.refuse();

create table audit.seal (
  no bigint generated always as identity primary key,
  made_at timestamptz not null default clock_timestamp(),
  until_position bigint not null,
  events bigint not null,
  hash bytea not null
);
create trigger no_change before update or delete on audit.seal
for each row execute function audit.refuse();
create trigger no_truncate before truncate on audit.seal
for each statement execute function audit.refuse();

-- The order of writing, for the seals; nothing the program reads. It stays the same where the
-- database is restored on another server, which numbers of transactions do not.
alter table audit.audit_event add column position bigint generated always as identity;
create unique index audit_event_position on audit.audit_event (position);

create function audit.place() returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select concat_ws(' ', nullif(btrim(replace(
    current_setting('application_name'), 'koba-desktop', '')), ''), host(inet_client_addr()))
$$;

-- Which row was made, changed or deleted, and which of its fields; never what stood in them.
create function audit.track() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  changed jsonb := '[]';
  before jsonb;
  after jsonb;
begin
  if tg_op = 'UPDATE' then
    before := to_jsonb(old);
    after := to_jsonb(new);
    select coalesce(jsonb_agg(key), '[]') into changed
    from jsonb_each(after)
    where value is distinct from before -> key
      and key not in ('version', 'changed_at', 'changed_by');
    if changed = '[]' then
      return null;
    end if;
  end if;
  insert into audit.audit_event
    (id, created_at, created_by, action, object_kind, object_id, fields, host, reason, login)
  values (
    app.new_id(), app.now(), app.me(),
    case tg_op when 'INSERT' then 'create' when 'UPDATE' then 'change' else 'delete' end,
    tg_argv[0], case when tg_op = 'DELETE' then old.id else new.id end, changed,
    audit.place(), '', session_user::text);
  return null;
end $$;

-- What is done with a row beside writing it: a blocked address viewed, a letter printed, data
-- exported. The session's person, the server's time.
create function audit.note(did text, kind text, object uuid, why text, at_host text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if did not in ('view_blocked', 'print', 'export') or app.me() is null then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'audit_note';
  end if;
  if did = 'view_blocked' and (btrim(coalesce(why, '')) = '' or not app.address_mine(object)) then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'audit_note';
  end if;
  if not app.has_to_do_with(kind, object) then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'audit_note';
  end if;
  insert into audit.audit_event
    (id, created_at, created_by, action, object_kind, object_id, fields, host, reason, login)
  values (
    app.new_id(), app.now(), app.me(), did, kind, object, '[]',
    concat_ws(' ', nullif(left(at_host, 100), ''), host(inet_client_addr())),
    coalesce(left(why, 2000), ''), session_user::text);
end $$;

-- What was done with a login: for the functions that do it.
create function audit.note_login(wanted text, what text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into audit.audit_event
    (id, created_at, created_by, action, object_kind, object_id, fields, host, reason, login)
  values (
    app.new_id(), app.now(), app.me(), 'change', 'Login',
    (select s.id from app.staff s where s.login = wanted), jsonb_build_array(what),
    audit.place(), wanted, session_user::text);
end $$;

-- A seal is a hash over the one before and the rows since, the same wherever it is worked out.
create function audit.digest(before bytea, since bigint, upto bigint) returns bytea
language sql stable set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
  select sha256(coalesce(before, '\x00') || convert_to(
    coalesce(string_agg(to_jsonb(e)::text, E'\n' order by e.position), ''), 'UTF8'))
  from audit.audit_event e
  where e.position > since and e.position <= upto
$$;

-- Seal the next rows, some thousands at most; false when there are none left. Whoever writes waits
-- for that long, and before it starts everybody has finished who is writing: no row with a lower
-- position can come later.
create function audit.seal_some() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  last audit.seal;
  since bigint;
  upto bigint;
  counted bigint;
begin
  if not app.reads_audit() and not pg_has_role(session_user, 'koba_owner', 'member') then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'seal';
  end if;
  lock table audit.seal in exclusive mode;
  lock table audit.audit_event in share mode;
  select * into last from audit.seal order by no desc limit 1;
  since := coalesce(last.until_position, 0);
  select max(position), count(*) into upto, counted
  from audit.audit_event where position > since and position <= since + 20000;
  if counted = 0 then
    select min(position) into upto from audit.audit_event where position > since;
    if upto is null then
      return false;
    end if;
    counted := 1;
  end if;
  insert into audit.seal (until_position, events, hash)
  values (upto, counted, audit.digest(last.hash, since, upto));
  return true;
end $$;

-- The hash of the last seal.
create function audit.last_seal() returns bytea
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not app.reads_audit() and not pg_has_role(session_user, 'koba_owner', 'member') then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'seal';
  end if;
  return (select hash from audit.seal order by no desc limit 1);
end $$;

-- The numbers of the seals that do not fit their rows any more: somebody with more rights than any
-- group changed the audit.
create function audit.broken_seals() returns setof bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  each audit.seal;
  before audit.seal;
begin
  if not app.reads_audit() and not pg_has_role(session_user, 'koba_owner', 'member') then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'seal';
  end if;
  for each in select * from audit.seal order by no loop
    if each.hash is distinct from
      audit.digest(before.hash, coalesce(before.until_position, 0), each.until_position)
    then
      return next each.no;
    end if;
    before := each;
  end loop;
end $$;
