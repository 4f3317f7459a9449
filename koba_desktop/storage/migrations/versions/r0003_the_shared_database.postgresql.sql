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
;

set local role koba_owner;

set local search_path = app, app, public;

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
;

CREATE TABLE appointment_kind (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	name TEXT NOT NULL, 
	minutes INTEGER NOT NULL, 
	channels JSON NOT NULL, 
	outdoors_allowed BOOLEAN NOT NULL, 
	about JSON NOT NULL, 
	papers JSON NOT NULL, 
	position INTEGER NOT NULL, 
	retired_on DATE, 
	CONSTRAINT pk_appointment_kind PRIMARY KEY (id), 
	CONSTRAINT ck_appointment_kind_minutes CHECK (minutes > 0), 
	CONSTRAINT ck_appointment_kind_version CHECK (version >= 1)
);

CREATE TABLE change_reason (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	subject_id UUID NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_change_reason PRIMARY KEY (id), 
	CONSTRAINT ck_change_reason_version CHECK (version >= 1)
);

CREATE INDEX ix_change_reason_subject_id ON change_reason (subject_id);

CREATE TABLE command (
	id UUID NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	created_by UUID, 
	name TEXT NOT NULL, 
	result JSON NOT NULL, 
	CONSTRAINT pk_command PRIMARY KEY (id)
);

CREATE TABLE contact_trace (
	id UUID NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	created_by UUID, 
	name TEXT NOT NULL, 
	contact TEXT NOT NULL, 
	place_name TEXT NOT NULL, 
	starts TIMESTAMP WITH TIME ZONE NOT NULL, 
	ends TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_contact_trace PRIMARY KEY (id), 
	CONSTRAINT ck_contact_trace_span CHECK (starts < ends)
);

CREATE INDEX ix_contact_trace_created_at ON contact_trace (created_at);

CREATE TABLE incidence_value (
	id UUID NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	created_by UUID, 
	district_key TEXT NOT NULL, 
	day DATE NOT NULL, 
	value FLOAT NOT NULL, 
	published_on DATE NOT NULL, 
	source TEXT NOT NULL, 
	CONSTRAINT pk_incidence_value PRIMARY KEY (id), 
	CONSTRAINT ck_incidence_value_district_key CHECK (length(district_key) = 5), 
	CONSTRAINT ck_incidence_value_value CHECK (value >= 0)
);

CREATE INDEX ix_incidence_value_district_key_day ON incidence_value (district_key, day);

CREATE TABLE office (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	name TEXT NOT NULL, 
	short_name TEXT NOT NULL, 
	street TEXT NOT NULL, 
	postcode TEXT NOT NULL, 
	town TEXT NOT NULL, 
	return_line TEXT NOT NULL, 
	reply_lines JSON NOT NULL, 
	phone TEXT NOT NULL, 
	email TEXT NOT NULL, 
	district_key TEXT NOT NULL, 
	closed_on DATE, 
	CONSTRAINT pk_office PRIMARY KEY (id), 
	CONSTRAINT ck_office_version CHECK (version >= 1)
);

CREATE TABLE rule_set (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	name TEXT NOT NULL, 
	legal_source TEXT NOT NULL, 
	rules JSON NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_until DATE, 
	CONSTRAINT pk_rule_set PRIMARY KEY (id), 
	CONSTRAINT ck_rule_set_valid CHECK (valid_until is null or valid_from <= valid_until), 
	CONSTRAINT ck_rule_set_version CHECK (version >= 1)
);

CREATE TABLE template (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	kind VARCHAR NOT NULL, 
	language TEXT NOT NULL, 
	variant TEXT NOT NULL, 
	CONSTRAINT pk_template PRIMARY KEY (id), 
	CONSTRAINT uq_template_kind_language_variant UNIQUE (kind, language, variant), 
	CONSTRAINT ck_template_version CHECK (version >= 1), 
	CONSTRAINT ck_template_kind_word CHECK (kind IN ('telephone_proposal', 'changed_telephone', 'cancellation', 'confirmation', 'conversion', 'personal', 'opening', 'summons', 'please_call', 'postponement'))
);

CREATE TABLE closing_day (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	office_id UUID NOT NULL, 
	day DATE NOT NULL, 
	reason TEXT NOT NULL, 
	channel VARCHAR, 
	opens TIME WITHOUT TIME ZONE, 
	closes TIME WITHOUT TIME ZONE, 
	CONSTRAINT pk_closing_day PRIMARY KEY (id), 
	CONSTRAINT ck_closing_day_both_times CHECK ((opens is null) = (closes is null)), 
	CONSTRAINT ck_closing_day_span CHECK (opens is null or opens < closes), 
	CONSTRAINT ck_closing_day_version CHECK (version >= 1), 
	CONSTRAINT fk_closing_day_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT ck_closing_day_channel_word CHECK (channel IN ('telephone', 'in_person', 'outdoors'))
);

CREATE INDEX ix_closing_day_office_id_day ON closing_day (office_id, day);

CREATE TABLE mode_proposal (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	office_id UUID NOT NULL, 
	rule_set_id UUID NOT NULL, 
	mode VARCHAR NOT NULL, 
	effective_on DATE NOT NULL, 
	counted JSON NOT NULL, 
	decided_at TIMESTAMP WITH TIME ZONE, 
	accepted BOOLEAN, 
	decision_reason TEXT NOT NULL, 
	CONSTRAINT pk_mode_proposal PRIMARY KEY (id), 
	CONSTRAINT ck_mode_proposal_version CHECK (version >= 1), 
	CONSTRAINT fk_mode_proposal_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT fk_mode_proposal_rule_set_id FOREIGN KEY(rule_set_id) REFERENCES rule_set (id), 
	CONSTRAINT ck_mode_proposal_mode_word CHECK (mode IN ('closed', 'by_appointment', 'regular'))
);

CREATE INDEX ix_mode_proposal_office_id_effective_on ON mode_proposal (office_id, effective_on);

CREATE TABLE opening_hours (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	office_id UUID NOT NULL, 
	channel VARCHAR NOT NULL, 
	weekday INTEGER NOT NULL, 
	opens TIME WITHOUT TIME ZONE NOT NULL, 
	closes TIME WITHOUT TIME ZONE NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_until DATE, 
	CONSTRAINT pk_opening_hours PRIMARY KEY (id), 
	CONSTRAINT ck_opening_hours_weekday CHECK (weekday between 1 and 7), 
	CONSTRAINT ck_opening_hours_span CHECK (opens < closes), 
	CONSTRAINT ck_opening_hours_valid CHECK (valid_until is null or valid_from <= valid_until), 
	CONSTRAINT ck_opening_hours_version CHECK (version >= 1), 
	CONSTRAINT fk_opening_hours_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT ck_opening_hours_channel_word CHECK (channel IN ('telephone', 'in_person', 'outdoors'))
);

CREATE INDEX ix_opening_hours_office_id ON opening_hours (office_id);

CREATE TABLE operating_mode (
	id UUID NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	created_by UUID, 
	office_id UUID NOT NULL, 
	mode VARCHAR NOT NULL, 
	valid_from TIMESTAMP WITH TIME ZONE NOT NULL, 
	source VARCHAR NOT NULL, 
	reason TEXT NOT NULL, 
	withdraws_id UUID, 
	CONSTRAINT pk_operating_mode PRIMARY KEY (id), 
	CONSTRAINT fk_operating_mode_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT ck_operating_mode_mode_word CHECK (mode IN ('closed', 'by_appointment', 'regular')), 
	CONSTRAINT ck_operating_mode_source_word CHECK (source IN ('district_order', 'state_regulation', 'lead_decision', 'rule_proposal', 'withdrawal', 'founding')), 
	CONSTRAINT fk_operating_mode_withdraws_id FOREIGN KEY(withdraws_id) REFERENCES operating_mode (id)
);

CREATE INDEX ix_operating_mode_office_id_valid_from ON operating_mode (office_id, valid_from);

CREATE TABLE room (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	office_id UUID NOT NULL, 
	name TEXT NOT NULL, 
	floor TEXT NOT NULL, 
	kind VARCHAR NOT NULL, 
	area FLOAT, 
	height FLOAT, 
	seats INTEGER NOT NULL, 
	windows VARCHAR NOT NULL, 
	air_changes FLOAT, 
	screen_height FLOAT, 
	wheelchair BOOLEAN NOT NULL, 
	equipment TEXT NOT NULL, 
	notes TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	retired_on DATE, 
	CONSTRAINT pk_room PRIMARY KEY (id), 
	CONSTRAINT ck_room_area CHECK (area > 0), 
	CONSTRAINT ck_room_height CHECK (height > 0), 
	CONSTRAINT ck_room_air_changes CHECK (air_changes > 0), 
	CONSTRAINT ck_room_seats CHECK (seats >= 1), 
	CONSTRAINT ck_room_version CHECK (version >= 1), 
	CONSTRAINT fk_room_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT ck_room_kind_word CHECK (kind IN ('consultation', 'meeting', 'outdoor')), 
	CONSTRAINT ck_room_windows_word CHECK (windows IN ('none', 'tilt', 'full', 'cross'))
);

CREATE INDEX ix_room_office_id ON room (office_id);

CREATE TABLE setting (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	key TEXT NOT NULL, 
	value JSON NOT NULL, 
	valid_from DATE NOT NULL, 
	office_id UUID, 
	CONSTRAINT pk_setting PRIMARY KEY (id), 
	CONSTRAINT ck_setting_version CHECK (version >= 1), 
	CONSTRAINT fk_setting_office_id FOREIGN KEY(office_id) REFERENCES office (id)
);

CREATE INDEX ix_setting_key_office_id_valid_from ON setting (key, office_id, valid_from);

CREATE TABLE staff (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	login TEXT NOT NULL, 
	family_name TEXT NOT NULL, 
	given_name TEXT NOT NULL, 
	salutation VARCHAR NOT NULL, 
	initials TEXT NOT NULL, 
	phone TEXT NOT NULL, 
	email TEXT NOT NULL, 
	office_id UUID, 
	team TEXT NOT NULL, 
	os_user TEXT, 
	left_on DATE, 
	CONSTRAINT pk_staff PRIMARY KEY (id), 
	CONSTRAINT ck_staff_login CHECK (login <> ''), 
	CONSTRAINT uq_staff_login UNIQUE (login), 
	CONSTRAINT uq_staff_os_user UNIQUE (os_user), 
	CONSTRAINT ck_staff_version CHECK (version >= 1), 
	CONSTRAINT ck_staff_salutation_word CHECK (salutation IN ('frau', 'herr', 'none')), 
	CONSTRAINT fk_staff_office_id FOREIGN KEY(office_id) REFERENCES office (id)
);

CREATE TABLE template_version (
	id UUID NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	created_by UUID, 
	template_id UUID NOT NULL, 
	number INTEGER NOT NULL, 
	blocks JSON NOT NULL, 
	valid_from DATE NOT NULL, 
	CONSTRAINT pk_template_version PRIMARY KEY (id), 
	CONSTRAINT uq_template_version_template_id_number UNIQUE (template_id, number), 
	CONSTRAINT fk_template_version_template_id FOREIGN KEY(template_id) REFERENCES template (id)
);

CREATE TABLE absence (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	staff_id UUID NOT NULL, 
	starts TIMESTAMP WITH TIME ZONE NOT NULL, 
	ends TIMESTAMP WITH TIME ZONE NOT NULL, 
	label TEXT NOT NULL, 
	CONSTRAINT pk_absence PRIMARY KEY (id), 
	CONSTRAINT ck_absence_span CHECK (starts < ends), 
	CONSTRAINT ck_absence_version CHECK (version >= 1), 
	CONSTRAINT fk_absence_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
);

