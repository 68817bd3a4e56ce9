-- Every contact of partners.sql becomes an actor, and all are on track: the largest register there may be, on a quiet night.
--
-- A hundred years of use would not fill it by the screens, so the tables are written at once, in the state that One Entrance
-- would have brought them to: who holds the entrance since when, what was agreed, the last meeting, and when the next is due.
-- Of a hundred actors 98 have met within the last five months, one has a plan and was never met, one has no plan yet.
\set ON_ERROR_STOP on

BEGIN;

-- What the thousand actors of before have of it, they get anew. Their background sheets stay.
DELETE FROM one_entrance_meeting;
DELETE FROM one_entrance_appointment;

CREATE TEMP TABLE bench_actor AS
SELECT p.n, p.id, l.id AS leader, l.level_id AS level,
       CASE WHEN p.n % 100 = 50 THEN 'letter' ELSE 'plan' END AS step,
       -- 1 to 140 days ago, so that no meeting is due for another month
       CASE WHEN p.n % 100 NOT IN (25, 50) THEN current_date - 1 - (p.n * 37 % 140)::int END AS last_meeting,
       CASE WHEN p.n % 100 <> 50 THEN current_date - CASE WHEN p.n % 100 = 25 THEN 100 ELSE 500 END END AS plan_date
  FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM res_partner WHERE email LIKE 'post%@example.org') p
  JOIN (SELECT id, level_id, row_number() OVER (ORDER BY id) - 1 AS n, count(*) OVER () AS leaders
          FROM one_entrance_leader WHERE role NOT IN ('mayor', 'municipal_director')) l ON l.n = p.n % l.leaders;

UPDATE res_partner p
   SET one_entrance_step = a.step,
       one_entrance_kind = (ARRAY['company', 'association', 'institution'])[1 + a.n % 3],
       one_entrance_relation = 'known',
       one_entrance_mayor_led = false,
       one_entrance_leader_id = a.leader,
       one_entrance_level_id = a.level,
       one_entrance_company_id = (SELECT min(id) FROM res_company),
       one_entrance_consultant_id = CASE WHEN a.n % 4 = 0 THEN (SELECT id FROM res_users WHERE login = 'consultant') END,
       one_entrance_letter_date = current_date - 700,
       one_entrance_contact_date = CASE WHEN a.step = 'plan' THEN current_date - 600 END,
       one_entrance_plan_date = a.plan_date,
       one_entrance_interval = CASE WHEN a.step = 'plan' THEN 6 END,
       one_entrance_left_date = NULL,
       one_entrance_left_reason = NULL,
       one_entrance_last_meeting_date = a.last_meeting,
       one_entrance_next_meeting_date = NULL,
       one_entrance_due_date = GREATEST(a.plan_date, a.last_meeting) + interval '6 months'
  FROM bench_actor a
 WHERE a.id = p.id;

INSERT INTO one_entrance_appointment (partner_id, leader_id, company_id, date_from, create_uid, create_date)
SELECT id, leader, (SELECT min(id) FROM res_company), current_date - 800, 1, now() FROM bench_actor;

INSERT INTO one_entrance_meeting (partner_id, leader_id, company_id, kind, state, start, date, create_uid, create_date)
SELECT id, leader, (SELECT min(id) FROM res_company), 'dialogue', 'held', last_meeting + time '08:00', last_meeting, 1, now()
  FROM bench_actor WHERE last_meeting IS NOT NULL;

COMMIT;
