CREATE TABLE appointment_kind (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
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
	CONSTRAINT ck_appointment_kind_version CHECK (version >= 1), 
	CONSTRAINT ck_appointment_kind_outdoors_allowed_word CHECK (outdoors_allowed IN (0, 1))
);

CREATE TABLE audit_event (
	id CHAR(32) NOT NULL, 
	created_at BIGINT NOT NULL, 
	created_by CHAR(32), 
	action VARCHAR NOT NULL, 
	object_kind TEXT NOT NULL, 
	object_id CHAR(32), 
	fields JSON NOT NULL, 
	host TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_audit_event PRIMARY KEY (id), 
	CONSTRAINT ck_audit_event_action_word CHECK (action IN ('view_blocked', 'create', 'change', 'delete', 'print', 'export'))
);

CREATE INDEX ix_audit_event_created_at ON audit_event (created_at);

CREATE INDEX ix_audit_event_object_id ON audit_event (object_id);

CREATE TABLE change_reason (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	subject_id CHAR(32) NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_change_reason PRIMARY KEY (id), 
	CONSTRAINT ck_change_reason_version CHECK (version >= 1)
);

CREATE INDEX ix_change_reason_subject_id ON change_reason (subject_id);

CREATE TABLE command (
	id CHAR(32) NOT NULL, 
	created_at BIGINT NOT NULL, 
	created_by CHAR(32), 
	name TEXT NOT NULL, 
	result JSON NOT NULL, 
	CONSTRAINT pk_command PRIMARY KEY (id)
);

CREATE TABLE contact_trace (
	id CHAR(32) NOT NULL, 
	created_at BIGINT NOT NULL, 
	created_by CHAR(32), 
	name TEXT NOT NULL, 
	contact TEXT NOT NULL, 
	place_name TEXT NOT NULL, 
	starts BIGINT NOT NULL, 
	ends BIGINT NOT NULL, 
	CONSTRAINT pk_contact_trace PRIMARY KEY (id), 
	CONSTRAINT ck_contact_trace_span CHECK (starts < ends)
);

CREATE INDEX ix_contact_trace_created_at ON contact_trace (created_at);

CREATE TABLE incidence_value (
	id CHAR(32) NOT NULL, 
	created_at BIGINT NOT NULL, 
	created_by CHAR(32), 
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
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
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
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
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
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	kind VARCHAR NOT NULL, 
	language TEXT NOT NULL, 
	variant TEXT NOT NULL, 
	CONSTRAINT pk_template PRIMARY KEY (id), 
	CONSTRAINT uq_template_kind_language_variant UNIQUE (kind, language, variant), 
	CONSTRAINT ck_template_version CHECK (version >= 1), 
	CONSTRAINT ck_template_kind_word CHECK (kind IN ('telephone_proposal', 'changed_telephone', 'cancellation', 'confirmation', 'conversion', 'personal', 'opening', 'summons', 'please_call', 'postponement'))
);

CREATE TABLE closing_day (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	office_id CHAR(32) NOT NULL, 
	day DATE NOT NULL, 
	reason TEXT NOT NULL, 
	channel VARCHAR, 
	opens TIME, 
	closes TIME, 
	CONSTRAINT pk_closing_day PRIMARY KEY (id), 
	CONSTRAINT ck_closing_day_both_times CHECK ((opens is null) = (closes is null)), 
	CONSTRAINT ck_closing_day_span CHECK (opens is null or opens < closes), 
	CONSTRAINT ck_closing_day_version CHECK (version >= 1), 
	CONSTRAINT fk_closing_day_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT ck_closing_day_channel_word CHECK (channel IN ('telephone', 'in_person', 'outdoors'))
);

CREATE INDEX ix_closing_day_office_id_day ON closing_day (office_id, day);

CREATE TABLE mode_proposal (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	office_id CHAR(32) NOT NULL, 
	rule_set_id CHAR(32) NOT NULL, 
	mode VARCHAR NOT NULL, 
	effective_on DATE NOT NULL, 
	counted JSON NOT NULL, 
	decided_at BIGINT, 
	accepted BOOLEAN, 
	decision_reason TEXT NOT NULL, 
	CONSTRAINT pk_mode_proposal PRIMARY KEY (id), 
	CONSTRAINT ck_mode_proposal_version CHECK (version >= 1), 
	CONSTRAINT fk_mode_proposal_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT fk_mode_proposal_rule_set_id FOREIGN KEY(rule_set_id) REFERENCES rule_set (id), 
	CONSTRAINT ck_mode_proposal_mode_word CHECK (mode IN ('closed', 'by_appointment', 'regular')), 
	CONSTRAINT ck_mode_proposal_accepted_word CHECK (accepted IN (0, 1))
);