CREATE INDEX ix_absence_staff_id_starts ON absence (staff_id, starts);

CREATE TABLE appointment (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	reference TEXT NOT NULL, 
	office_id UUID NOT NULL, 
	advisor_id UUID NOT NULL, 
	kind_id UUID NOT NULL, 
	channel VARCHAR NOT NULL, 
	starts TIMESTAMP WITH TIME ZONE NOT NULL, 
	ends TIMESTAMP WITH TIME ZONE NOT NULL, 
	state VARCHAR NOT NULL, 
	active BOOLEAN NOT NULL, 
	urgency VARCHAR NOT NULL, 
	urgency_category VARCHAR, 
	phone TEXT NOT NULL, 
	started_at TIMESTAMP WITH TIME ZONE, 
	finished_at TIMESTAMP WITH TIME ZONE, 
	withdrawn_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_appointment PRIMARY KEY (id), 
	CONSTRAINT ck_appointment_span CHECK (starts < ends), 
	CONSTRAINT ck_appointment_length CHECK (ends - starts <= interval '1 days'), 
	CONSTRAINT ck_appointment_reference CHECK (length(reference) = 8), 
	CONSTRAINT ck_appointment_active CHECK (active = (state in ('arrived', 'confirmed', 'in_progress', 'kept', 'proposed') and withdrawn_at is null)), 
	CONSTRAINT uq_appointment_reference UNIQUE (reference), 
	CONSTRAINT ck_appointment_version CHECK (version >= 1), 
	CONSTRAINT fk_appointment_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT fk_appointment_advisor_id FOREIGN KEY(advisor_id) REFERENCES staff (id), 
	CONSTRAINT fk_appointment_kind_id FOREIGN KEY(kind_id) REFERENCES appointment_kind (id), 
	CONSTRAINT ck_appointment_channel_word CHECK (channel IN ('telephone', 'in_person', 'outdoors')), 
	CONSTRAINT ck_appointment_state_word CHECK (state IN ('proposed', 'confirmed', 'arrived', 'in_progress', 'kept', 'missed', 'cancelled_by_client', 'cancelled_by_office')), 
	CONSTRAINT ck_appointment_urgency_word CHECK (urgency IN ('none', 'urgent', 'emergency')), 
	CONSTRAINT ck_appointment_urgency_category_word CHECK (urgency_category IN ('no_money', 'housing', 'energy', 'health_insurance', 'deadline', 'not_by_telephone', 'other'))
);

CREATE INDEX ix_appointment_advisor_active ON appointment (advisor_id, starts, ends) WHERE active;

CREATE INDEX ix_appointment_office_id_starts_ends ON appointment (office_id, starts, ends);

alter table appointment add constraint advisor_taken exclude using gist (advisor_id with =, tstzrange(starts, ends) with &&) where (active);

CREATE TABLE client (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	family_name TEXT NOT NULL, 
	given_name TEXT NOT NULL, 
	number TEXT, 
	case_number TEXT, 
	salutation VARCHAR NOT NULL, 
	title TEXT NOT NULL, 
	birth_date DATE, 
	language VARCHAR NOT NULL, 
	needs JSON NOT NULL, 
	office_id UUID NOT NULL, 
	advisor_id UUID, 
	address_blocked BOOLEAN NOT NULL, 
	closed_on DATE, 
	CONSTRAINT pk_client PRIMARY KEY (id), 
	CONSTRAINT ck_client_name CHECK (family_name <> '' or given_name <> ''), 
	CONSTRAINT ck_client_number CHECK (number <> ''), 
	CONSTRAINT uq_client_number UNIQUE (number), 
	CONSTRAINT ck_client_version CHECK (version >= 1), 
	CONSTRAINT ck_client_salutation_word CHECK (salutation IN ('frau', 'herr', 'none')), 
	CONSTRAINT ck_client_language_word CHECK (language IN ('de', 'de_easy', 'en', 'uk', 'ru', 'ar', 'fa', 'tr', 'pl', 'ro')), 
	CONSTRAINT fk_client_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT fk_client_advisor_id FOREIGN KEY(advisor_id) REFERENCES staff (id)
);

CREATE INDEX ix_client_advisor_id ON client (advisor_id);

CREATE INDEX ix_client_case_number ON client (case_number);

CREATE INDEX ix_client_office_id ON client (office_id);

CREATE TABLE draft (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	author_id UUID NOT NULL, 
	form TEXT NOT NULL, 
	subject_id UUID, 
	content JSON NOT NULL, 
	saved_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_draft PRIMARY KEY (id), 
	CONSTRAINT ck_draft_version CHECK (version >= 1), 
	CONSTRAINT fk_draft_author_id FOREIGN KEY(author_id) REFERENCES staff (id)
);

CREATE INDEX ix_draft_author_id ON draft (author_id);

CREATE TABLE hygiene_profile (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	office_id UUID NOT NULL, 
	room_id UUID, 
	area_per_person FLOAT NOT NULL, 
	distance FLOAT NOT NULL, 
	cleaning_minutes INTEGER NOT NULL, 
	airing_minutes_min INTEGER, 
	reason TEXT NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_until DATE, 
	CONSTRAINT pk_hygiene_profile PRIMARY KEY (id), 
	CONSTRAINT ck_hygiene_profile_valid CHECK (valid_until is null or valid_from <= valid_until), 
	CONSTRAINT ck_hygiene_profile_version CHECK (version >= 1), 
	CONSTRAINT fk_hygiene_profile_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT fk_hygiene_profile_room_id FOREIGN KEY(room_id) REFERENCES room (id)
);

CREATE INDEX ix_hygiene_profile_office_id ON hygiene_profile (office_id);

CREATE TABLE place (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	room_id UUID NOT NULL, 
	number INTEGER NOT NULL, 
	CONSTRAINT pk_place PRIMARY KEY (id), 
	CONSTRAINT uq_place_room_id_number UNIQUE (room_id, number), 
	CONSTRAINT ck_place_version CHECK (version >= 1), 
	CONSTRAINT fk_place_room_id FOREIGN KEY(room_id) REFERENCES room (id)
);

CREATE TABLE presence (
	id UUID NOT NULL, 
	subject_id UUID NOT NULL, 
	staff_id UUID NOT NULL, 
	host TEXT NOT NULL, 
	seen_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_presence PRIMARY KEY (id), 
	CONSTRAINT uq_presence_subject_id_staff_id_host UNIQUE (subject_id, staff_id, host), 
	CONSTRAINT fk_presence_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
);

CREATE TABLE staff_role (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	staff_id UUID NOT NULL, 
	office_id UUID NOT NULL, 
	role VARCHAR NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_until DATE, 
	CONSTRAINT pk_staff_role PRIMARY KEY (id), 
	CONSTRAINT ck_staff_role_valid CHECK (valid_until is null or valid_from <= valid_until), 
	CONSTRAINT ck_staff_role_version CHECK (version >= 1), 
	CONSTRAINT fk_staff_role_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT fk_staff_role_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT ck_staff_role_role_word CHECK (role IN ('reception', 'advisor', 'lead', 'administrator', 'data_protection'))
);

CREATE INDEX ix_staff_role_office_id ON staff_role (office_id);

CREATE INDEX ix_staff_role_staff_id ON staff_role (staff_id);

CREATE TABLE working_pattern (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	staff_id UUID NOT NULL, 
	weekday INTEGER NOT NULL, 
	starts TIME WITHOUT TIME ZONE NOT NULL, 
	ends TIME WITHOUT TIME ZONE NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_until DATE, 
	week_parity INTEGER, 
	channels JSON NOT NULL, 
	CONSTRAINT pk_working_pattern PRIMARY KEY (id), 
	CONSTRAINT ck_working_pattern_weekday CHECK (weekday between 1 and 7), 
	CONSTRAINT ck_working_pattern_week_parity CHECK (week_parity is null or week_parity in (0, 1)), 
	CONSTRAINT ck_working_pattern_span CHECK (starts < ends), 
	CONSTRAINT ck_working_pattern_valid CHECK (valid_until is null or valid_from <= valid_until), 
	CONSTRAINT ck_working_pattern_version CHECK (version >= 1), 
	CONSTRAINT fk_working_pattern_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
);

CREATE INDEX ix_working_pattern_staff_id ON working_pattern (staff_id);

CREATE TABLE appointment_purpose (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	appointment_id UUID NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_appointment_purpose PRIMARY KEY (id), 
	CONSTRAINT uq_appointment_purpose_appointment_id UNIQUE (appointment_id), 
	CONSTRAINT ck_appointment_purpose_version CHECK (version >= 1), 
	CONSTRAINT fk_appointment_purpose_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id)
);

CREATE TABLE call_task (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	client_id UUID NOT NULL, 
	advisor_id UUID NOT NULL, 
	office_id UUID NOT NULL, 
	reason VARCHAR NOT NULL, 
	due TIMESTAMP WITH TIME ZONE NOT NULL, 
	kind_id UUID, 
	appointment_id UUID, 
	closed_at TIMESTAMP WITH TIME ZONE, 
	result VARCHAR, 
	withdrawn_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_call_task PRIMARY KEY (id), 
	CONSTRAINT ck_call_task_version CHECK (version >= 1), 
	CONSTRAINT fk_call_task_client_id FOREIGN KEY(client_id) REFERENCES client (id), 
	CONSTRAINT fk_call_task_advisor_id FOREIGN KEY(advisor_id) REFERENCES staff (id), 
	CONSTRAINT fk_call_task_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT ck_call_task_reason_word CHECK (reason IN ('planned', 'callback', 'missed_appointment', 'returned_letter')), 
	CONSTRAINT fk_call_task_kind_id FOREIGN KEY(kind_id) REFERENCES appointment_kind (id), 
	CONSTRAINT fk_call_task_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT ck_call_task_result_word CHECK (result IN ('reached', 'refused', 'letter', 'dropped'))
);

CREATE INDEX ix_call_task_advisor_id_closed_at_due ON call_task (advisor_id, closed_at, due);

CREATE INDEX ix_call_task_appointment_id ON call_task (appointment_id);

CREATE INDEX ix_call_task_client_id ON call_task (client_id);

