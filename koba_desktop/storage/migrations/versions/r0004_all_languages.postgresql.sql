alter table template_version
	add column translates_id uuid constraint fk_template_version_translates_id references template_version (id);

alter table letter
	add column translation_version_id uuid constraint fk_letter_translation_version_id references template_version (id),
	add column answered_on date,
	add column answer varchar constraint ck_letter_answer_word check (answer in ('fits', 'other_time', 'other_phone', 'translation')),
	add constraint ck_letter_answered check ((answer is null) = (answered_on is null));

CREATE TABLE template_review (
	id UUID NOT NULL, 
	created_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	created_by UUID, 
	template_version_id UUID NOT NULL, 
	reviewed_by TEXT NOT NULL, 
	reviewed_on DATE NOT NULL, 
	CONSTRAINT pk_template_review PRIMARY KEY (id), 
	CONSTRAINT ck_template_review_reviewed_by CHECK (reviewed_by <> ''), 
	CONSTRAINT fk_template_review_template_version_id FOREIGN KEY(template_version_id) REFERENCES template_version (id)
);

CREATE INDEX ix_template_review_template_version_id ON template_review (template_version_id);

create trigger guard before insert on template_review for each row execute function app.guard_appended();

create trigger fixed before update on template_review for each row execute function app.refuse_change();

create trigger kept before delete on template_review for each row execute function app.refuse_change();

create trigger audited after insert or update or delete on template_review for each row when (current_user <> 'koba_owner') execute function audit.track('TemplateReview');

create trigger counted after insert or update or delete on template_review for each statement execute function app.count_master();

grant select on app.template_review to koba_user;

grant select, insert on app.template_review to koba_administrator;

alter table app.template_review enable row level security;

create policy template_review_select_0 on app.template_review for select to public using ((select app.me()) is not null);

create policy template_review_insert_1 on app.template_review for insert to public with check ((select app.is_administrator()) or false);

create policy template_review_update_2 on app.template_review for update to public using ((select app.is_administrator()) or false);

create policy template_review_delete_3 on app.template_review for delete to public using ((select app.is_administrator()) or false);

create or replace function app.guard_held() returns trigger
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
