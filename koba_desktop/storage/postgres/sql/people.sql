-- Logins and their groups. The provisioner may make roles; these functions say which and for whom.

create function people.may_provision() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return app.is_administrator() or pg_has_role(session_user, 'koba_owner', 'member');
end $$;

-- A login this program made: an ordinary one, in the group of all users, that neither owns anything
-- nor acts for a role that may more. Whoever may reset its password could else become that role.
create function people.is_our_login(wanted text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from pg_roles r join pg_auth_members m on m.member = r.oid
    where r.rolname = wanted and m.roleid = 'koba_user'::regrole
      and not exists (
        select from pg_roles x
        where (x.rolsuper or x.rolcreaterole or x.rolcreatedb or x.rolreplication
            or x.rolbypassrls or starts_with(x.rolname, 'pg_')
            or x.oid in (select datdba from pg_database union select nspowner from pg_namespace))
          and pg_has_role(r.oid, x.oid, 'member')))
$$;

-- The groups follow from the roles held in any office, now or later; when they hold is for the
-- policies to look at.
create function people.sync_groups(wanted text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  word text;
  held boolean;
  member boolean;
begin
  if not people.is_our_login(wanted) then
    return;
  end if;
  foreach word in array array['reception', 'advisor', 'lead', 'administrator', 'data_protection']
  loop
    held := exists (
      select from app.staff s join app.staff_role r on r.staff_id = s.id
      where s.login = wanted and r.role = word);
    member := exists (
      select from pg_auth_members m
      where m.roleid = ('koba_' || word)::regrole and m.member = quote_ident(wanted)::regrole);
    if held and not member then
      execute format('grant %I to %I', 'koba_' || word, wanted);
    elsif member and not held then
      execute format('revoke %I from %I', 'koba_' || word, wanted);
    end if;
  end loop;
end $$;

create function people.roles_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare each text;
begin
  for each in
    select s.login from app.staff s
    where (tg_op <> 'DELETE' and s.id = new.staff_id) or (tg_op <> 'INSERT' and s.id = old.staff_id)
  loop
    perform people.sync_groups(each);
  end loop;
  return null;
end $$;

-- A login that nobody of the staff has any more lets nobody in and is in no group but everybody's:
-- who gets the name next does not meet the former one's password.
create function people.login_given_up() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if people.is_our_login(old.login) then
    perform people.sync_groups(old.login);
    execute format('alter role %I nologin', old.login);
    perform audit.note_login(old.login, 'disabled');
  end if;
  return null;
end $$;

-- A login for a member of the staff. Only the verifier of the password comes here, made on the PC:
-- with no fewer rounds than the server itself would take, and a salt.
create function people.set_login(wanted text, verifier text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  parts text[];
begin
  if not people.may_provision() then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'set_login';
  end if;
  parts := regexp_match(verifier,
    '^SCRAM-SHA-256\$([0-9]{4,7}):[A-Za-z0-9+/]{22,86}={0,2}\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$');
  if parts is null or parts[1]::int < 4096 then
    raise check_violation using message = 'not_a_verifier', constraint = 'not_a_verifier';
  end if;
  -- A longer name would be cut off, and be another's.
  if octet_length(wanted) > 63 then
    raise insufficient_privilege using message = 'login_reserved', constraint = 'login_reserved';
  end if;
  if not exists (select from app.staff s where s.login = wanted) then
    raise no_data_found using message = 'login_unknown', constraint = 'login_unknown';
  end if;
  if not exists (select from pg_roles where rolname = wanted) then
    execute format('create role %I login connection limit 5', wanted);
    execute format('grant koba_user to %I', wanted);
  elsif not people.is_our_login(wanted) then
    raise insufficient_privilege using message = 'login_reserved', constraint = 'login_reserved';
  end if;
  -- Whoever is disabled stays so.
  execute format('alter role %I connection limit 5 password %L', wanted, verifier);
  perform people.sync_groups(wanted);
  perform audit.note_login(wanted, 'password');
end $$;

-- Let nobody in with that login any more, or let it in again. Whoever is in is thrown out by
-- people.end_connections, after this is committed: else the program would be back before.
create function people.allow_login(wanted text, allowed boolean) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not people.may_provision() then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'allow_login';
  end if;
  if not people.is_our_login(wanted) then
    raise no_data_found using message = 'login_unknown', constraint = 'login_unknown';
  end if;
  if wanted = session_user::text then
    raise insufficient_privilege using message = 'not_yourself', constraint = 'allow_login_self';
  end if;
  execute format('alter role %I %s', wanted, case when allowed then 'login' else 'nologin' end);
  perform audit.note_login(wanted, case when allowed then 'enabled' else 'disabled' end);
end $$;

-- End the connections of a login; how many there were. The provisioner may end those of a role it
-- is a member of, and is one for as long as it takes: so no right over all sessions is needed.
create function people.end_connections(wanted text) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  mine boolean;
  ended bigint := 0;
  each int;
begin
  if not people.may_provision() then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'end_connections';
  end if;
  if not people.is_our_login(wanted) then
    raise no_data_found using message = 'login_unknown', constraint = 'login_unknown';
  end if;
  if wanted = session_user::text then
    raise insufficient_privilege using message = 'not_yourself', constraint = 'allow_login_self';
  end if;
  mine := pg_has_role(current_user, wanted, 'usage');
  if not mine then
    execute format('grant %I to koba_provisioner', wanted)
      || case when current_setting('server_version_num')::int >= 160000
         then ' with inherit true, set false' else '' end;
  end if;
  for each in select pid from pg_stat_activity where usename = wanted loop
    perform pg_terminate_backend(each, 2000);
    ended := ended + 1;
  end loop;
  if not mine then
    execute format('revoke %I from koba_provisioner', wanted)
      || case when current_setting('server_version_num')::int >= 160000
         then ' granted by koba_provisioner' else '' end;
  end if;
  return ended;
end $$;

-- Which members of the staff can sign in: for the administration.
create function people.logins(out login text, out allowed boolean, out connected bigint)
returns setof record
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not people.may_provision() then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'logins';
  end if;
  return query
    select s.login, r.rolcanlogin,
      (select count(*) from pg_stat_activity a where a.usesysid = r.oid)
    from app.staff s join pg_roles r on r.rolname = s.login and people.is_our_login(s.login)
    order by s.login;
end $$;