CREATE INDEX ix_mode_proposal_office_id_effective_on ON mode_proposal (office_id, effective_on);

CREATE TABLE opening_hours (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	office_id CHAR(32) NOT NULL, 
	channel VARCHAR NOT NULL, 
	weekday INTEGER NOT NULL, 
	opens TIME NOT NULL, 
	closes TIME NOT NULL, 
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
	id CHAR(32) NOT NULL, 
	created_at BIGINT NOT NULL, 
	created_by CHAR(32), 
	office_id CHAR(32) NOT NULL, 
	mode VARCHAR NOT NULL, 
	valid_from BIGINT NOT NULL, 
	source VARCHAR NOT NULL, 
	reason TEXT NOT NULL, 
	withdraws_id CHAR(32), 
	CONSTRAINT pk_operating_mode PRIMARY KEY (id), 
	CONSTRAINT fk_operating_mode_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT ck_operating_mode_mode_word CHECK (mode IN ('closed', 'by_appointment', 'regular')), 
	CONSTRAINT ck_operating_mode_source_word CHECK (source IN ('district_order', 'state_regulation', 'lead_decision', 'rule_proposal', 'withdrawal', 'founding')), 
	CONSTRAINT fk_operating_mode_withdraws_id FOREIGN KEY(withdraws_id) REFERENCES operating_mode (id)
);

CREATE INDEX ix_operating_mode_office_id_valid_from ON operating_mode (office_id, valid_from);

CREATE TABLE room (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	office_id CHAR(32) NOT NULL, 
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
	CONSTRAINT ck_room_windows_word CHECK (windows IN ('none', 'tilt', 'full', 'cross')), 
	CONSTRAINT ck_room_wheelchair_word CHECK (wheelchair IN (0, 1))
);

CREATE INDEX ix_room_office_id ON room (office_id);

CREATE TABLE setting (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	"key" TEXT NOT NULL, 
	value JSON NOT NULL, 
	valid_from DATE NOT NULL, 
	office_id CHAR(32), 
	CONSTRAINT pk_setting PRIMARY KEY (id), 
	CONSTRAINT ck_setting_version CHECK (version >= 1), 
	CONSTRAINT fk_setting_office_id FOREIGN KEY(office_id) REFERENCES office (id)
);

CREATE INDEX ix_setting_key_office_id_valid_from ON setting ("key", office_id, valid_from);

CREATE TABLE staff (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	login TEXT NOT NULL, 
	family_name TEXT NOT NULL, 
	given_name TEXT NOT NULL, 
	salutation VARCHAR NOT NULL, 
	initials TEXT NOT NULL, 
	phone TEXT NOT NULL, 
	email TEXT NOT NULL, 
	office_id CHAR(32), 
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
	id CHAR(32) NOT NULL, 
	created_at BIGINT NOT NULL, 
	created_by CHAR(32), 
	template_id CHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	blocks JSON NOT NULL, 
	valid_from DATE NOT NULL, 
	CONSTRAINT pk_template_version PRIMARY KEY (id), 
	CONSTRAINT uq_template_version_template_id_number UNIQUE (template_id, number), 
	CONSTRAINT fk_template_version_template_id FOREIGN KEY(template_id) REFERENCES template (id)
);

CREATE TABLE absence (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	staff_id CHAR(32) NOT NULL, 
	starts BIGINT NOT NULL, 
	ends BIGINT NOT NULL, 
	label TEXT NOT NULL, 
	CONSTRAINT pk_absence PRIMARY KEY (id), 
	CONSTRAINT ck_absence_span CHECK (starts < ends), 
	CONSTRAINT ck_absence_version CHECK (version >= 1), 
	CONSTRAINT fk_absence_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
);

CREATE INDEX ix_absence_staff_id_starts ON absence (staff_id, starts);

