-- What the rights are made of. All as the owner, on the login of the session: no SET ROLE helps.
create table app.deployment (
  one boolean primary key default true check (one),
  made_at timestamptz not null default now(),
  clock_offset interval not null default interval '0'
);
insert into app.deployment default values;

create table app.master_version (
  one boolean primary key default true check (one),
  version bigint not null default 1
);
insert into app.master_version default values;

-- The instant rights and dates count by; the offset is nought but in demonstrations.
create function app.now() returns timestamptz
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- In seconds: days would be counted by the calendar, an hour off when the clocks changed between.
  return pg_catalog.now()
    + make_interval(secs => (select extract(epoch from clock_offset) from app.deployment));
end $$;

create function app.today() returns date
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (app.now() at time zone 'Europe/Berlin')::date;
end $$;

-- The first instant of the present day of the office's wall clock.
create function app.day_begins() returns timestamptz
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return app.today()::timestamp at time zone 'Europe/Berlin';
end $$;

-- The member of the staff whose login this session has; null for nobody and who has left.
create function app.me() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select s.id from app.staff s
    where s.login = session_user::text and (s.left_on is null or s.left_on > app.today()));
end $$;

-- The offices in which the session's person holds one of these roles today; a deputy's role has a
-- validity of its own.
create function app.my_offices(variadic wanted text[]) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare today date := app.today();
begin
  return (
    select coalesce(array_agg(distinct r.office_id), '{}')
    from app.staff s join app.staff_role r on r.staff_id = s.id
    where s.login = session_user::text and (s.left_on is null or s.left_on > today)
      and r.role = any (wanted)
      and r.valid_from <= today and (r.valid_until is null or r.valid_until >= today));
end $$;

-- The session's person where he or she holds one of these roles today, in whichever office.
create function app.me_as(variadic wanted text[]) returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return case when cardinality(app.my_offices(variadic wanted)) > 0 then app.me() end;
end $$;

-- Administrators look after the one database of all offices.
create function app.is_administrator() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return cardinality(app.my_offices('administrator')) > 0;
end $$;

create function app.reads_audit() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return cardinality(app.my_offices('administrator', 'data_protection')) > 0;
end $$;

-- Whether an office is at work: until then whoever sets it up gives roles to himself or herself, too.
create function app.in_use() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from app.client);
end $$;

-- An id in the order of time, as the program makes them (UUIDv7).
create function app.new_id() returns uuid
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing substring(
    int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid
$$;

-- Whether a client is the business of the session at all.
create function app.sees_client(wanted uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (
    select from app.client c where c.id = wanted and (
      c.office_id = any (app.my_offices('reception', 'advisor', 'lead'))
      or c.advisor_id = app.me_as('reception', 'advisor', 'lead')));
end $$;

-- Whether something noted in the audit by the session's own word is its business: who could note
-- anything could bury what is there.
create function app.has_to_do_with(kind text, object uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return case kind
    when 'Client' then app.sees_client(object)
    when 'Letter' then exists (select from app.letter l where l.id = object and (
      l.office_id = any (app.my_offices('reception', 'advisor', 'lead'))
      or l.advisor_id = app.me_as('reception', 'advisor', 'lead')))
    when 'Office' then object = any (app.my_offices('reception', 'advisor', 'lead'))
      or exists (select from app.appointment a
        where a.office_id = object and a.advisor_id = app.me_as('reception', 'advisor', 'lead'))
      or exists (select from app.call_task t
        where t.office_id = object and t.advisor_id = app.me_as('reception', 'advisor', 'lead'))
    when 'AuditEvent' then object is null and app.reads_audit()
    else false end;
end $$;

-- Whether a blocked address (§ 51 BMG) is open to the session: the responsible advisor gave a
-- reason today, which the audit holds.
create function app.address_open(wanted uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return app.sees_client(wanted) and exists (
    select from app.client c where c.id = wanted and (
      not c.address_blocked
      or (c.advisor_id = app.me_as('advisor', 'lead') and exists (
        select from audit.audit_event e
        where e.object_id = wanted and e.action = 'view_blocked' and e.created_by = app.me()
          and e.created_at >= app.day_begins()))));
end $$;

-- Whether the session is the responsible advisor, or nothing is blocked.
create function app.address_mine(wanted uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (
    select from app.client c
    where c.id = wanted
      and (not c.address_blocked or c.advisor_id = app.me_as('advisor', 'lead')));
end $$;

-- When advisors are taken, in whichever office: times only, for whoever books; former days are for
-- who may read the past.
create function app.advisor_times(
  advisors uuid[], from_at timestamptz, until_at timestamptz,
  out advisor_id uuid, out appointment_id uuid, out starts timestamptz, out ends timestamptz)
returns setof record
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  owner boolean := pg_has_role(session_user, 'koba_owner', 'member');
begin
  if not owner and cardinality(app.my_offices('reception', 'advisor', 'lead')) = 0 then
    raise insufficient_privilege using message = 'not_entitled';
  end if;
  if not owner and cardinality(app.my_offices('advisor', 'lead')) = 0 then
    from_at := greatest(from_at, app.day_begins());
  end if;
  return query
    select a.advisor_id, a.id, a.starts, a.ends from app.appointment a
    where a.advisor_id = any (advisors) and a.active
      and a.starts < until_at and a.starts > from_at - interval '1 day' and a.ends > from_at
    order by a.starts;
end $$;

-- Locks in the order given: one order for all, so that nobody waits in a circle.
create function app.take_locks(keys bigint[], shared boolean[]) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  for n in 1 .. cardinality(keys) loop
    if shared[n] then
      perform pg_advisory_xact_lock_shared(keys[n]);
    else
      perform pg_advisory_xact_lock(keys[n]);
    end if;
  end loop;
end $$;

-- Remove slots that nobody keeps any more; what another transaction is just removing is left to it.
create function app.end_holds(at timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from app.hold where id in (
    select id from app.hold where until <= least(at, app.now()) for update skip locked);
end $$;
