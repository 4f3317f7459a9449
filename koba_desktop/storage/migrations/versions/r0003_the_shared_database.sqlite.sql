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
	login TEXT, 
	CONSTRAINT pk_audit_event PRIMARY KEY (id), 
	CONSTRAINT ck_audit_event_action_word CHECK (action IN ('view_blocked', 'create', 'change', 'delete', 'print', 'export'))
);

CREATE INDEX ix_audit_event_created_at ON audit_event (created_at);

CREATE INDEX ix_audit_event_object_id ON audit_event (object_id);

CREATE TABLE presence (
	id CHAR(32) NOT NULL, 
	subject_id CHAR(32) NOT NULL, 
	staff_id CHAR(32) NOT NULL, 
	host TEXT NOT NULL, 
	seen_at BIGINT NOT NULL, 
	CONSTRAINT pk_presence PRIMARY KEY (id), 
	CONSTRAINT uq_presence_subject_id_staff_id_host UNIQUE (subject_id, staff_id, host), 
	CONSTRAINT fk_presence_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
);

create trigger audit_event_no_update before update on audit_event begin
select raise(abort, 'append_only');
end;

create trigger audit_event_no_delete before delete on audit_event begin
select raise(abort, 'append_only');
end;