CREATE TABLE appointment (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	reference TEXT NOT NULL, 
	office_id CHAR(32) NOT NULL, 
	advisor_id CHAR(32) NOT NULL, 
	kind_id CHAR(32) NOT NULL, 
	channel VARCHAR NOT NULL, 
	starts BIGINT NOT NULL, 
	ends BIGINT NOT NULL, 
	state VARCHAR NOT NULL, 
	active BOOLEAN NOT NULL, 
	urgency VARCHAR NOT NULL, 
	urgency_category VARCHAR, 
	phone TEXT NOT NULL, 
	started_at BIGINT, 
	finished_at BIGINT, 
	withdrawn_at BIGINT, 
	CONSTRAINT pk_appointment PRIMARY KEY (id), 
	CONSTRAINT ck_appointment_span CHECK (starts < ends), 
	CONSTRAINT ck_appointment_length CHECK (ends - starts <= 86400000000), 
	CONSTRAINT ck_appointment_reference CHECK (length(reference) = 8), 
	CONSTRAINT ck_appointment_active CHECK (active = (state in ('arrived', 'confirmed', 'in_progress', 'kept', 'proposed') and withdrawn_at is null)), 
	CONSTRAINT uq_appointment_reference UNIQUE (reference), 
	CONSTRAINT ck_appointment_version CHECK (version >= 1), 
	CONSTRAINT fk_appointment_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT fk_appointment_advisor_id FOREIGN KEY(advisor_id) REFERENCES staff (id), 
	CONSTRAINT fk_appointment_kind_id FOREIGN KEY(kind_id) REFERENCES appointment_kind (id), 
	CONSTRAINT ck_appointment_channel_word CHECK (channel IN ('telephone', 'in_person', 'outdoors')), 
	CONSTRAINT ck_appointment_state_word CHECK (state IN ('proposed', 'confirmed', 'arrived', 'in_progress', 'kept', 'missed', 'cancelled_by_client', 'cancelled_by_office')), 
	CONSTRAINT ck_appointment_active_word CHECK (active IN (0, 1)), 
	CONSTRAINT ck_appointment_urgency_word CHECK (urgency IN ('none', 'urgent', 'emergency')), 
	CONSTRAINT ck_appointment_urgency_category_word CHECK (urgency_category IN ('no_money', 'housing', 'energy', 'health_insurance', 'deadline', 'not_by_telephone', 'other'))
);

CREATE INDEX ix_appointment_advisor_active ON appointment (advisor_id, starts, ends) WHERE active;

CREATE INDEX ix_appointment_office_id_starts_ends ON appointment (office_id, starts, ends);

CREATE TABLE client (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	family_name TEXT NOT NULL, 
	given_name TEXT NOT NULL, 
	number TEXT, 
	case_number TEXT, 
	salutation VARCHAR NOT NULL, 
	title TEXT NOT NULL, 
	birth_date DATE, 
	language VARCHAR NOT NULL, 
	needs JSON NOT NULL, 
	office_id CHAR(32) NOT NULL, 
	advisor_id CHAR(32), 
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
	CONSTRAINT fk_client_advisor_id FOREIGN KEY(advisor_id) REFERENCES staff (id), 
	CONSTRAINT ck_client_address_blocked_word CHECK (address_blocked IN (0, 1))
);

CREATE INDEX ix_client_advisor_id ON client (advisor_id);

CREATE INDEX ix_client_case_number ON client (case_number) WHERE case_number is not null;

CREATE INDEX ix_client_office_id ON client (office_id);

CREATE TABLE draft (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	author_id CHAR(32) NOT NULL, 
	form TEXT NOT NULL, 
	subject_id CHAR(32), 
	content JSON NOT NULL, 
	saved_at BIGINT NOT NULL, 
	CONSTRAINT pk_draft PRIMARY KEY (id), 
	CONSTRAINT ck_draft_version CHECK (version >= 1), 
	CONSTRAINT fk_draft_author_id FOREIGN KEY(author_id) REFERENCES staff (id)
);

CREATE INDEX ix_draft_author_id ON draft (author_id);