CREATE TABLE client_address (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	client_id UUID NOT NULL, 
	street TEXT NOT NULL, 
	postcode TEXT NOT NULL, 
	town TEXT NOT NULL, 
	care_of TEXT NOT NULL, 
	extra TEXT NOT NULL, 
	country TEXT NOT NULL, 
	returned_on DATE, 
	CONSTRAINT pk_client_address PRIMARY KEY (id), 
	CONSTRAINT ck_client_address_version CHECK (version >= 1), 
	CONSTRAINT fk_client_address_client_id FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX ix_client_address_client_id ON client_address (client_id);

CREATE TABLE client_email (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	client_id UUID NOT NULL, 
	address TEXT NOT NULL, 
	consent_on DATE, 
	CONSTRAINT pk_client_email PRIMARY KEY (id), 
	CONSTRAINT ck_client_email_version CHECK (version >= 1), 
	CONSTRAINT fk_client_email_client_id FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX ix_client_email_client_id ON client_email (client_id);

CREATE TABLE client_note (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	client_id UUID NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_client_note PRIMARY KEY (id), 
	CONSTRAINT ck_client_note_version CHECK (version >= 1), 
	CONSTRAINT fk_client_note_client_id FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX ix_client_note_client_id ON client_note (client_id);

CREATE TABLE client_phone (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	client_id UUID NOT NULL, 
	typed TEXT NOT NULL, 
	e164 TEXT, 
	kind VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	bad_since TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_client_phone PRIMARY KEY (id), 
	CONSTRAINT ck_client_phone_version CHECK (version >= 1), 
	CONSTRAINT fk_client_phone_client_id FOREIGN KEY(client_id) REFERENCES client (id), 
	CONSTRAINT ck_client_phone_kind_word CHECK (kind IN ('mobile', 'private', 'work', 'other'))
);

CREATE INDEX ix_client_phone_client_id_position ON client_phone (client_id, position);

CREATE TABLE client_search (
	entry SERIAL NOT NULL, 
	client_id UUID NOT NULL, 
	office_id UUID NOT NULL, 
	sort_name TEXT COLLATE "C" NOT NULL, 
	family TEXT COLLATE "C" NOT NULL, 
	given TEXT COLLATE "C" NOT NULL, 
	text TEXT COLLATE "C" NOT NULL, 
	CONSTRAINT pk_client_search PRIMARY KEY (entry), 
	CONSTRAINT uq_client_search_client_id UNIQUE (client_id), 
	CONSTRAINT fk_client_search_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
);

CREATE INDEX ix_client_search_family ON client_search (family);

CREATE INDEX ix_client_search_given ON client_search (given);

CREATE INDEX ix_client_search_office_id_sort_name ON client_search (office_id, sort_name);

CREATE INDEX ix_client_search_sort_name ON client_search (sort_name);

CREATE TABLE hold (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	advisor_id UUID, 
	client_id UUID, 
	place_id UUID, 
	starts TIMESTAMP WITH TIME ZONE NOT NULL, 
	ends TIMESTAMP WITH TIME ZONE NOT NULL, 
	until TIMESTAMP WITH TIME ZONE NOT NULL, 
	CONSTRAINT pk_hold PRIMARY KEY (id), 
	CONSTRAINT ck_hold_span CHECK (starts < ends), 
	CONSTRAINT ck_hold_what CHECK (advisor_id is not null or client_id is not null or place_id is not null), 
	CONSTRAINT ck_hold_version CHECK (version >= 1), 
	CONSTRAINT fk_hold_advisor_id FOREIGN KEY(advisor_id) REFERENCES staff (id), 
	CONSTRAINT fk_hold_client_id FOREIGN KEY(client_id) REFERENCES client (id), 
	CONSTRAINT fk_hold_place_id FOREIGN KEY(place_id) REFERENCES place (id)
);

CREATE INDEX ix_hold_until ON hold (until);

CREATE TABLE participant (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	appointment_id UUID NOT NULL, 
	client_id UUID, 
	visitor_name TEXT NOT NULL, 
	starts TIMESTAMP WITH TIME ZONE NOT NULL, 
	ends TIMESTAMP WITH TIME ZONE NOT NULL, 
	active BOOLEAN NOT NULL, 
	CONSTRAINT pk_participant PRIMARY KEY (id), 
	CONSTRAINT ck_participant_span CHECK (starts < ends), 
	CONSTRAINT ck_participant_who CHECK ((client_id is null) = (visitor_name <> '')), 
	CONSTRAINT ck_participant_version CHECK (version >= 1), 
	CONSTRAINT fk_participant_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_participant_client_id FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX ix_participant_appointment_id ON participant (appointment_id);

CREATE INDEX ix_participant_client_id_starts ON participant (client_id, starts);

alter table participant add constraint client_taken exclude using gist (client_id with =, tstzrange(starts, ends) with &&) where (active and client_id is not null);

CREATE TABLE refusal (
	id UUID NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	created_by UUID, 
	appointment_id UUID, 
	office_id UUID NOT NULL, 
	room_id UUID, 
	code VARCHAR NOT NULL, 
	CONSTRAINT pk_refusal PRIMARY KEY (id), 
	CONSTRAINT fk_refusal_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_refusal_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT fk_refusal_room_id FOREIGN KEY(room_id) REFERENCES room (id), 
	CONSTRAINT ck_refusal_code_word CHECK (code IN ('room_busy', 'airing', 'out_of_service', 'too_many_persons', 'not_accessible', 'no_screen', 'not_confidential', 'not_aired_enough', 'too_short', 'not_today', 'another_chosen', 'not_urgent', 'declined'))
);

CREATE INDEX ix_refusal_office_id_created_at ON refusal (office_id, created_at);

CREATE TABLE representative (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	client_id UUID NOT NULL, 
	family_name TEXT NOT NULL, 
	given_name TEXT NOT NULL, 
	salutation VARCHAR NOT NULL, 
	title TEXT NOT NULL, 
	organisation TEXT NOT NULL, 
	street TEXT NOT NULL, 
	postcode TEXT NOT NULL, 
	town TEXT NOT NULL, 
	country TEXT NOT NULL, 
	phone TEXT NOT NULL, 
	valid_from DATE NOT NULL, 
	valid_until DATE, 
	CONSTRAINT pk_representative PRIMARY KEY (id), 
	CONSTRAINT ck_representative_name CHECK (family_name <> '' or given_name <> '' or organisation <> ''), 
	CONSTRAINT ck_representative_valid CHECK (valid_until is null or valid_from <= valid_until), 
	CONSTRAINT ck_representative_version CHECK (version >= 1), 
	CONSTRAINT fk_representative_client_id FOREIGN KEY(client_id) REFERENCES client (id), 
	CONSTRAINT ck_representative_salutation_word CHECK (salutation IN ('frau', 'herr', 'none'))
);

CREATE INDEX ix_representative_client_id ON representative (client_id);

CREATE TABLE room_booking (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	place_id UUID NOT NULL, 
	office_id UUID NOT NULL, 
	appointment_id UUID, 
	use VARCHAR NOT NULL, 
	starts TIMESTAMP WITH TIME ZONE NOT NULL, 
	ends TIMESTAMP WITH TIME ZONE NOT NULL, 
	blocked_until TIMESTAMP WITH TIME ZONE NOT NULL, 
	persons INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	active BOOLEAN NOT NULL, 
	occupied_at TIMESTAMP WITH TIME ZONE, 
	vacated_at TIMESTAMP WITH TIME ZONE, 
	aired_at TIMESTAMP WITH TIME ZONE, 
	cleaned_at TIMESTAMP WITH TIME ZONE, 
	reason VARCHAR, 
	note TEXT NOT NULL, 
	initials TEXT NOT NULL, 
	CONSTRAINT pk_room_booking PRIMARY KEY (id), 
	CONSTRAINT ck_room_booking_span CHECK (starts < ends and ends <= blocked_until), 
	CONSTRAINT ck_room_booking_length CHECK (blocked_until - starts <= interval '31 days'), 
	CONSTRAINT ck_room_booking_persons CHECK (persons >= 1), 
	CONSTRAINT ck_room_booking_active CHECK (active = (state not in ('free', 'released'))), 
	CONSTRAINT ck_room_booking_entered_before_used CHECK (state not in ('airing', 'cleaning', 'occupied') or occupied_at is not null), 
	CONSTRAINT ck_room_booking_entered_before_vacated CHECK (vacated_at is null or (occupied_at is not null and occupied_at <= vacated_at)), 
	CONSTRAINT ck_room_booking_version CHECK (version >= 1), 
	CONSTRAINT fk_room_booking_place_id FOREIGN KEY(place_id) REFERENCES place (id), 
	CONSTRAINT fk_room_booking_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT fk_room_booking_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT ck_room_booking_use_word CHECK (use IN ('consultation', 'cleaning', 'maintenance', 'internal')), 
	CONSTRAINT ck_room_booking_state_word CHECK (state IN ('reserved', 'occupied', 'airing', 'cleaning', 'free', 'released')), 
	CONSTRAINT ck_room_booking_reason_word CHECK (reason IN ('client_asked', 'advisor_absent', 'office_closed', 'urgent', 'earlier_letter', 'lead_decision', 'defect', 'other'))
);

CREATE INDEX ix_room_booking_appointment_id ON room_booking (appointment_id);

CREATE INDEX ix_room_booking_office_active ON room_booking (office_id, starts, blocked_until) WHERE active;

CREATE INDEX ix_room_booking_office_id_starts ON room_booking (office_id, starts);

CREATE INDEX ix_room_booking_place_active ON room_booking (place_id, starts, blocked_until) WHERE active;

CREATE UNIQUE INDEX ix_room_booking_place_in_use ON room_booking (place_id) WHERE state in ('airing', 'cleaning', 'occupied');

alter table room_booking add constraint place_taken exclude using gist (place_id with =, tstzrange(starts, blocked_until) with &&) where (active);

CREATE TABLE visit (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	office_id UUID NOT NULL, 
	appointment_id UUID, 
	day DATE NOT NULL, 
	code TEXT NOT NULL, 
	arrived_at TIMESTAMP WITH TIME ZONE, 
	called_at TIMESTAMP WITH TIME ZONE, 
	entered_at TIMESTAMP WITH TIME ZONE, 
	left_at TIMESTAMP WITH TIME ZONE, 
	companions INTEGER NOT NULL, 
	needs JSON NOT NULL, 
	checked JSON NOT NULL, 
	result VARCHAR, 
	withdrawn_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_visit PRIMARY KEY (id), 
	CONSTRAINT ck_visit_companions CHECK (companions >= 0), 
	CONSTRAINT ck_visit_code CHECK (code <> ''), 
	CONSTRAINT ck_visit_arrived_first CHECK ((entered_at is null and left_at is null) or arrived_at is not null), 
	CONSTRAINT ck_visit_order CHECK (entered_at is null or left_at is null or entered_at <= left_at), 
	CONSTRAINT uq_visit_office_id_day_code UNIQUE (office_id, day, code), 
	CONSTRAINT ck_visit_version CHECK (version >= 1), 
	CONSTRAINT fk_visit_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT fk_visit_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT ck_visit_result_word CHECK (result IN ('settled', 'appointment_made', 'by_telephone', 'passed_on', 'left'))
);

CREATE INDEX ix_visit_appointment_id ON visit (appointment_id);

CREATE TABLE wait_entry (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	client_id UUID NOT NULL, 
	office_id UUID NOT NULL, 
	wish TEXT NOT NULL, 
	urgency VARCHAR NOT NULL, 
	since TIMESTAMP WITH TIME ZONE NOT NULL, 
	closed_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_wait_entry PRIMARY KEY (id), 
	CONSTRAINT ck_wait_entry_version CHECK (version >= 1), 
	CONSTRAINT fk_wait_entry_client_id FOREIGN KEY(client_id) REFERENCES client (id), 
	CONSTRAINT fk_wait_entry_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT ck_wait_entry_urgency_word CHECK (urgency IN ('none', 'urgent', 'emergency'))
);

CREATE INDEX ix_wait_entry_client_id ON wait_entry (client_id);

CREATE INDEX ix_wait_entry_office_id ON wait_entry (office_id);

CREATE TABLE client_sound (
	code TEXT COLLATE "C" NOT NULL, 
	entry INTEGER NOT NULL, 
	CONSTRAINT pk_client_sound PRIMARY KEY (code, entry), 
	CONSTRAINT fk_client_sound_entry FOREIGN KEY(entry) REFERENCES client_search (entry) ON DELETE CASCADE
);

CREATE INDEX ix_client_sound_entry ON client_sound (entry);

CREATE TABLE contact_attempt (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	call_task_id UUID, 
	client_id UUID NOT NULL, 
	staff_id UUID NOT NULL, 
	office_id UUID NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	direction VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	phone TEXT NOT NULL, 
	phone_id UUID, 
	minutes INTEGER, 
	withdrawn_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_contact_attempt PRIMARY KEY (id), 
	CONSTRAINT ck_contact_attempt_minutes CHECK (minutes >= 0), 
	CONSTRAINT ck_contact_attempt_version CHECK (version >= 1), 
	CONSTRAINT fk_contact_attempt_call_task_id FOREIGN KEY(call_task_id) REFERENCES call_task (id), 
	CONSTRAINT fk_contact_attempt_client_id FOREIGN KEY(client_id) REFERENCES client (id), 
	CONSTRAINT fk_contact_attempt_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT fk_contact_attempt_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT ck_contact_attempt_direction_word CHECK (direction IN ('out', 'in')), 
	CONSTRAINT ck_contact_attempt_outcome_word CHECK (outcome IN ('reached', 'no_answer', 'busy', 'mailbox', 'wrong_number', 'third_person', 'refused')), 
	CONSTRAINT fk_contact_attempt_phone_id FOREIGN KEY(phone_id) REFERENCES client_phone (id) ON DELETE SET NULL
);

CREATE INDEX ix_contact_attempt_call_task_id_at ON contact_attempt (call_task_id, at);

CREATE INDEX ix_contact_attempt_client_id_at ON contact_attempt (client_id, at);

CREATE INDEX ix_contact_attempt_phone_id ON contact_attempt (phone_id);

CREATE TABLE letter (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	client_id UUID NOT NULL, 
	office_id UUID NOT NULL, 
	advisor_id UUID NOT NULL, 
	kind VARCHAR NOT NULL, 
	language TEXT NOT NULL, 
	variant TEXT NOT NULL, 
	state VARCHAR NOT NULL, 
	template_version_id UUID NOT NULL, 
	data JSON NOT NULL, 
	appointment_id UUID, 
	call_task_id UUID, 
	replaces_id UUID, 
	assumed_posting DATE NOT NULL, 
	hold_reason VARCHAR, 
	hold_details JSON, 
	printed_at TIMESTAMP WITH TIME ZONE, 
	posted_on DATE, 
	withdrawn_at TIMESTAMP WITH TIME ZONE, 
	created_at TIMESTAMP WITH TIME ZONE, 
	CONSTRAINT pk_letter PRIMARY KEY (id), 
	CONSTRAINT ck_letter_held CHECK (state <> 'held' or hold_reason is not null), 
	CONSTRAINT ck_letter_posted CHECK (state <> 'posted' or posted_on is not null), 
	CONSTRAINT ck_letter_version CHECK (version >= 1), 
	CONSTRAINT fk_letter_client_id FOREIGN KEY(client_id) REFERENCES client (id), 
	CONSTRAINT fk_letter_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT fk_letter_advisor_id FOREIGN KEY(advisor_id) REFERENCES staff (id), 
	CONSTRAINT ck_letter_kind_word CHECK (kind IN ('telephone_proposal', 'changed_telephone', 'cancellation', 'confirmation', 'conversion', 'personal', 'opening', 'summons', 'please_call', 'postponement')), 
	CONSTRAINT ck_letter_state_word CHECK (state IN ('pending', 'held', 'printed', 'posted', 'void')), 
	CONSTRAINT fk_letter_template_version_id FOREIGN KEY(template_version_id) REFERENCES template_version (id), 
	CONSTRAINT fk_letter_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_letter_call_task_id FOREIGN KEY(call_task_id) REFERENCES call_task (id), 
	CONSTRAINT fk_letter_replaces_id FOREIGN KEY(replaces_id) REFERENCES letter (id), 
	CONSTRAINT ck_letter_hold_reason_word CHECK (hold_reason IN ('address_missing', 'address_incomplete', 'address_returned', 'address_does_not_fit', 'unprintable_character', 'window_check_failed', 'appointment_moved', 'slot_too_early', 'render_failed'))
);

CREATE INDEX ix_letter_appointment_id ON letter (appointment_id);

CREATE INDEX ix_letter_call_task_id ON letter (call_task_id);

CREATE INDEX ix_letter_client_id ON letter (client_id);

CREATE INDEX ix_letter_office_id_state_posted_on ON letter (office_id, state, posted_on);

CREATE TABLE appointment_change (
	id UUID NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	created_by UUID, 
	appointment_id UUID NOT NULL, 
	kind VARCHAR NOT NULL, 
	before JSON NOT NULL, 
	after JSON NOT NULL, 
	reason VARCHAR, 
	letter_id UUID, 
	CONSTRAINT pk_appointment_change PRIMARY KEY (id), 
	CONSTRAINT fk_appointment_change_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT ck_appointment_change_kind_word CHECK (kind IN ('created', 'moved', 'state', 'room', 'details', 'undone')), 
	CONSTRAINT ck_appointment_change_reason_word CHECK (reason IN ('client_asked', 'advisor_absent', 'office_closed', 'urgent', 'earlier_letter', 'lead_decision', 'defect', 'other')), 
	CONSTRAINT fk_appointment_change_letter_id FOREIGN KEY(letter_id) REFERENCES letter (id)
);

CREATE INDEX ix_appointment_change_appointment_id ON appointment_change (appointment_id);

CREATE TABLE attempt_note (
	id UUID NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	changed_by UUID, 
	text TEXT NOT NULL, 
	attempt_id UUID, 
	call_task_id UUID, 
	CONSTRAINT pk_attempt_note PRIMARY KEY (id), 
	CONSTRAINT ck_attempt_note_version CHECK (version >= 1), 
	CONSTRAINT fk_attempt_note_attempt_id FOREIGN KEY(attempt_id) REFERENCES contact_attempt (id), 
	CONSTRAINT fk_attempt_note_call_task_id FOREIGN KEY(call_task_id) REFERENCES call_task (id)
);

CREATE INDEX ix_attempt_note_attempt_id ON attempt_note (attempt_id);

CREATE INDEX ix_attempt_note_call_task_id ON attempt_note (call_task_id);

CREATE TABLE letter_archive (
	id UUID NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	created_by UUID, 
	letter_id UUID NOT NULL, 
	pdf BYTEA NOT NULL, 
	sha256 TEXT NOT NULL, 
	pages INTEGER NOT NULL, 
	CONSTRAINT pk_letter_archive PRIMARY KEY (id), 
	CONSTRAINT ck_letter_archive_sha256 CHECK (length(sha256) = 64), 
	CONSTRAINT ck_letter_archive_pages CHECK (pages >= 1), 
	CONSTRAINT fk_letter_archive_letter_id FOREIGN KEY(letter_id) REFERENCES letter (id)
);

CREATE INDEX ix_letter_archive_letter_id ON letter_archive (letter_id);

set local role koba_audit;

set local search_path = audit, app, public;

CREATE TABLE audit_event (
	id UUID NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	created_by UUID, 
	action VARCHAR NOT NULL, 
	object_kind TEXT NOT NULL, 
	object_id UUID, 
	fields JSON NOT NULL, 
	host TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	login TEXT, 
	CONSTRAINT pk_audit_event PRIMARY KEY (id), 
	CONSTRAINT ck_audit_event_action_word CHECK (action IN ('view_blocked', 'create', 'change', 'delete', 'print', 'export'))
);

CREATE INDEX ix_audit_event_created_at ON audit_event (created_at);

CREATE INDEX ix_audit_event_object_id ON audit_event (object_id);

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
;

grant select, insert on audit.audit_event to koba_owner;

set local role koba_owner;

set local search_path = app, app, public;

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
-- The trigger names what is booked: advisor, client, or place with its pause.
create function app.guard_held() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  booked text := tg_argv[0];
  wanted uuid;
  over timestamptz;
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
  end if;
  if exists (
    select from app.hold h
    where wanted = case booked
        when 'place' then h.place_id when 'advisor' then h.advisor_id else h.client_id end
      and h.changed_by is distinct from new.changed_by
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
;

create function app.impossible_rows(out code text, out at uuid, out other uuid)
returns setof record
language plpgsql stable security definer set search_path = app, pg_catalog, pg_temp as $$
begin
  if not app.is_administrator() and not pg_has_role(session_user, 'koba_owner', 'member') then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'impossible_rows';
  end if;
  return query select 'place_overlap'::text, q.* from (
        select x.id, y.id from room_booking x join room_booking y on x.place_id = y.place_id
        and x.id < y.id and x.starts < y.blocked_until and y.starts < x.blocked_until
        where x.active and y.active) q
union all
select 'advisor_overlap'::text, q.* from (
        select x.id, y.id from appointment x join appointment y on x.advisor_id = y.advisor_id
        and x.id < y.id and x.starts < y.ends and y.starts < x.ends
        where x.active and y.active) q
union all
select 'client_overlap'::text, q.* from (
        select x.id, y.id from participant x join participant y on x.client_id = y.client_id
        and x.id < y.id and x.starts < y.ends and y.starts < x.ends
        and x.appointment_id <> y.appointment_id
        where x.active and y.active) q
union all
select 'participant_apart'::text, q.id, null::uuid from (
        select p.id from participant p join appointment a on a.id = p.appointment_id
        where (p.starts, p.ends, p.active) is distinct from (a.starts, a.ends, a.active)) q
union all
select 'search_differs'::text, q.id, null::uuid from (
        select c.id from client c left join client_search s on s.client_id = c.id
        where s.client_id is null) q;
end $$;

create function app.audit_subjects(meant uuid, code text, client_number text)
returns setof uuid
language plpgsql stable security definer
set search_path = app, pg_catalog, pg_temp as $$
declare
  heads uuid[] := array[meant];
begin
  if not app.reads_audit() and not pg_has_role(session_user, 'koba_owner', 'member') then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'audited_objects';
  end if;
  if meant is null then
    heads := array(
      select a.id from appointment a where a.reference = code
      union all select c.id from client c where c.number = client_number);
  end if;
  return query select unnest(heads)
    union all select p.id from client_address p where p.client_id = any (heads)
    union all select p.id from client_phone p where p.client_id = any (heads)
    union all select p.id from client_email p where p.client_id = any (heads)
    union all select p.id from representative p where p.client_id = any (heads)
    union all select p.id from client_note p where p.client_id = any (heads)
    union all select p.id from participant p where p.appointment_id = any (heads)
    union all select p.id from appointment_purpose p where p.appointment_id = any (heads)
    union all select p.id from appointment_change p where p.appointment_id = any (heads)
    union all select p.id from room_booking p where p.appointment_id = any (heads)
    union all select p.id from visit p where p.appointment_id = any (heads)
    union all select p.id from letter p where p.appointment_id = any (heads);
end $$;

create function app.audit_references(ids uuid[], out at uuid, out code text)
returns setof record
language plpgsql stable security definer
set search_path = app, pg_catalog, pg_temp as $$
begin
  if not app.reads_audit() and not pg_has_role(session_user, 'koba_owner', 'member') then
    raise insufficient_privilege using message = 'not_entitled', constraint = 'audited_objects';
  end if;
  return query select a.id, a.reference from appointment a where a.id = any (ids);
end $$;

set local role koba_provisioner;

set local search_path = people, app, public;

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
;

set local role koba_owner;

set local search_path = app, app, public;

set local role koba_owner;

revoke execute on all functions in schema app from public;

grant execute on function app.now(), app.today(), app.day_begins(), app.me(), app.me_as(text[]), app.my_offices(text[]), app.is_administrator(), app.reads_audit(), app.in_use(), app.sees_client(uuid), app.address_open(uuid), app.address_mine(uuid), app.advisor_times(uuid[], timestamptz, timestamptz), app.take_locks(bigint[], boolean[]), app.end_holds(timestamptz), app.impossible_rows(), app.audit_subjects(uuid, text, text), app.audit_references(uuid[]) to koba_user;

set local role koba_audit;

revoke execute on all functions in schema audit from public;

grant execute on function audit.note(text, text, uuid, text, text), audit.seal_some(), audit.last_seal(), audit.broken_seals() to koba_user;

set local role koba_provisioner;

revoke execute on all functions in schema people from public;

grant execute on function people.may_provision(), people.set_login(text, text), people.allow_login(text, boolean), people.end_connections(text), people.logins() to koba_user;

set local role koba_owner;

grant execute on function app.now(), app.today(), app.day_begins(), app.me(), app.new_id(), app.reads_audit(), app.address_mine(uuid), app.has_to_do_with(text, uuid) to koba_audit;

grant execute on function app.is_administrator() to koba_provisioner;

grant select on staff, staff_role to koba_provisioner, koba_audit;

set local role koba_audit;

grant execute on function audit.note_login(text, text) to koba_provisioner;

grant execute on function audit.track(), audit.seal_some(), audit.last_seal(), audit.broken_seals() to koba_owner;

set local role koba_provisioner;

grant execute on function people.roles_changed(), people.login_given_up() to koba_owner;

set local role koba_owner;

create trigger guard before insert or update on office for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on office for each row when (current_user <> 'koba_owner') execute function audit.track('Office');

create trigger counted after insert or update or delete on office for each statement execute function app.count_master();

create trigger guard before insert or update on opening_hours for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on opening_hours for each row when (current_user <> 'koba_owner') execute function audit.track('OpeningHours');

create trigger counted after insert or update or delete on opening_hours for each statement execute function app.count_master();

create trigger guard before insert or update on closing_day for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on closing_day for each row when (current_user <> 'koba_owner') execute function audit.track('ClosingDay');

create trigger counted after insert or update or delete on closing_day for each statement execute function app.count_master();

create trigger guard before insert or update on setting for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on setting for each row when (current_user <> 'koba_owner') execute function audit.track('Setting');

create trigger counted after insert or update or delete on setting for each statement execute function app.count_master();

create trigger guard before insert or update on staff for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on staff for each row when (current_user <> 'koba_owner') execute function audit.track('Staff');

create trigger counted after insert or update or delete on staff for each statement execute function app.count_master();

create trigger guard before insert or update on staff_role for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on staff_role for each row when (current_user <> 'koba_owner') execute function audit.track('StaffRole');

create trigger counted after insert or update or delete on staff_role for each statement execute function app.count_master();

create trigger guard before insert or update on working_pattern for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on working_pattern for each row when (current_user <> 'koba_owner') execute function audit.track('WorkingPattern');

create trigger counted after insert or update or delete on working_pattern for each statement execute function app.count_master();

create trigger guard before insert or update on absence for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on absence for each row when (current_user <> 'koba_owner') execute function audit.track('Absence');

create trigger counted after insert or update or delete on absence for each statement execute function app.count_master();

create trigger guard before insert or update on client for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on client for each row when (current_user <> 'koba_owner') execute function audit.track('Client');

create trigger guard before insert or update on client_address for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on client_address for each row when (current_user <> 'koba_owner') execute function audit.track('ClientAddress');

create trigger guard before insert or update on client_phone for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on client_phone for each row when (current_user <> 'koba_owner') execute function audit.track('ClientPhone');

create trigger guard before insert or update on client_email for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on client_email for each row when (current_user <> 'koba_owner') execute function audit.track('ClientEmail');

create trigger guard before insert or update on representative for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on representative for each row when (current_user <> 'koba_owner') execute function audit.track('Representative');

create trigger guard before insert or update on client_note for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on client_note for each row when (current_user <> 'koba_owner') execute function audit.track('ClientNote');

create trigger guard before insert on contact_trace for each row execute function app.guard_appended();

create trigger fixed before update on contact_trace for each row execute function app.refuse_change();

create trigger audited after insert or update or delete on contact_trace for each row when (current_user <> 'koba_owner') execute function audit.track('ContactTrace');

create trigger guard before insert or update on appointment_kind for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on appointment_kind for each row when (current_user <> 'koba_owner') execute function audit.track('AppointmentKind');

create trigger counted after insert or update or delete on appointment_kind for each statement execute function app.count_master();

create trigger guard before insert or update on appointment for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on appointment for each row when (current_user <> 'koba_owner') execute function audit.track('Appointment');

create trigger guard before insert or update of id, version, changed_at, changed_by, appointment_id, client_id, visitor_name on participant for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on participant for each row when (current_user <> 'koba_owner') execute function audit.track('Participant');

create trigger guard before insert or update on appointment_purpose for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on appointment_purpose for each row when (current_user <> 'koba_owner') execute function audit.track('AppointmentPurpose');

create trigger guard before insert on appointment_change for each row execute function app.guard_appended();

create trigger fixed before update on appointment_change for each row execute function app.refuse_change();

create trigger kept before delete on appointment_change for each row execute function app.refuse_change();

create trigger audited after insert or update or delete on appointment_change for each row when (current_user <> 'koba_owner') execute function audit.track('AppointmentChange');

create trigger guard before insert or update on change_reason for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on change_reason for each row when (current_user <> 'koba_owner') execute function audit.track('ChangeReason');

create trigger guard before insert or update on hold for each row execute function app.guard_changed();

create trigger guard before insert or update on wait_entry for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on wait_entry for each row when (current_user <> 'koba_owner') execute function audit.track('WaitEntry');

create trigger guard before insert or update on room for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on room for each row when (current_user <> 'koba_owner') execute function audit.track('Room');

create trigger counted after insert or update or delete on room for each statement execute function app.count_master();

create trigger guard before insert or update on place for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on place for each row when (current_user <> 'koba_owner') execute function audit.track('Place');

create trigger counted after insert or update or delete on place for each statement execute function app.count_master();

create trigger guard before insert or update on hygiene_profile for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on hygiene_profile for each row when (current_user <> 'koba_owner') execute function audit.track('HygieneProfile');

create trigger counted after insert or update or delete on hygiene_profile for each statement execute function app.count_master();

create trigger guard before insert or update on room_booking for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on room_booking for each row when (current_user <> 'koba_owner') execute function audit.track('RoomBooking');

create trigger guard before insert or update on visit for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on visit for each row when (current_user <> 'koba_owner') execute function audit.track('Visit');

create trigger guard before insert on refusal for each row execute function app.guard_appended();

create trigger fixed before update on refusal for each row execute function app.refuse_change();

create trigger kept before delete on refusal for each row execute function app.refuse_change();

create trigger audited after insert or update or delete on refusal for each row when (current_user <> 'koba_owner') execute function audit.track('Refusal');

create trigger guard before insert or update on call_task for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on call_task for each row when (current_user <> 'koba_owner') execute function audit.track('CallTask');

create trigger guard before insert or update of id, version, changed_at, changed_by, call_task_id, client_id, staff_id, office_id, at, direction, outcome, phone, minutes, withdrawn_at on contact_attempt for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on contact_attempt for each row when (current_user <> 'koba_owner') execute function audit.track('ContactAttempt');

create trigger guard before insert or update on attempt_note for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on attempt_note for each row when (current_user <> 'koba_owner') execute function audit.track('AttemptNote');

create trigger guard before insert or update on template for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on template for each row when (current_user <> 'koba_owner') execute function audit.track('Template');

create trigger counted after insert or update or delete on template for each statement execute function app.count_master();

create trigger guard before insert on template_version for each row execute function app.guard_appended();

create trigger fixed before update on template_version for each row execute function app.refuse_change();

create trigger kept before delete on template_version for each row execute function app.refuse_change();

create trigger audited after insert or update or delete on template_version for each row when (current_user <> 'koba_owner') execute function audit.track('TemplateVersion');

create trigger counted after insert or update or delete on template_version for each statement execute function app.count_master();

create trigger guard before insert or update on letter for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on letter for each row when (current_user <> 'koba_owner') execute function audit.track('Letter');

create trigger guard before insert on letter_archive for each row execute function app.guard_appended();

create trigger fixed before update on letter_archive for each row execute function app.refuse_change();

create trigger kept before delete on letter_archive for each row execute function app.refuse_change();

create trigger audited after insert or update or delete on letter_archive for each row when (current_user <> 'koba_owner') execute function audit.track('LetterArchive');

create trigger guard before insert on operating_mode for each row execute function app.guard_appended();

create trigger fixed before update on operating_mode for each row execute function app.refuse_change();

create trigger kept before delete on operating_mode for each row execute function app.refuse_change();

create trigger audited after insert or update or delete on operating_mode for each row when (current_user <> 'koba_owner') execute function audit.track('OperatingMode');

create trigger counted after insert or update or delete on operating_mode for each statement execute function app.count_master();

create trigger guard before insert on incidence_value for each row execute function app.guard_appended();

create trigger fixed before update on incidence_value for each row execute function app.refuse_change();

create trigger kept before delete on incidence_value for each row execute function app.refuse_change();

create trigger audited after insert or update or delete on incidence_value for each row when (current_user <> 'koba_owner') execute function audit.track('IncidenceValue');

create trigger counted after insert or update or delete on incidence_value for each statement execute function app.count_master();

create trigger guard before insert or update on rule_set for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on rule_set for each row when (current_user <> 'koba_owner') execute function audit.track('RuleSet');

create trigger counted after insert or update or delete on rule_set for each statement execute function app.count_master();

create trigger guard before insert or update on mode_proposal for each row execute function app.guard_changed();

create trigger audited after insert or update or delete on mode_proposal for each row when (current_user <> 'koba_owner') execute function audit.track('ModeProposal');

create trigger counted after insert or update or delete on mode_proposal for each statement execute function app.count_master();

create trigger guard before insert on command for each row execute function app.guard_appended();

create trigger fixed before update on command for each row execute function app.refuse_change();

create trigger kept before delete on command for each row execute function app.refuse_change();

create trigger guard before insert or update on draft for each row execute function app.guard_changed();

create trigger hold_insert after insert on appointment for each row when (new.active) execute function app.guard_held('advisor');

create trigger hold_update after update of advisor_id, starts, ends, active on appointment for each row when (new.active and (new.advisor_id, new.starts, new.ends, new.active) is distinct from (old.advisor_id, old.starts, old.ends, old.active)) execute function app.guard_held('advisor');

create trigger participant_follows after update of starts, ends, active on appointment for each row when ((new.starts, new.ends, new.active) is distinct from (old.starts, old.ends, old.active)) execute function app.participant_follows();

create trigger like_appointment before insert or update on participant for each row execute function app.like_appointment();

create trigger hold_insert after insert on participant for each row when (new.active and new.client_id is not null) execute function app.guard_held('client');

create trigger hold_update after update on participant for each row when (new.active and new.client_id is not null and (new.client_id, new.starts, new.ends, new.active) is distinct from (old.client_id, old.starts, old.ends, old.active)) execute function app.guard_held('client');

create trigger hold_insert after insert on room_booking for each row when (new.active and new.state = 'reserved' and new.use = 'consultation') execute function app.guard_held('place');

create trigger hold_update after update of place_id, starts, blocked_until, active on room_booking for each row when (new.active and new.state = 'reserved' and new.use = 'consultation' and (new.place_id is distinct from old.place_id or not old.active or new.starts < old.starts or new.blocked_until > old.blocked_until)) execute function app.guard_held('place');

create trigger hold_free after insert or update on hold for each row execute function app.guard_hold();

create trigger login_fixed before update of login on staff for each row execute function app.guard_staff();

create trigger login_given_up after update of login on staff for each row when (new.login <> old.login) execute function people.login_given_up();

create trigger login_removed after delete on staff for each row execute function people.login_given_up();

create trigger address_hidden before update on client for each row when (old.address_blocked) execute function app.guard_blocked();

create trigger letters_hide after update of address_blocked on client for each row when (new.address_blocked and not old.address_blocked) execute function app.hide_addresses();

create trigger letters_hide after update on appointment for each row when ((new.starts, new.ends, new.advisor_id, new.channel, new.kind_id, new.phone, new.state, new.withdrawn_at) is distinct from (old.starts, old.ends, old.advisor_id, old.channel, old.kind_id, old.phone, old.state, old.withdrawn_at)) execute function app.hide_addresses();

create trigger client_seen before insert on participant for each row when (new.client_id is not null) execute function app.guard_client_seen();

create trigger client_seen_again before update of client_id on participant for each row when (new.client_id is not null and new.client_id is distinct from old.client_id) execute function app.guard_client_seen();

create trigger client_seen before insert on call_task for each row when (new.client_id is not null) execute function app.guard_client_seen();

create trigger client_seen_again before update of client_id on call_task for each row when (new.client_id is not null and new.client_id is distinct from old.client_id) execute function app.guard_client_seen();

create trigger client_seen before insert on contact_attempt for each row when (new.client_id is not null) execute function app.guard_client_seen();

create trigger client_seen_again before update of client_id on contact_attempt for each row when (new.client_id is not null and new.client_id is distinct from old.client_id) execute function app.guard_client_seen();

create trigger client_seen before insert on letter for each row when (new.client_id is not null) execute function app.guard_client_seen();

create trigger client_seen_again before update of client_id on letter for each row when (new.client_id is not null and new.client_id is distinct from old.client_id) execute function app.guard_client_seen();

create trigger client_seen before insert on wait_entry for each row when (new.client_id is not null) execute function app.guard_client_seen();

create trigger client_seen_again before update of client_id on wait_entry for each row when (new.client_id is not null and new.client_id is distinct from old.client_id) execute function app.guard_client_seen();

create trigger groups_follow after insert or update or delete on staff_role for each row execute function people.roles_changed();

grant select on app.appointment_kind to koba_user;

grant select, insert, update, delete on app.appointment_kind to koba_lead;

grant select, insert, update, delete on app.appointment_kind to koba_administrator;

alter table app.appointment_kind enable row level security;

create policy appointment_kind_select_0 on app.appointment_kind for select to public using ((select app.me()) is not null);

create policy appointment_kind_insert_1 on app.appointment_kind for insert to public with check ((select app.is_administrator()) or false);

create policy appointment_kind_update_2 on app.appointment_kind for update to public using ((select app.is_administrator()) or false);

create policy appointment_kind_delete_3 on app.appointment_kind for delete to public using ((select app.is_administrator()) or false);

set local role koba_audit;

grant select on audit.audit_event to koba_administrator;

grant select on audit.audit_event to koba_data_protection;

grant select on audit.audit_event to koba_advisor;

grant select on audit.audit_event to koba_lead;

alter table audit.audit_event enable row level security;

create policy audit_event_select_0 on audit.audit_event for select to public using ((select app.reads_audit()));

create policy audit_event_select_1 on audit.audit_event for select to koba_advisor using (created_by = (select app.me()) and action = 'view_blocked');

create policy audit_event_select_2 on audit.audit_event for select to koba_lead using (created_by = (select app.me()) and action = 'view_blocked');

create policy owner_reads on audit.audit_event for select to koba_owner using (true);

create policy owner_adds on audit.audit_event for insert to koba_owner with check (true);

set local role koba_owner;

grant select, insert, update on app.change_reason to koba_advisor;

grant select, insert, update on app.change_reason to koba_lead;

grant insert on app.change_reason to koba_reception;

alter table app.change_reason enable row level security;

create policy change_reason_select_0 on app.change_reason for select to koba_advisor using (exists (select from app.appointment_change c join app.appointment p on p.id = c.appointment_id where c.id = subject_id and (p.office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or p.advisor_id = (select app.me_as('advisor', 'lead')))) or exists (select from app.room_booking p where p.id = subject_id and p.office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[])) or exists (select from app.letter p where p.id = subject_id and (p.office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or p.advisor_id = (select app.me_as('advisor', 'lead')))));

create policy change_reason_select_1 on app.change_reason for select to koba_lead using (exists (select from app.appointment_change c join app.appointment p on p.id = c.appointment_id where c.id = subject_id and (p.office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or p.advisor_id = (select app.me_as('advisor', 'lead')))) or exists (select from app.room_booking p where p.id = subject_id and p.office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[])) or exists (select from app.letter p where p.id = subject_id and (p.office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or p.advisor_id = (select app.me_as('advisor', 'lead')))));

create policy change_reason_insert_2 on app.change_reason for insert to public with check (changed_by = (select app.me()) and (exists (select from app.appointment_change c join app.appointment p on p.id = c.appointment_id where c.id = subject_id and (p.office_id = any ((select app.my_offices('reception', 'advisor', 'lead'))::uuid[]) or p.advisor_id = (select app.me_as('reception', 'advisor', 'lead')))) or exists (select from app.room_booking p where p.id = subject_id and p.office_id = any ((select app.my_offices('reception', 'advisor', 'lead'))::uuid[])) or exists (select from app.letter p where p.id = subject_id and (p.office_id = any ((select app.my_offices('reception', 'advisor', 'lead'))::uuid[]) or p.advisor_id = (select app.me_as('reception', 'advisor', 'lead'))))));

create policy change_reason_update_3 on app.change_reason for update to public using (changed_by = (select app.me()));

grant select, insert on app.command to koba_user;

alter table app.command enable row level security;

create policy command_all_0 on app.command for all to public using (created_by = (select app.me()));

alter table app.contact_trace enable row level security;

grant select on app.incidence_value to koba_user;

grant select, insert on app.incidence_value to koba_lead;

grant select, insert on app.incidence_value to koba_administrator;

alter table app.incidence_value enable row level security;

create policy incidence_value_select_0 on app.incidence_value for select to public using ((select app.me()) is not null);

create policy incidence_value_insert_1 on app.incidence_value for insert to public with check ((select app.is_administrator()) or cardinality((select app.my_offices('lead'))) > 0);

grant select on app.office to koba_user;

grant select, insert, update, delete on app.office to koba_lead;

grant select, insert, update, delete on app.office to koba_administrator;

alter table app.office enable row level security;

create policy office_select_0 on app.office for select to public using ((select app.me()) is not null);

create policy office_insert_1 on app.office for insert to public with check ((select app.is_administrator()) or id = any ((select app.my_offices('lead'))::uuid[]));

create policy office_update_2 on app.office for update to public using ((select app.is_administrator()) or id = any ((select app.my_offices('lead'))::uuid[]));

create policy office_delete_3 on app.office for delete to public using ((select app.is_administrator()) or id = any ((select app.my_offices('lead'))::uuid[]));

grant select on app.rule_set to koba_user;

grant select, insert, update, delete on app.rule_set to koba_lead;

grant select, insert, update, delete on app.rule_set to koba_administrator;

alter table app.rule_set enable row level security;

create policy rule_set_select_0 on app.rule_set for select to public using ((select app.me()) is not null);

create policy rule_set_insert_1 on app.rule_set for insert to public with check ((select app.is_administrator()) or false);

create policy rule_set_update_2 on app.rule_set for update to public using ((select app.is_administrator()) or false);

create policy rule_set_delete_3 on app.rule_set for delete to public using ((select app.is_administrator()) or false);

grant select on app.template to koba_user;

grant select, insert, update on app.template to koba_administrator;

alter table app.template enable row level security;

create policy template_select_0 on app.template for select to public using ((select app.me()) is not null);

create policy template_insert_1 on app.template for insert to public with check ((select app.is_administrator()) or false);

create policy template_update_2 on app.template for update to public using ((select app.is_administrator()) or false);

create policy template_delete_3 on app.template for delete to public using ((select app.is_administrator()) or false);

grant select on app.closing_day to koba_user;

grant select, insert, update, delete on app.closing_day to koba_lead;

grant select, insert, update, delete on app.closing_day to koba_administrator;

alter table app.closing_day enable row level security;

create policy closing_day_select_0 on app.closing_day for select to public using ((select app.me()) is not null);

create policy closing_day_insert_1 on app.closing_day for insert to public with check ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy closing_day_update_2 on app.closing_day for update to public using ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy closing_day_delete_3 on app.closing_day for delete to public using ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

grant select on app.mode_proposal to koba_user;

grant select, insert, update, delete on app.mode_proposal to koba_lead;

grant select, insert, update, delete on app.mode_proposal to koba_administrator;

alter table app.mode_proposal enable row level security;

create policy mode_proposal_select_0 on app.mode_proposal for select to public using ((select app.me()) is not null);

create policy mode_proposal_insert_1 on app.mode_proposal for insert to public with check ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy mode_proposal_update_2 on app.mode_proposal for update to public using ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy mode_proposal_delete_3 on app.mode_proposal for delete to public using ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

grant select on app.opening_hours to koba_user;

grant select, insert, update, delete on app.opening_hours to koba_lead;

grant select, insert, update, delete on app.opening_hours to koba_administrator;

alter table app.opening_hours enable row level security;

create policy opening_hours_select_0 on app.opening_hours for select to public using ((select app.me()) is not null);

create policy opening_hours_insert_1 on app.opening_hours for insert to public with check ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy opening_hours_update_2 on app.opening_hours for update to public using ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy opening_hours_delete_3 on app.opening_hours for delete to public using ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

grant select on app.operating_mode to koba_user;

grant select, insert on app.operating_mode to koba_lead;

grant select, insert on app.operating_mode to koba_administrator;

alter table app.operating_mode enable row level security;

create policy operating_mode_select_0 on app.operating_mode for select to public using ((select app.me()) is not null);

create policy operating_mode_insert_1 on app.operating_mode for insert to public with check ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy operating_mode_update_2 on app.operating_mode for update to public using ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy operating_mode_delete_3 on app.operating_mode for delete to public using ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

grant select on app.room to koba_user;

grant select, insert, update, delete on app.room to koba_lead;

grant select, insert, update, delete on app.room to koba_administrator;

alter table app.room enable row level security;

create policy room_select_0 on app.room for select to public using ((select app.me()) is not null);

create policy room_insert_1 on app.room for insert to public with check ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy room_update_2 on app.room for update to public using ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy room_delete_3 on app.room for delete to public using ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

grant select on app.setting to koba_user;

grant select, insert, update, delete on app.setting to koba_lead;

grant select, insert, update, delete on app.setting to koba_administrator;

alter table app.setting enable row level security;

create policy setting_select_0 on app.setting for select to public using ((select app.me()) is not null);

create policy setting_insert_1 on app.setting for insert to public with check ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy setting_update_2 on app.setting for update to public using ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy setting_delete_3 on app.setting for delete to public using ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

grant select on app.staff to koba_user;

grant select, insert, update, delete on app.staff to koba_lead;

grant select, insert, update, delete on app.staff to koba_administrator;

alter table app.staff enable row level security;

create policy staff_select_0 on app.staff for select to public using ((select app.me()) is not null);

create policy staff_insert_1 on app.staff for insert to public with check ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy staff_update_2 on app.staff for update to public using ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy staff_delete_3 on app.staff for delete to public using ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy staff_select_4 on app.staff for select to koba_provisioner using (true);

create policy staff_select_5 on app.staff for select to koba_audit using (true);

grant select on app.template_version to koba_user;

grant select, insert on app.template_version to koba_administrator;

alter table app.template_version enable row level security;

create policy template_version_select_0 on app.template_version for select to public using ((select app.me()) is not null);

create policy template_version_insert_1 on app.template_version for insert to public with check ((select app.is_administrator()) or false);

create policy template_version_update_2 on app.template_version for update to public using ((select app.is_administrator()) or false);

create policy template_version_delete_3 on app.template_version for delete to public using ((select app.is_administrator()) or false);

grant select on app.absence to koba_user;

grant select, insert, update, delete on app.absence to koba_lead;

grant select, insert, update, delete on app.absence to koba_administrator;

alter table app.absence enable row level security;

create policy absence_select_0 on app.absence for select to public using ((select app.me()) is not null);

create policy absence_insert_1 on app.absence for insert to public with check ((select app.is_administrator()) or exists (select from app.staff p where p.id = staff_id and p.office_id = any ((select app.my_offices('lead'))::uuid[])));

create policy absence_update_2 on app.absence for update to public using ((select app.is_administrator()) or exists (select from app.staff p where p.id = staff_id and p.office_id = any ((select app.my_offices('lead'))::uuid[])));

create policy absence_delete_3 on app.absence for delete to public using ((select app.is_administrator()) or exists (select from app.staff p where p.id = staff_id and p.office_id = any ((select app.my_offices('lead'))::uuid[])));

grant select, insert, update on app.appointment to koba_reception;

grant select, insert, update on app.appointment to koba_advisor;

grant select, insert, update on app.appointment to koba_lead;

alter table app.appointment enable row level security;

create policy appointment_select_0 on app.appointment for select to public using (office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or advisor_id = (select app.me_as('advisor', 'lead')) or ((office_id = any ((select app.my_offices('reception'))::uuid[]) or advisor_id = (select app.me_as('reception', 'advisor', 'lead'))) and (ends >= (select app.day_begins()) or changed_at >= (select app.day_begins()) or state in ('arrived', 'in_progress'))));

create policy appointment_insert_1 on app.appointment for insert to public with check (office_id = any ((select app.my_offices('reception', 'advisor', 'lead'))::uuid[]));

create policy appointment_update_2 on app.appointment for update to public using (office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or advisor_id = (select app.me_as('advisor', 'lead')) or ((office_id = any ((select app.my_offices('reception'))::uuid[]) or advisor_id = (select app.me_as('reception', 'advisor', 'lead'))) and (ends >= (select app.day_begins()) or changed_at >= (select app.day_begins()) or state in ('arrived', 'in_progress')))) with check (office_id = any ((select app.my_offices('reception', 'advisor', 'lead'))::uuid[]) or advisor_id = (select app.me_as('reception', 'advisor', 'lead')));

grant select, insert, update on app.client to koba_reception;

grant select, insert, update on app.client to koba_advisor;

grant select, insert, update on app.client to koba_lead;

alter table app.client enable row level security;

create policy client_all_0 on app.client for all to public using (office_id = any ((select app.my_offices('reception', 'advisor', 'lead'))::uuid[]) or advisor_id = (select app.me_as('reception', 'advisor', 'lead')));

grant select, insert, update, delete on app.draft to koba_user;

alter table app.draft enable row level security;

create policy draft_all_0 on app.draft for all to public using (author_id = (select app.me()));

grant select on app.hygiene_profile to koba_user;

grant select, insert, update, delete on app.hygiene_profile to koba_lead;

grant select, insert, update, delete on app.hygiene_profile to koba_administrator;

alter table app.hygiene_profile enable row level security;

create policy hygiene_profile_select_0 on app.hygiene_profile for select to public using ((select app.me()) is not null);

create policy hygiene_profile_insert_1 on app.hygiene_profile for insert to public with check ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy hygiene_profile_update_2 on app.hygiene_profile for update to public using ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

create policy hygiene_profile_delete_3 on app.hygiene_profile for delete to public using ((select app.is_administrator()) or office_id = any ((select app.my_offices('lead'))::uuid[]));

grant select on app.place to koba_user;

grant select, insert, update, delete on app.place to koba_lead;

grant select, insert, update, delete on app.place to koba_administrator;

alter table app.place enable row level security;

create policy place_select_0 on app.place for select to public using ((select app.me()) is not null);

create policy place_insert_1 on app.place for insert to public with check ((select app.is_administrator()) or exists (select from app.room p where p.id = room_id and p.office_id = any ((select app.my_offices('lead'))::uuid[])));

create policy place_update_2 on app.place for update to public using ((select app.is_administrator()) or exists (select from app.room p where p.id = room_id and p.office_id = any ((select app.my_offices('lead'))::uuid[])));

create policy place_delete_3 on app.place for delete to public using ((select app.is_administrator()) or exists (select from app.room p where p.id = room_id and p.office_id = any ((select app.my_offices('lead'))::uuid[])));

grant select, insert, update, delete on app.presence to koba_user;

alter table app.presence enable row level security;

create policy presence_select_0 on app.presence for select to public using ((select app.me_as('reception', 'advisor', 'lead')) is not null or staff_id = (select app.me()));

create policy presence_insert_1 on app.presence for insert to public with check (staff_id = (select app.me()));

create policy presence_update_2 on app.presence for update to public using (staff_id = (select app.me()));

create policy presence_delete_3 on app.presence for delete to public using (staff_id = (select app.me()));

grant select on app.staff_role to koba_user;

grant select, insert, update, delete on app.staff_role to koba_lead;

grant select, insert, update, delete on app.staff_role to koba_administrator;

alter table app.staff_role enable row level security;

create policy staff_role_select_0 on app.staff_role for select to public using ((select app.me()) is not null);

create policy staff_role_select_1 on app.staff_role for select to koba_provisioner using (true);

create policy staff_role_select_2 on app.staff_role for select to koba_audit using (true);

create policy staff_role_insert_3 on app.staff_role for insert to public with check ((staff_id is distinct from (select app.me()) or not (select app.in_use())) and ((select app.is_administrator()) or (office_id = any ((select app.my_offices('lead'))::uuid[]) and role not in ('administrator', 'data_protection'))));

create policy staff_role_update_4 on app.staff_role for update to public using ((staff_id is distinct from (select app.me()) or not (select app.in_use())) and ((select app.is_administrator()) or (office_id = any ((select app.my_offices('lead'))::uuid[]) and role not in ('administrator', 'data_protection'))));

create policy staff_role_delete_5 on app.staff_role for delete to public using ((staff_id is distinct from (select app.me()) or not (select app.in_use())) and ((select app.is_administrator()) or (office_id = any ((select app.my_offices('lead'))::uuid[]) and role not in ('administrator', 'data_protection'))));

grant select on app.working_pattern to koba_user;

grant select, insert, update, delete on app.working_pattern to koba_lead;

grant select, insert, update, delete on app.working_pattern to koba_administrator;

alter table app.working_pattern enable row level security;

create policy working_pattern_select_0 on app.working_pattern for select to public using ((select app.me()) is not null);

create policy working_pattern_insert_1 on app.working_pattern for insert to public with check ((select app.is_administrator()) or exists (select from app.staff p where p.id = staff_id and p.office_id = any ((select app.my_offices('lead'))::uuid[])));

create policy working_pattern_update_2 on app.working_pattern for update to public using ((select app.is_administrator()) or exists (select from app.staff p where p.id = staff_id and p.office_id = any ((select app.my_offices('lead'))::uuid[])));

create policy working_pattern_delete_3 on app.working_pattern for delete to public using ((select app.is_administrator()) or exists (select from app.staff p where p.id = staff_id and p.office_id = any ((select app.my_offices('lead'))::uuid[])));

grant select, insert, update, delete on app.appointment_purpose to koba_advisor;

grant select, insert, update, delete on app.appointment_purpose to koba_lead;

alter table app.appointment_purpose enable row level security;

create policy appointment_purpose_all_0 on app.appointment_purpose for all to public using (exists (select from app.appointment p where p.id = appointment_id and (p.office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or p.advisor_id = (select app.me_as('advisor', 'lead')))));

grant select, insert, update on app.call_task to koba_reception;

grant select, insert, update on app.call_task to koba_advisor;

grant select, insert, update on app.call_task to koba_lead;

alter table app.call_task enable row level security;

create policy call_task_all_0 on app.call_task for all to public using (office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or advisor_id = (select app.me_as('advisor', 'lead')) or ((office_id = any ((select app.my_offices('reception'))::uuid[]) or advisor_id = (select app.me_as('reception', 'advisor', 'lead'))) and ((closed_at is null and withdrawn_at is null) or changed_by = (select app.me())))) with check (office_id = any ((select app.my_offices('reception', 'advisor', 'lead'))::uuid[]) or advisor_id = (select app.me_as('reception', 'advisor', 'lead')));

grant select, insert, update, delete on app.client_address to koba_reception;

grant select, insert, update, delete on app.client_address to koba_advisor;

grant select, insert, update, delete on app.client_address to koba_lead;

alter table app.client_address enable row level security;

create policy client_address_select_0 on app.client_address for select to public using (exists (select from app.client p where p.id = client_id and (not p.address_blocked or app.address_open(p.id))));

create policy client_address_insert_1 on app.client_address for insert to public with check (exists (select from app.client p where p.id = client_id) and app.address_mine(client_id));

create policy client_address_update_2 on app.client_address for update to public using (exists (select from app.client p where p.id = client_id and (not p.address_blocked or app.address_open(p.id)))) with check (exists (select from app.client p where p.id = client_id) and app.address_mine(client_id));

create policy client_address_delete_3 on app.client_address for delete to public using (exists (select from app.client p where p.id = client_id and (not p.address_blocked or app.address_open(p.id))));

grant select, insert, update, delete on app.client_email to koba_reception;

grant select, insert, update, delete on app.client_email to koba_advisor;

grant select, insert, update, delete on app.client_email to koba_lead;

alter table app.client_email enable row level security;

create policy client_email_all_0 on app.client_email for all to public using (exists (select from app.client p where p.id = client_id));

grant select, insert, update, delete on app.client_note to koba_advisor;

grant select, insert, update, delete on app.client_note to koba_lead;

alter table app.client_note enable row level security;

create policy client_note_all_0 on app.client_note for all to public using (exists (select from app.client p where p.id = client_id and (p.office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or p.advisor_id = (select app.me_as('advisor', 'lead')))));

grant select, insert, update, delete on app.client_phone to koba_reception;

grant select, insert, update, delete on app.client_phone to koba_advisor;

grant select, insert, update, delete on app.client_phone to koba_lead;

alter table app.client_phone enable row level security;

create policy client_phone_all_0 on app.client_phone for all to public using (exists (select from app.client p where p.id = client_id));

grant select, insert, update, delete on app.client_search to koba_reception;

grant usage on sequence client_search_entry_seq to koba_reception;

grant select, insert, update, delete on app.client_search to koba_advisor;

grant usage on sequence client_search_entry_seq to koba_advisor;

grant select, insert, update, delete on app.client_search to koba_lead;

grant usage on sequence client_search_entry_seq to koba_lead;

alter table app.client_search enable row level security;

create policy client_search_all_0 on app.client_search for all to public using (office_id = any ((select app.my_offices('reception', 'advisor', 'lead'))::uuid[]) or client_id in (select c.id from app.client c where c.advisor_id = (select app.me_as('reception', 'advisor', 'lead'))));

grant select, insert, update, delete on app.hold to koba_reception;

grant select, insert, update, delete on app.hold to koba_advisor;

grant select, insert, update, delete on app.hold to koba_lead;

alter table app.hold enable row level security;

create policy hold_select_0 on app.hold for select to public using ((select app.me_as('reception', 'advisor', 'lead')) is not null);

create policy hold_insert_1 on app.hold for insert to public with check (changed_by = (select app.me_as('reception', 'advisor', 'lead')) and until <= (select app.now()) + interval '65 minutes');

create policy hold_update_2 on app.hold for update to public using (changed_by = (select app.me_as('reception', 'advisor', 'lead'))) with check (changed_by = (select app.me_as('reception', 'advisor', 'lead')) and until <= (select app.now()) + interval '65 minutes');

create policy hold_delete_3 on app.hold for delete to public using (changed_by = (select app.me_as('reception', 'advisor', 'lead')) or until <= (select app.now()));

grant select, insert, update on app.participant to koba_reception;

grant select, insert, update on app.participant to koba_advisor;

grant select, insert, update on app.participant to koba_lead;

alter table app.participant enable row level security;

create policy participant_all_0 on app.participant for all to public using (exists (select from app.appointment p where p.id = appointment_id));

grant select, insert on app.refusal to koba_reception;

grant select, insert on app.refusal to koba_advisor;

grant select, insert on app.refusal to koba_lead;

alter table app.refusal enable row level security;

create policy refusal_select_0 on app.refusal for select to public using (office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or (office_id = any ((select app.my_offices('reception'))::uuid[]) and created_at >= (select app.day_begins())));

create policy refusal_insert_1 on app.refusal for insert to public with check (office_id = any ((select app.my_offices('reception', 'advisor', 'lead'))::uuid[]));

grant select, insert, update, delete on app.representative to koba_reception;

grant select, insert, update, delete on app.representative to koba_advisor;

grant select, insert, update, delete on app.representative to koba_lead;

alter table app.representative enable row level security;

create policy representative_all_0 on app.representative for all to public using (exists (select from app.client p where p.id = client_id));

grant select, insert, update on app.room_booking to koba_reception;

grant select, insert, update on app.room_booking to koba_advisor;

grant select, insert, update on app.room_booking to koba_lead;

alter table app.room_booking enable row level security;

create policy room_booking_all_0 on app.room_booking for all to public using (office_id = any ((select app.my_offices('reception', 'advisor', 'lead'))::uuid[])) with check (office_id = any ((select app.my_offices('reception', 'advisor', 'lead'))::uuid[]) and exists (select from app.place p join app.room r on r.id = p.room_id where p.id = place_id and r.office_id = room_booking.office_id));

grant select, insert, update on app.visit to koba_reception;

grant select, insert, update on app.visit to koba_advisor;

grant select, insert, update on app.visit to koba_lead;

alter table app.visit enable row level security;

create policy visit_all_0 on app.visit for all to public using (office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or (office_id = any ((select app.my_offices('reception'))::uuid[]) and (day >= (select app.today()) or changed_at >= (select app.day_begins()) or (arrived_at is not null and left_at is null)))) with check (office_id = any ((select app.my_offices('reception', 'advisor', 'lead'))::uuid[]));

grant select, insert, update on app.wait_entry to koba_reception;

grant select, insert, update on app.wait_entry to koba_advisor;

grant select, insert, update on app.wait_entry to koba_lead;

alter table app.wait_entry enable row level security;

create policy wait_entry_all_0 on app.wait_entry for all to public using (office_id = any ((select app.my_offices('reception', 'advisor', 'lead'))::uuid[]));

grant select, insert, update, delete on app.client_sound to koba_reception;

grant select, insert, update, delete on app.client_sound to koba_advisor;

grant select, insert, update, delete on app.client_sound to koba_lead;

alter table app.client_sound enable row level security;

create policy client_sound_all_0 on app.client_sound for all to public using (exists (select from app.client_search p where p.entry = client_sound.entry));

grant select, insert, update on app.contact_attempt to koba_advisor;

grant select, insert, update on app.contact_attempt to koba_lead;

grant select on app.contact_attempt to koba_reception;

alter table app.contact_attempt enable row level security;

create policy contact_attempt_select_0 on app.contact_attempt for select to public using (office_id = any ((select app.my_offices('reception', 'advisor', 'lead'))::uuid[]) or staff_id = (select app.me_as('reception', 'advisor', 'lead')));

create policy contact_attempt_insert_1 on app.contact_attempt for insert to public with check (office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or staff_id = (select app.me_as('advisor', 'lead')));

create policy contact_attempt_update_2 on app.contact_attempt for update to public using (office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or staff_id = (select app.me_as('advisor', 'lead')));

grant select, insert, update on app.letter to koba_reception;

grant select, insert, update on app.letter to koba_advisor;

grant select, insert, update on app.letter to koba_lead;

alter table app.letter enable row level security;

create policy letter_select_0 on app.letter for select to public using ((office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or advisor_id = (select app.me_as('advisor', 'lead')) or ((office_id = any ((select app.my_offices('reception'))::uuid[]) or advisor_id = (select app.me_as('reception', 'advisor', 'lead'))) and (state in ('pending', 'held', 'printed') or changed_at >= (select app.day_begins())))) and (coalesce(json_array_length(data -> 'recipient_lines'), 0) = 0 or app.address_mine(client_id)));

create policy letter_insert_1 on app.letter for insert to public with check (office_id = any ((select app.my_offices('reception', 'advisor', 'lead'))::uuid[]) or advisor_id = (select app.me_as('reception', 'advisor', 'lead')));

create policy letter_update_2 on app.letter for update to public using ((office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or advisor_id = (select app.me_as('advisor', 'lead')) or ((office_id = any ((select app.my_offices('reception'))::uuid[]) or advisor_id = (select app.me_as('reception', 'advisor', 'lead'))) and (state in ('pending', 'held', 'printed') or changed_at >= (select app.day_begins())))) and (coalesce(json_array_length(data -> 'recipient_lines'), 0) = 0 or app.address_mine(client_id))) with check (office_id = any ((select app.my_offices('reception', 'advisor', 'lead'))::uuid[]) or advisor_id = (select app.me_as('reception', 'advisor', 'lead')));

grant select, insert on app.appointment_change to koba_reception;

grant select, insert on app.appointment_change to koba_advisor;

grant select, insert on app.appointment_change to koba_lead;

alter table app.appointment_change enable row level security;

create policy appointment_change_all_0 on app.appointment_change for all to public using (exists (select from app.appointment p where p.id = appointment_id));

grant select, insert, update, delete on app.attempt_note to koba_advisor;

grant select, insert, update, delete on app.attempt_note to koba_lead;

grant insert on app.attempt_note to koba_reception;

alter table app.attempt_note enable row level security;

create policy attempt_note_all_0 on app.attempt_note for all to public using (exists (select from app.contact_attempt p where p.id = attempt_id and (p.office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or p.staff_id = (select app.me_as('advisor', 'lead')))) or exists (select from app.call_task p where p.id = call_task_id and (p.office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or p.advisor_id = (select app.me_as('advisor', 'lead')))));

create policy attempt_note_insert_1 on app.attempt_note for insert to koba_reception with check (attempt_id is null and exists (select from app.call_task p where p.id = call_task_id));

grant select, insert on app.letter_archive to koba_advisor;

grant select, insert on app.letter_archive to koba_lead;

grant insert on app.letter_archive to koba_reception;

alter table app.letter_archive enable row level security;

create policy letter_archive_insert_0 on app.letter_archive for insert to public with check (exists (select from app.letter p where p.id = letter_id));

create policy letter_archive_select_1 on app.letter_archive for select to koba_advisor using (exists (select from app.letter p where p.id = letter_id and (p.office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or p.advisor_id = (select app.me_as('advisor', 'lead')))));

create policy letter_archive_select_2 on app.letter_archive for select to koba_lead using (exists (select from app.letter p where p.id = letter_id and (p.office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or p.advisor_id = (select app.me_as('advisor', 'lead')))));

create view appointment_row with (security_barrier) as SELECT appointment.id, appointment.version, appointment.reference, appointment.office_id, appointment.advisor_id, staff.family_name AS advisor_name, staff.initials AS advisor_initials, appointment.kind_id, appointment_kind.name AS kind_name, appointment.channel, appointment.starts, appointment.ends, appointment.state, appointment.urgency, appointment.phone, participant.client_id, coalesce(client.family_name, participant.visitor_name, ''::VARCHAR) AS family_name, coalesce(client.given_name, ''::VARCHAR) AS given_name, coalesce(client.salutation, 'none') AS salutation, (SELECT count(*) AS count_1 
FROM participant 
WHERE participant.appointment_id = appointment.id) AS participants, room.id AS room_id, coalesce(room.name, ''::VARCHAR) AS room_name, letter.state AS letter_state, letter.posted_on AS letter_posted_on, EXISTS (SELECT appointment_change.id 
FROM appointment_change 
WHERE appointment_change.appointment_id = appointment.id AND appointment_change.kind = 'moved') AS moved, appointment.withdrawn_at 
FROM appointment JOIN staff ON staff.id = appointment.advisor_id JOIN appointment_kind ON appointment_kind.id = appointment.kind_id LEFT OUTER JOIN participant ON participant.id = (SELECT participant.id 
FROM participant 
WHERE participant.appointment_id = appointment.id ORDER BY participant.id 
 LIMIT 1::INTEGER) LEFT OUTER JOIN client ON client.id = participant.client_id LEFT OUTER JOIN room_booking ON room_booking.id = (SELECT room_booking.id 
FROM room_booking 
WHERE room_booking.appointment_id = appointment.id AND room_booking.active ORDER BY room_booking.id DESC 
 LIMIT 1::INTEGER) LEFT OUTER JOIN place ON place.id = room_booking.place_id LEFT OUTER JOIN room ON room.id = place.room_id LEFT OUTER JOIN letter ON letter.id = (SELECT letter.id 
FROM letter 
WHERE letter.appointment_id = appointment.id AND letter.state != 'void' AND letter.withdrawn_at IS NULL ORDER BY letter.id DESC 
 LIMIT 1::INTEGER) where appointment.office_id = any ((select app.my_offices('advisor', 'lead'))::uuid[]) or appointment.advisor_id = (select app.me_as('advisor', 'lead')) or ((appointment.office_id = any ((select app.my_offices('reception'))::uuid[]) or appointment.advisor_id = (select app.me_as('reception', 'advisor', 'lead'))) and (appointment.ends >= (select app.day_begins()) or appointment.changed_at >= (select app.day_begins()) or appointment.state in ('arrived', 'in_progress'))) or (select pg_has_role(session_user, 'koba_owner', 'member'));

grant select on appointment_row to koba_reception, koba_advisor, koba_lead;

create table alembic_version (version_num varchar(32) primary key);

grant select on alembic_version, deployment, master_version to koba_user;

reset role;
