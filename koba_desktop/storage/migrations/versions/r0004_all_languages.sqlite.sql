CREATE TABLE template_version (
	id CHAR(32) NOT NULL, 
	created_at BIGINT NOT NULL, 
	created_by CHAR(32), 
	template_id CHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	blocks JSON NOT NULL, 
	valid_from DATE NOT NULL, 
	translates_id CHAR(32), 
	CONSTRAINT pk_template_version PRIMARY KEY (id), 
	CONSTRAINT uq_template_version_template_id_number UNIQUE (template_id, number), 
	CONSTRAINT fk_template_version_template_id FOREIGN KEY(template_id) REFERENCES template (id), 
	CONSTRAINT fk_template_version_translates_id FOREIGN KEY(translates_id) REFERENCES template_version (id)
);

CREATE TABLE template_review (
	id CHAR(32) NOT NULL, 
	created_at BIGINT NOT NULL, 
	created_by CHAR(32), 
	template_version_id CHAR(32) NOT NULL, 
	reviewed_by TEXT NOT NULL, 
	reviewed_on DATE NOT NULL, 
	CONSTRAINT pk_template_review PRIMARY KEY (id), 
	CONSTRAINT ck_template_review_reviewed_by CHECK (reviewed_by <> ''), 
	CONSTRAINT fk_template_review_template_version_id FOREIGN KEY(template_version_id) REFERENCES template_version (id)
);

CREATE INDEX ix_template_review_template_version_id ON template_review (template_version_id);

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
	translation_version_id CHAR(32), 
	answered_on DATE, 
	answer VARCHAR, 
	CONSTRAINT pk_letter PRIMARY KEY (id), 
	CONSTRAINT ck_letter_held CHECK (state <> 'held' or hold_reason is not null), 
	CONSTRAINT ck_letter_posted CHECK (state <> 'posted' or posted_on is not null), 
	CONSTRAINT ck_letter_answered CHECK ((answer is null) = (answered_on is null)), 
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
	CONSTRAINT ck_letter_hold_reason_word CHECK (hold_reason IN ('address_missing', 'address_incomplete', 'address_returned', 'address_does_not_fit', 'unprintable_character', 'window_check_failed', 'appointment_moved', 'slot_too_early', 'render_failed')), 
	CONSTRAINT fk_letter_translation_version_id FOREIGN KEY(translation_version_id) REFERENCES template_version (id), 
	CONSTRAINT ck_letter_answer_word CHECK (answer IN ('fits', 'other_time', 'other_phone', 'translation'))
);

CREATE INDEX ix_letter_appointment_id ON letter (appointment_id);

CREATE INDEX ix_letter_call_task_id ON letter (call_task_id);

CREATE INDEX ix_letter_client_id ON letter (client_id);

CREATE INDEX ix_letter_office_id_state_posted_on ON letter (office_id, state, posted_on);

create trigger template_version_no_update before update on template_version begin
select raise(abort, 'append_only');
end;

create trigger template_version_no_delete before delete on template_version begin
select raise(abort, 'append_only');
end;

create trigger template_review_no_update before update on template_review begin
select raise(abort, 'append_only');
end;

create trigger template_review_no_delete before delete on template_review begin
select raise(abort, 'append_only');
end;

create trigger letter_version before update on letter when new.version is not old.version + 1 begin
select raise(abort, 'version_skipped');
end;

drop trigger client_free_update;

create trigger client_free_update after update of appointment_id, client_id, starts, ends, active on participant begin
select raise(abort, 'client_taken') where exists (
  select 1 from appointment a, participant x
  where a.id = new.appointment_id and a.active
    and x.client_id = new.client_id and x.active and x.appointment_id <> a.id
    and x.starts < a.ends and x.starts > a.starts - 86400000000 and x.ends > a.starts);
select raise(abort, 'client_held') where exists (
  select 1 from appointment a, hold h
  where a.id = new.appointment_id and a.active
    and h.client_id = new.client_id and h.changed_by is not case when (new.appointment_id, new.client_id)
      is (old.appointment_id, old.client_id) then a.changed_by else new.changed_by end
    and h.starts < a.ends and h.ends > a.starts);
update participant set (starts, ends, active) = (
  select a.starts, a.ends, a.active from appointment a where a.id = new.appointment_id)
where id = new.id and exists (
  select 1 from appointment a where a.id = new.appointment_id
    and (a.starts, a.ends, a.active) is not (new.starts, new.ends, new.active));
end;
