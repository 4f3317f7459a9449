-- What holds whoever writes, were it by hand.

-- A changed row has the next version and says who changed it; a new one the first; and it stays the
-- row it is. The owner sets up and moves data.
create function app.guard_changed() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' and new.version is distinct from old.version + 1
    or tg_op = 'INSERT' and new.version <> 1 and current_user <> 'koba_owner'
  then
    raise check_violation using message = 'version_skipped', constraint = 'version_skipped';
  end if;
  if tg_op = 'UPDATE' and new.id <> old.id then
    raise check_violation using message = 'id_fixed', constraint = 'id_fixed';
  end if;
  if current_user <> 'koba_owner' and new.changed_by is distinct from app.me() then
    raise insufficient_privilege using message = 'not_yourself', constraint = 'not_yourself';
  end if;
  return new;
end $$;

create function app.guard_appended() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if current_user <> 'koba_owner' and new.created_by is distinct from app.me() then
    raise insufficient_privilege using message = 'not_yourself', constraint = 'not_yourself';
  end if;
  return new;
end $$;

-- Whoever points a row to a client sees that client: else the row would tell the name, or lay a
-- letter or a call before strangers.
create function app.guard_client_seen() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if current_user <> 'koba_owner' and not app.sees_client(new.client_id) then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'client_seen';
  end if;
  return new;
end $$;

-- A block (§ 51 BMG) is lifted, and passed to another advisor, by the responsible one. A lead gives
-- the client to an advisor who can look after it, but not to himself or herself.
create function app.guard_blocked() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if current_user = 'koba_owner' or old.advisor_id = app.me_as('advisor', 'lead') then
    return new;
  end if;
  if not new.address_blocked or new.office_id <> old.office_id
    or (new.advisor_id is distinct from old.advisor_id
      and (new.advisor_id = app.me() or not old.office_id = any (app.my_offices('lead'))))
  then
    raise insufficient_privilege using message = 'address_hidden', constraint = 'address_hidden';
  end if;
  return new;
end $$;

-- A letter that waits and bears a blocked address is there for the responsible advisor alone. Where
-- somebody else changes what it tells, or blocks the address, the address goes out of it and it waits
-- for the advisor: so that it can be renewed by who does not see the address.
create function app.hide_addresses() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.letter l set
    data = (l.data::jsonb || '{"recipient_lines": [], "address_blocked": true}')::json,
    state = 'held', hold_reason = 'address_missing', hold_details = null,
    version = l.version + 1, changed_at = app.now(), changed_by = app.me()
  from app.client c
  where c.id = l.client_id and c.address_blocked and not app.address_mine(c.id)
    and l.state in ('pending', 'held')
    and json_array_length(l.data -> 'recipient_lines') > 0
    and case tg_table_name when 'client' then l.client_id else l.appointment_id end = new.id;
  return null;
end $$;

create function app.refuse_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise check_violation using message = 'append_only', constraint = 'append_only';
end $$;

-- The first word of what is taken comes from the exclusion constraints; these look at the slots
-- that somebody keeps while typing. A hold binds who books, not its maker.
-- The trigger names what is booked: advisor, client, or place with its pause. Where only a
-- participant's times change they follow the appointment, and the row does not say who moved that.
create function app.guard_held() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  booked text := tg_argv[0];
  wanted uuid;
  over timestamptz;
  who uuid := new.changed_by;
begin
  if booked = 'place' then
    wanted := new.place_id;
    over := new.blocked_until;
  elsif booked = 'advisor' then
    wanted := new.advisor_id;
    over := new.ends;
  else
    wanted := new.client_id;
    over := new.ends;
    if tg_op = 'UPDATE'
      and (new.appointment_id, new.client_id)
        is not distinct from (old.appointment_id, old.client_id)
    then
      select a.changed_by into who from app.appointment a where a.id = new.appointment_id;
    end if;
  end if;
  if exists (
    select from app.hold h
    where wanted = case booked
        when 'place' then h.place_id when 'advisor' then h.advisor_id else h.client_id end
      and h.changed_by is distinct from who
      and h.until > app.now() and h.starts < over and h.ends > new.starts)
  then
    raise exclusion_violation using message = booked || '_held', constraint = booked || '_held';
  end if;
  return null;
end $$;

create function app.guard_hold() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare word text;
begin
  select case
    when x.place_id = new.place_id then 'place_held'
    when x.advisor_id = new.advisor_id then 'advisor_held'
    else 'client_held' end
  into word
  from app.hold x
  where (x.place_id = new.place_id or x.advisor_id = new.advisor_id or x.client_id = new.client_id)
    and x.id <> new.id and x.changed_by is distinct from new.changed_by
    and x.until > app.now() and x.starts < new.ends and x.ends > new.starts
  limit 1;
  if word is not null then
    raise exclusion_violation using message = word, constraint = word;
  end if;
  return null;
end $$;

-- A participant's times are the appointment's.
create function app.like_appointment() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  select a.starts, a.ends, a.active into new.starts, new.ends, new.active
  from app.appointment a where a.id = new.appointment_id;
  return new;
end $$;

create function app.participant_follows() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.participant set starts = new.starts, ends = new.ends, active = new.active
  where appointment_id = new.id;
  return null;
end $$;

-- A login stands for one person: who could give it away could take another's place.
create function app.guard_staff() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' and new.login is distinct from old.login
    and not app.is_administrator() and app.me() is not null
  then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'login_fixed';
  end if;
  return new;
end $$;

-- The cache of master data on each PC asks for this number first.
create function app.count_master() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.master_version set version = version + 1;
  return null;
end $$;
