-- Of the actors of actors.sql every tenth has a meeting due or overdue, and every hundredth one to come in the next two weeks.
\set ON_ERROR_STOP on

BEGIN;

CREATE TEMP TABLE bench_due AS
SELECT id, n % 100 = 1 AS is_planned,
       -- half a year or more ago: due in the next 28 days, or overdue for up to five months
       current_date - 155 - (n / 10 % 180)::int AS last_meeting,
       current_date + 1 + (n / 100 % 13)::int AS ahead
  FROM (SELECT id, row_number() OVER (ORDER BY id) AS n
          FROM res_partner WHERE one_entrance_last_meeting_date IS NOT NULL) p
 WHERE n % 10 = 0 OR n % 100 = 1;

UPDATE res_partner p
   SET one_entrance_last_meeting_date = d.last_meeting,
       one_entrance_due_date = d.last_meeting + interval '6 months',
       one_entrance_next_meeting_date = CASE WHEN d.is_planned THEN d.ahead END
  FROM bench_due d
 WHERE d.id = p.id;

UPDATE one_entrance_meeting m
   SET start = d.last_meeting + time '08:00', date = d.last_meeting
  FROM bench_due d
 WHERE d.id = m.partner_id;

INSERT INTO one_entrance_meeting (partner_id, leader_id, company_id, kind, state, start, date, create_uid, create_date)
SELECT p.id, p.one_entrance_leader_id, p.one_entrance_company_id, 'dialogue', 'planned', d.ahead + time '08:00', d.ahead, 1, now()
  FROM bench_due d JOIN res_partner p ON p.id = d.id
 WHERE d.is_planned;

COMMIT;
