-- Roles belong to the whole server; they may be there from another database of this program.
do $$
declare each text;
begin
  foreach each in array array[
    'koba_owner', 'koba_audit', 'koba_user', 'koba_reception', 'koba_advisor', 'koba_lead',
    'koba_administrator', 'koba_data_protection']
  loop
    if not exists (select from pg_roles where rolname = each) then
      execute format('create role %I nologin', each);
    end if;
  end loop;
  if not exists (select from pg_roles where rolname = 'koba_provisioner') then
    create role koba_provisioner nologin createrole;
  end if;
  -- Whoever sets up the database acts as the owners; a superuser may anyway.
  foreach each in array array['koba_owner', 'koba_audit', 'koba_provisioner'] loop
    if current_setting('server_version_num')::int < 160000 then
      if not pg_has_role(current_user, each, 'member') then
        execute format('grant %I to %I', each, current_user);
      end if;
    -- Since then whoever makes a role may give it away, and not yet act as it.
    elsif not (pg_has_role(current_user, each, 'set') and pg_has_role(current_user, each, 'usage'))
    then
      execute format('grant %I to %I with inherit true, set true', each, current_user);
    end if;
  end loop;
  foreach each in array array[
    'koba_user', 'koba_reception', 'koba_advisor', 'koba_lead', 'koba_administrator',
    'koba_data_protection']
  loop
    if not exists (
      select from pg_auth_members m
      where m.roleid = each::regrole and m.member = 'koba_provisioner'::regrole and m.admin_option)
    then
      execute format('grant %I to koba_provisioner with admin option', each);
    end if;
  end loop;
end $$;

do $$
declare base text := current_database();
begin
  execute format('revoke all on database %I from public', base);
  execute format('grant connect on database %I to koba_user', base);
  execute format('grant connect, create on database %I to koba_owner, koba_audit, koba_provisioner', base);
  execute format('alter database %I set statement_timeout = ''20s''', base);
  execute format('alter database %I set lock_timeout = ''4s''', base);
  execute format('alter database %I set idle_in_transaction_session_timeout = ''30s''', base);
  if current_setting('server_version_num')::int >= 170000 then
    execute format('alter database %I set transaction_timeout = ''60s''', base);
  end if;
end $$;

-- Large objects: the program has no use for them, and anybody could fill the disk with them. Only a
-- superuser can take them away; where none sets up the database they stay.
do $$
begin
  if (select rolsuper from pg_roles where rolname = current_user) then
    revoke execute on function
      lo_creat(int), lo_create(oid), lo_from_bytea(oid, bytea), lo_open(oid, int),
      lo_put(oid, bigint, bytea), lowrite(int, bytea)
    from public;
  end if;
end $$;

revoke create on schema public from public;
create extension if not exists btree_gist with schema public;
create extension if not exists pg_trgm with schema public;

create schema app authorization koba_owner;
create schema audit authorization koba_audit;
create schema people authorization koba_provisioner;
grant usage on schema app to koba_user, koba_provisioner, koba_audit;
grant usage on schema audit to koba_user, koba_owner, koba_provisioner;
grant usage on schema people to koba_user, koba_owner;
