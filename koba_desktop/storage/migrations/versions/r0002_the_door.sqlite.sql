CREATE TABLE refusal (
	id CHAR(32) NOT NULL, 
	created_at BIGINT NOT NULL, 
	created_by CHAR(32), 
	appointment_id CHAR(32), 
	office_id CHAR(32) NOT NULL, 
	room_id CHAR(32), 
	code VARCHAR NOT NULL, 
	CONSTRAINT pk_refusal PRIMARY KEY (id), 
	CONSTRAINT fk_refusal_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_refusal_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT fk_refusal_room_id FOREIGN KEY(room_id) REFERENCES room (id), 
	CONSTRAINT ck_refusal_code_word CHECK (code IN ('room_busy', 'airing', 'out_of_service', 'too_many_persons', 'not_accessible', 'no_screen', 'not_confidential', 'not_aired_enough', 'too_short', 'not_today', 'another_chosen', 'not_urgent', 'declined'))
);

CREATE INDEX ix_refusal_office_id_created_at ON refusal (office_id, created_at);

CREATE TABLE room_booking (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	place_id CHAR(32) NOT NULL, 
	office_id CHAR(32) NOT NULL, 
	appointment_id CHAR(32), 
	use VARCHAR NOT NULL, 
	starts BIGINT NOT NULL, 
	ends BIGINT NOT NULL, 
	blocked_until BIGINT NOT NULL, 
	persons INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	active BOOLEAN NOT NULL, 
	occupied_at BIGINT, 
	vacated_at BIGINT, 
	aired_at BIGINT, 
	cleaned_at BIGINT, 
	reason VARCHAR, 
	note TEXT NOT NULL, 
	initials TEXT NOT NULL, 
	CONSTRAINT pk_room_booking PRIMARY KEY (id), 
	CONSTRAINT ck_room_booking_span CHECK (starts < ends and ends <= blocked_until), 
	CONSTRAINT ck_room_booking_length CHECK (blocked_until - starts <= 2678400000000), 
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
	CONSTRAINT ck_room_booking_active_word CHECK (active IN (0, 1)), 
	CONSTRAINT ck_room_booking_reason_word CHECK (reason IN ('client_asked', 'advisor_absent', 'office_closed', 'urgent', 'earlier_letter', 'lead_decision', 'defect', 'other'))
);

CREATE INDEX ix_room_booking_appointment_id ON room_booking (appointment_id);

CREATE INDEX ix_room_booking_office_active ON room_booking (office_id, starts, blocked_until) WHERE active;

CREATE INDEX ix_room_booking_office_id_starts ON room_booking (office_id, starts);

CREATE INDEX ix_room_booking_place_active ON room_booking (place_id, starts, blocked_until) WHERE active;

CREATE UNIQUE INDEX ix_room_booking_place_in_use ON room_booking (place_id) WHERE state in ('airing', 'cleaning', 'occupied');

CREATE TABLE visit (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	office_id CHAR(32) NOT NULL, 
	appointment_id CHAR(32), 
	day DATE NOT NULL, 
	code TEXT NOT NULL, 
	arrived_at BIGINT, 
	called_at BIGINT, 
	entered_at BIGINT, 
	left_at BIGINT, 
	companions INTEGER NOT NULL, 
	needs JSON NOT NULL, 
	checked JSON NOT NULL, 
	result VARCHAR, 
	withdrawn_at BIGINT, 
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

create trigger place_free_insert after insert on room_booking when new.active begin
select raise(abort, 'place_taken') where exists (
  select 1 from room_booking x
  where x.place_id = new.place_id and x.active and x.id <> new.id
    and x.starts < new.blocked_until and x.starts > new.starts - 2678400000000
    and x.blocked_until > new.starts);
select raise(abort, 'place_held') where new.state = 'reserved'
  and new.use = 'consultation' and exists (
  select 1 from hold h
  where h.place_id = new.place_id and h.changed_by is not new.changed_by
    and h.starts < new.blocked_until and h.ends > new.starts);
end;

create trigger place_free_update after update of place_id, starts, blocked_until, active on room_booking when new.active begin
select raise(abort, 'place_taken') where exists (
  select 1 from room_booking x
  where x.place_id = new.place_id and x.active and x.id <> new.id
    and x.starts < new.blocked_until and x.starts > new.starts - 2678400000000
    and x.blocked_until > new.starts);
end;

create trigger place_held_update after update of place_id, starts, blocked_until, active on room_booking when new.active and (new.place_id is not old.place_id or not old.active or new.starts < old.starts or new.blocked_until > old.blocked_until) begin
select raise(abort, 'place_held') where new.state = 'reserved'
  and new.use = 'consultation' and exists (
  select 1 from hold h
  where h.place_id = new.place_id and h.changed_by is not new.changed_by
    and h.starts < new.blocked_until and h.ends > new.starts);
end;

create trigger room_booking_version before update on room_booking when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger visit_version before update on visit when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger refusal_no_update before update on refusal begin
select raise(abort, 'append_only');
end;

create trigger refusal_no_delete before delete on refusal begin
select raise(abort, 'append_only');
end;

drop trigger advisor_free_update;

create trigger advisor_free_update after update of advisor_id, starts, ends, active on appointment when new.active and (new.advisor_id, new.starts, new.ends, new.active) is not (old.advisor_id, old.starts, old.ends, old.active) begin
select raise(abort, 'advisor_taken') where exists (
  select 1 from appointment x
  where x.advisor_id = new.advisor_id and x.active and x.id <> new.id
    and x.starts < new.ends and x.starts > new.starts - 86400000000 and x.ends > new.starts);
select raise(abort, 'advisor_held') where exists (
  select 1 from hold h
  where h.advisor_id = new.advisor_id and h.changed_by is not new.changed_by
    and h.starts < new.ends and h.ends > new.starts);
end;