CREATE TABLE hygiene_profile (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	office_id CHAR(32) NOT NULL, 
	room_id CHAR(32), 
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
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	room_id CHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	CONSTRAINT pk_place PRIMARY KEY (id), 
	CONSTRAINT uq_place_room_id_number UNIQUE (room_id, number), 
	CONSTRAINT ck_place_version CHECK (version >= 1), 
	CONSTRAINT fk_place_room_id FOREIGN KEY(room_id) REFERENCES room (id)
);

CREATE TABLE staff_role (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	staff_id CHAR(32) NOT NULL, 
	office_id CHAR(32) NOT NULL, 
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
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	staff_id CHAR(32) NOT NULL, 
	weekday INTEGER NOT NULL, 
	starts TIME NOT NULL, 
	ends TIME NOT NULL, 
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
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	appointment_id CHAR(32) NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_appointment_purpose PRIMARY KEY (id), 
	CONSTRAINT uq_appointment_purpose_appointment_id UNIQUE (appointment_id), 
	CONSTRAINT ck_appointment_purpose_version CHECK (version >= 1), 
	CONSTRAINT fk_appointment_purpose_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id)
);

CREATE TABLE call_task (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	client_id CHAR(32) NOT NULL, 
	advisor_id CHAR(32) NOT NULL, 
	office_id CHAR(32) NOT NULL, 
	reason VARCHAR NOT NULL, 
	due BIGINT NOT NULL, 
	kind_id CHAR(32), 
	appointment_id CHAR(32), 
	closed_at BIGINT, 
	result VARCHAR, 
	withdrawn_at BIGINT, 
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
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	client_id CHAR(32) NOT NULL, 
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
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	client_id CHAR(32) NOT NULL, 
	address TEXT NOT NULL, 
	consent_on DATE, 
	CONSTRAINT pk_client_email PRIMARY KEY (id), 
	CONSTRAINT ck_client_email_version CHECK (version >= 1), 
	CONSTRAINT fk_client_email_client_id FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX ix_client_email_client_id ON client_email (client_id);

CREATE TABLE client_note (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	client_id CHAR(32) NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_client_note PRIMARY KEY (id), 
	CONSTRAINT ck_client_note_version CHECK (version >= 1), 
	CONSTRAINT fk_client_note_client_id FOREIGN KEY(client_id) REFERENCES client (id)
);

CREATE INDEX ix_client_note_client_id ON client_note (client_id);

CREATE TABLE client_phone (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	client_id CHAR(32) NOT NULL, 
	typed TEXT NOT NULL, 
	e164 TEXT, 
	kind VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	bad_since BIGINT, 
	CONSTRAINT pk_client_phone PRIMARY KEY (id), 
	CONSTRAINT ck_client_phone_version CHECK (version >= 1), 
	CONSTRAINT fk_client_phone_client_id FOREIGN KEY(client_id) REFERENCES client (id), 
	CONSTRAINT ck_client_phone_kind_word CHECK (kind IN ('mobile', 'private', 'work', 'other'))
);

CREATE INDEX ix_client_phone_client_id_position ON client_phone (client_id, position);

CREATE TABLE client_search (
	entry INTEGER NOT NULL, 
	client_id CHAR(32) NOT NULL, 
	office_id CHAR(32) NOT NULL, 
	sort_name TEXT NOT NULL, 
	family TEXT NOT NULL, 
	given TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_client_search PRIMARY KEY (entry), 
	CONSTRAINT uq_client_search_client_id UNIQUE (client_id), 
	CONSTRAINT fk_client_search_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
);

CREATE INDEX ix_client_search_family ON client_search (family);

CREATE INDEX ix_client_search_given ON client_search (given);

CREATE INDEX ix_client_search_office_id_sort_name ON client_search (office_id, sort_name);

CREATE INDEX ix_client_search_sort_name ON client_search (sort_name);

CREATE TABLE hold (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	advisor_id CHAR(32), 
	client_id CHAR(32), 
	place_id CHAR(32), 
	starts BIGINT NOT NULL, 
	ends BIGINT NOT NULL, 
	until BIGINT NOT NULL, 
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
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	appointment_id CHAR(32) NOT NULL, 
	client_id CHAR(32), 
	visitor_name TEXT NOT NULL, 
	starts BIGINT NOT NULL, 
	ends BIGINT NOT NULL, 
	active BOOLEAN NOT NULL, 
	CONSTRAINT pk_participant PRIMARY KEY (id), 
	CONSTRAINT ck_participant_span CHECK (starts < ends), 
	CONSTRAINT ck_participant_who CHECK ((client_id is null) = (visitor_name <> '')), 
	CONSTRAINT ck_participant_version CHECK (version >= 1), 
	CONSTRAINT fk_participant_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_participant_client_id FOREIGN KEY(client_id) REFERENCES client (id), 
	CONSTRAINT ck_participant_active_word CHECK (active IN (0, 1))
);

CREATE INDEX ix_participant_appointment_id ON participant (appointment_id);

CREATE INDEX ix_participant_client_id_starts ON participant (client_id, starts);

CREATE TABLE refusal (
	id CHAR(32) NOT NULL, 
	created_at BIGINT NOT NULL, 
	created_by CHAR(32), 
	appointment_id CHAR(32), 
	office_id CHAR(32) NOT NULL, 
	room_id CHAR(32), 
	code TEXT NOT NULL, 
	CONSTRAINT pk_refusal PRIMARY KEY (id), 
	CONSTRAINT fk_refusal_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_refusal_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT fk_refusal_room_id FOREIGN KEY(room_id) REFERENCES room (id)
);

CREATE INDEX ix_refusal_office_id_created_at ON refusal (office_id, created_at);

CREATE TABLE representative (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	client_id CHAR(32) NOT NULL, 
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
	reason VARCHAR, 
	initials TEXT NOT NULL, 
	CONSTRAINT pk_room_booking PRIMARY KEY (id), 
	CONSTRAINT ck_room_booking_span CHECK (starts < ends and ends <= blocked_until), 
	CONSTRAINT ck_room_booking_length CHECK (blocked_until - starts <= 2678400000000), 
	CONSTRAINT ck_room_booking_persons CHECK (persons >= 1), 
	CONSTRAINT ck_room_booking_active CHECK (active = (state not in ('free', 'released'))), 
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

CREATE INDEX ix_room_booking_place_active ON room_booking (place_id, starts, blocked_until) WHERE active;

CREATE TABLE visit (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	office_id CHAR(32) NOT NULL, 
	appointment_id CHAR(32), 
	code TEXT NOT NULL, 
	arrived_at BIGINT NOT NULL, 
	called_at BIGINT, 
	entered_at BIGINT, 
	left_at BIGINT, 
	companions INTEGER NOT NULL, 
	CONSTRAINT pk_visit PRIMARY KEY (id), 
	CONSTRAINT ck_visit_companions CHECK (companions >= 0), 
	CONSTRAINT ck_visit_version CHECK (version >= 1), 
	CONSTRAINT fk_visit_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT fk_visit_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id)
);

CREATE INDEX ix_visit_appointment_id ON visit (appointment_id);

CREATE INDEX ix_visit_office_id_arrived_at ON visit (office_id, arrived_at);

CREATE TABLE wait_entry (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	client_id CHAR(32) NOT NULL, 
	office_id CHAR(32) NOT NULL, 
	wish TEXT NOT NULL, 
	urgency VARCHAR NOT NULL, 
	since BIGINT NOT NULL, 
	closed_at BIGINT, 
	CONSTRAINT pk_wait_entry PRIMARY KEY (id), 
	CONSTRAINT ck_wait_entry_version CHECK (version >= 1), 
	CONSTRAINT fk_wait_entry_client_id FOREIGN KEY(client_id) REFERENCES client (id), 
	CONSTRAINT fk_wait_entry_office_id FOREIGN KEY(office_id) REFERENCES office (id), 
	CONSTRAINT ck_wait_entry_urgency_word CHECK (urgency IN ('none', 'urgent', 'emergency'))
);

CREATE INDEX ix_wait_entry_client_id ON wait_entry (client_id);

CREATE INDEX ix_wait_entry_office_id ON wait_entry (office_id);

CREATE TABLE client_sound (
	code TEXT NOT NULL, 
	entry INTEGER NOT NULL, 
	CONSTRAINT pk_client_sound PRIMARY KEY (code, entry), 
	CONSTRAINT fk_client_sound_entry FOREIGN KEY(entry) REFERENCES client_search (entry) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_client_sound_entry ON client_sound (entry);

CREATE TABLE contact_attempt (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	call_task_id CHAR(32), 
	client_id CHAR(32) NOT NULL, 
	staff_id CHAR(32) NOT NULL, 
	office_id CHAR(32) NOT NULL, 
	at BIGINT NOT NULL, 
	direction VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	phone TEXT NOT NULL, 
	phone_id CHAR(32), 
	minutes INTEGER, 
	withdrawn_at BIGINT, 
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
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	client_id CHAR(32) NOT NULL, 
	office_id CHAR(32) NOT NULL, 
	advisor_id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	language TEXT NOT NULL, 
	variant TEXT NOT NULL, 
	state VARCHAR NOT NULL, 
	template_version_id CHAR(32) NOT NULL, 
	data JSON NOT NULL, 
	appointment_id CHAR(32), 
	call_task_id CHAR(32), 
	replaces_id CHAR(32), 
	assumed_posting DATE NOT NULL, 
	hold_reason VARCHAR, 
	hold_details JSON, 
	printed_at BIGINT, 
	posted_on DATE, 
	withdrawn_at BIGINT, 
	created_at BIGINT, 
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
	id CHAR(32) NOT NULL, 
	created_at BIGINT NOT NULL, 
	created_by CHAR(32), 
	appointment_id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	"before" JSON NOT NULL, 
	"after" JSON NOT NULL, 
	reason VARCHAR, 
	letter_id CHAR(32), 
	CONSTRAINT pk_appointment_change PRIMARY KEY (id), 
	CONSTRAINT fk_appointment_change_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT ck_appointment_change_kind_word CHECK (kind IN ('created', 'moved', 'state', 'room', 'details', 'undone')), 
	CONSTRAINT ck_appointment_change_reason_word CHECK (reason IN ('client_asked', 'advisor_absent', 'office_closed', 'urgent', 'earlier_letter', 'lead_decision', 'defect', 'other')), 
	CONSTRAINT fk_appointment_change_letter_id FOREIGN KEY(letter_id) REFERENCES letter (id)
);

CREATE INDEX ix_appointment_change_appointment_id ON appointment_change (appointment_id);

CREATE TABLE attempt_note (
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at BIGINT NOT NULL, 
	changed_by CHAR(32), 
	text TEXT NOT NULL, 
	attempt_id CHAR(32), 
	call_task_id CHAR(32), 
	CONSTRAINT pk_attempt_note PRIMARY KEY (id), 
	CONSTRAINT ck_attempt_note_version CHECK (version >= 1), 
	CONSTRAINT fk_attempt_note_attempt_id FOREIGN KEY(attempt_id) REFERENCES contact_attempt (id), 
	CONSTRAINT fk_attempt_note_call_task_id FOREIGN KEY(call_task_id) REFERENCES call_task (id)
);

CREATE INDEX ix_attempt_note_attempt_id ON attempt_note (attempt_id);

CREATE INDEX ix_attempt_note_call_task_id ON attempt_note (call_task_id);

CREATE TABLE letter_archive (
	id CHAR(32) NOT NULL, 
	created_at BIGINT NOT NULL, 
	created_by CHAR(32), 
	letter_id CHAR(32) NOT NULL, 
	pdf BLOB NOT NULL, 
	sha256 TEXT NOT NULL, 
	pages INTEGER NOT NULL, 
	CONSTRAINT pk_letter_archive PRIMARY KEY (id), 
	CONSTRAINT ck_letter_archive_sha256 CHECK (length(sha256) = 64), 
	CONSTRAINT ck_letter_archive_pages CHECK (pages >= 1), 
	CONSTRAINT fk_letter_archive_letter_id FOREIGN KEY(letter_id) REFERENCES letter (id)
);

CREATE INDEX ix_letter_archive_letter_id ON letter_archive (letter_id);

create trigger place_free_insert after insert on room_booking when new.active begin
select raise(abort, 'place_taken') where exists (
  select 1 from room_booking x
  where x.place_id = new.place_id and x.active and x.id <> new.id
    and x.starts < new.blocked_until and x.starts > new.starts - 2678400000000
    and x.blocked_until > new.starts);
select raise(abort, 'place_held') where exists (
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
select raise(abort, 'place_held') where exists (
  select 1 from hold h
  where h.place_id = new.place_id and h.changed_by is not new.changed_by
    and h.starts < new.blocked_until and h.ends > new.starts);
end;

create trigger advisor_free_insert after insert on appointment when new.active begin
select raise(abort, 'advisor_taken') where exists (
  select 1 from appointment x
  where x.advisor_id = new.advisor_id and x.active and x.id <> new.id
    and x.starts < new.ends and x.starts > new.starts - 86400000000 and x.ends > new.starts);
select raise(abort, 'advisor_held') where exists (
  select 1 from hold h
  where h.advisor_id = new.advisor_id and h.changed_by is not new.changed_by
    and h.starts < new.ends and h.ends > new.starts);
end;

create trigger advisor_free_update after update of advisor_id, starts, ends, active on appointment when new.active begin
select raise(abort, 'advisor_taken') where exists (
  select 1 from appointment x
  where x.advisor_id = new.advisor_id and x.active and x.id <> new.id
    and x.starts < new.ends and x.starts > new.starts - 86400000000 and x.ends > new.starts);
select raise(abort, 'advisor_held') where exists (
  select 1 from hold h
  where h.advisor_id = new.advisor_id and h.changed_by is not new.changed_by
    and h.starts < new.ends and h.ends > new.starts);
end;

create trigger participant_follows after update of starts, ends, active on appointment when (new.starts, new.ends, new.active) is not (old.starts, old.ends, old.active) begin
update participant set starts = new.starts, ends = new.ends, active = new.active
where appointment_id = new.id;
end;

create trigger client_free_insert after insert on participant begin
select raise(abort, 'client_taken') where exists (
  select 1 from appointment a, participant x
  where a.id = new.appointment_id and a.active
    and x.client_id = new.client_id and x.active and x.appointment_id <> a.id
    and x.starts < a.ends and x.starts > a.starts - 86400000000 and x.ends > a.starts);
select raise(abort, 'client_held') where exists (
  select 1 from appointment a, hold h
  where a.id = new.appointment_id and a.active
    and h.client_id = new.client_id and h.changed_by is not new.changed_by
    and h.starts < a.ends and h.ends > a.starts);
update participant set (starts, ends, active) = (
  select a.starts, a.ends, a.active from appointment a where a.id = new.appointment_id)
where id = new.id and exists (
  select 1 from appointment a where a.id = new.appointment_id
    and (a.starts, a.ends, a.active) is not (new.starts, new.ends, new.active));
end;

create trigger client_free_update after update of appointment_id, client_id, starts, ends, active on participant begin
select raise(abort, 'client_taken') where exists (
  select 1 from appointment a, participant x
  where a.id = new.appointment_id and a.active
    and x.client_id = new.client_id and x.active and x.appointment_id <> a.id
    and x.starts < a.ends and x.starts > a.starts - 86400000000 and x.ends > a.starts);
select raise(abort, 'client_held') where exists (
  select 1 from appointment a, hold h
  where a.id = new.appointment_id and a.active
    and h.client_id = new.client_id and h.changed_by is not new.changed_by
    and h.starts < a.ends and h.ends > a.starts);
update participant set (starts, ends, active) = (
  select a.starts, a.ends, a.active from appointment a where a.id = new.appointment_id)
where id = new.id and exists (
  select 1 from appointment a where a.id = new.appointment_id
    and (a.starts, a.ends, a.active) is not (new.starts, new.ends, new.active));
end;

create trigger hold_free_insert after insert on hold begin
select raise(abort, 'place_held') where exists (
  select 1 from hold x
  where x.place_id = new.place_id and x.id <> new.id and x.changed_by is not new.changed_by
    and x.starts < new.ends and x.ends > new.starts);
select raise(abort, 'advisor_held') where exists (
  select 1 from hold x
  where x.advisor_id = new.advisor_id and x.id <> new.id and x.changed_by is not new.changed_by
    and x.starts < new.ends and x.ends > new.starts);
select raise(abort, 'client_held') where exists (
  select 1 from hold x
  where x.client_id = new.client_id and x.id <> new.id and x.changed_by is not new.changed_by
    and x.starts < new.ends and x.ends > new.starts);
end;

create trigger hold_free_update after update on hold begin
select raise(abort, 'place_held') where exists (
  select 1 from hold x
  where x.place_id = new.place_id and x.id <> new.id and x.changed_by is not new.changed_by
    and x.starts < new.ends and x.ends > new.starts);
select raise(abort, 'advisor_held') where exists (
  select 1 from hold x
  where x.advisor_id = new.advisor_id and x.id <> new.id and x.changed_by is not new.changed_by
    and x.starts < new.ends and x.ends > new.starts);
select raise(abort, 'client_held') where exists (
  select 1 from hold x
  where x.client_id = new.client_id and x.id <> new.id and x.changed_by is not new.changed_by
    and x.starts < new.ends and x.ends > new.starts);
end;

create trigger office_version before update on office when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger opening_hours_version before update on opening_hours when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger closing_day_version before update on closing_day when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger setting_version before update on setting when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger staff_version before update on staff when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger staff_role_version before update on staff_role when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger working_pattern_version before update on working_pattern when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger absence_version before update on absence when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger client_version before update on client when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger client_address_version before update on client_address when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger client_phone_version before update on client_phone when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger client_email_version before update on client_email when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger representative_version before update on representative when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger client_note_version before update on client_note when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger contact_trace_no_update before update on contact_trace begin
select raise(abort, 'append_only');
end;

create trigger appointment_kind_version before update on appointment_kind when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger appointment_version before update on appointment when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger participant_version before update of id, version, changed_at, changed_by, appointment_id, client_id, visitor_name on participant when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger appointment_purpose_version before update on appointment_purpose when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger appointment_change_no_update before update on appointment_change begin
select raise(abort, 'append_only');
end;

create trigger appointment_change_no_delete before delete on appointment_change begin
select raise(abort, 'append_only');
end;

create trigger change_reason_version before update on change_reason when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger hold_version before update on hold when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger wait_entry_version before update on wait_entry when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger room_version before update on room when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger place_version before update on place when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger hygiene_profile_version before update on hygiene_profile when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
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

create trigger call_task_version before update on call_task when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger contact_attempt_version before update of id, version, changed_at, changed_by, call_task_id, client_id, staff_id, office_id, at, direction, outcome, phone, minutes, withdrawn_at on contact_attempt when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger attempt_note_version before update on attempt_note when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger template_version before update on template when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger template_version_no_update before update on template_version begin
select raise(abort, 'append_only');
end;

create trigger template_version_no_delete before delete on template_version begin
select raise(abort, 'append_only');
end;

create trigger letter_version before update on letter when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger letter_archive_no_update before update on letter_archive begin
select raise(abort, 'append_only');
end;

create trigger letter_archive_no_delete before delete on letter_archive begin
select raise(abort, 'append_only');
end;

create trigger operating_mode_no_update before update on operating_mode begin
select raise(abort, 'append_only');
end;

create trigger operating_mode_no_delete before delete on operating_mode begin
select raise(abort, 'append_only');
end;

create trigger incidence_value_no_update before update on incidence_value begin
select raise(abort, 'append_only');
end;

create trigger incidence_value_no_delete before delete on incidence_value begin
select raise(abort, 'append_only');
end;

create trigger rule_set_version before update on rule_set when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger mode_proposal_version before update on mode_proposal when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger command_no_update before update on command begin
select raise(abort, 'append_only');
end;

create trigger command_no_delete before delete on command begin
select raise(abort, 'append_only');
end;

create trigger draft_version before update on draft when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

create trigger audit_event_no_update before update on audit_event begin
select raise(abort, 'append_only');
end;

create trigger audit_event_no_delete before delete on audit_event begin
select raise(abort, 'append_only');
end;

create virtual table client_fts using fts5(text, content='client_search', content_rowid='entry', tokenize='trigram');

create trigger client_fts_insert after insert on client_search begin
insert into client_fts(rowid, text) values (new.entry, new.text);
end;

create trigger client_fts_delete after delete on client_search begin
insert into client_fts(client_fts, rowid, text) values ('delete', old.entry, old.text);
end;

create trigger client_fts_update after update of text on client_search begin
insert into client_fts(client_fts, rowid, text) values ('delete', old.entry, old.text);
insert into client_fts(rowid, text) values (new.entry, new.text);
end;
