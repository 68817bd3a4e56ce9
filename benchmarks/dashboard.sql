-- What the actors of due.sql have after five years: 1,000,000 meetings in all, background sheets in versions, points, inquiries;
-- and as many events of Odoo's own calendar as meetings, to compare with.
--
-- Of a hundred actors five were never reached, two have left, one of them without ever having been reached, and one is mayor-led.
\set ON_ERROR_STOP on

BEGIN;

CREATE TEMP TABLE bench_actor AS
SELECT id, row_number() OVER (ORDER BY id) AS n, one_entrance_leader_id AS leader, one_entrance_company_id AS company,
       one_entrance_last_meeting_date AS last_meeting, one_entrance_step AS step
  FROM res_partner WHERE one_entrance_step IS NOT NULL;

CREATE TEMP TABLE bench_unreached AS
SELECT id, CASE WHEN n % 100 = 60 THEN 'appointed' WHEN n % 100 = 65 THEN 'left' ELSE 'letter' END AS step
  FROM bench_actor WHERE n % 100 BETWEEN 60 AND 65 AND n % 100 <> 64;

DELETE FROM one_entrance_meeting WHERE partner_id IN (SELECT id FROM bench_unreached);
DELETE FROM bench_actor WHERE id IN (SELECT id FROM bench_unreached);

UPDATE res_partner p
   SET one_entrance_step = u.step,
       one_entrance_letter_date = CASE WHEN u.step = 'letter' THEN one_entrance_letter_date END,
       one_entrance_contact_date = NULL, one_entrance_plan_date = NULL, one_entrance_interval = NULL,
       one_entrance_due_date = NULL, one_entrance_last_meeting_date = NULL, one_entrance_next_meeting_date = NULL
  FROM bench_unreached u
 WHERE u.id = p.id;
UPDATE res_partner
   SET one_entrance_step = 'left'
 WHERE id IN (SELECT id FROM bench_actor WHERE n % 100 = 66);
UPDATE res_partner
   SET one_entrance_leader_id = NULL, one_entrance_level_id = NULL, one_entrance_due_date = NULL,
       one_entrance_left_date = current_date - 30, one_entrance_left_reason = 'Closed'
 WHERE one_entrance_step = 'left';
UPDATE res_partner
   SET one_entrance_leader_id = NULL, one_entrance_level_id = NULL, one_entrance_mayor_led = true
 WHERE id IN (SELECT id FROM bench_actor WHERE n % 100 = 67);
-- The first contacts of the last two years.
UPDATE res_partner p
   SET one_entrance_contact_date = GREATEST(current_date - (a.n * 7 % 1000)::int, p.one_entrance_letter_date)
  FROM bench_actor a
 WHERE a.id = p.id AND p.one_entrance_contact_date IS NOT NULL AND a.n % 3 = 0;

-- A sheet in four versions, the last one ready, of six actors in ten; one in ten has a draft only.
DELETE FROM one_entrance_sheet;
INSERT INTO one_entrance_sheet (
       partner_id, company_id, version, state, first_speaker, prepared_date, valid_until, create_uid, create_date)
SELECT id, company, version, CASE version WHEN 4 THEN 'ready' ELSE 'archived' END, 'mayor', prepared, prepared + 182, 1, now()
  FROM (SELECT *, current_date - (n * 13 % 270)::int - (4 - version) * 270 AS prepared
          FROM bench_actor, generate_series(1, 4) version WHERE n % 10 < 6) s;
INSERT INTO one_entrance_sheet (partner_id, company_id, version, state, first_speaker, create_uid, create_date)
SELECT id, company, 1, 'draft', 'mayor', 1, now() FROM bench_actor WHERE n % 10 = 6;

-- Half a year between the meetings; of twenty one was postponed, one cancelled.
INSERT INTO one_entrance_meeting (
       partner_id, leader_id, company_id, kind, state, start, stop, date, sheet_used, confidential, mayor_led, summary, minutes,
       create_uid, create_date)
SELECT id, leader, company, (ARRAY['dialogue', 'dialogue', 'call', 'ad_hoc'])[1 + n % 4],
       CASE (n + k) % 20 WHEN 0 THEN 'postponed' WHEN 1 THEN 'cancelled' ELSE 'held' END,
       day + time '08:00', day + time '09:00', day, (n + k) % 20 > 1 AND (n + k) % 3 = 0, false, leader IS NULL,
       'Udvidelse og tilkørselsvej', '<p>Virksomheden har spurgt til tilkørselsvejen og til flere lærepladser.</p>', 1, now()
  FROM (SELECT *, last_meeting - k * 180 - (n * 7 % 30)::int AS day
          FROM bench_actor, generate_series(1, 12) k WHERE last_meeting IS NOT NULL) m
 ORDER BY k, n
 LIMIT 1000000 - (SELECT count(*) FROM one_entrance_meeting);
UPDATE one_entrance_meeting m
   SET sheet_id = s.id, sheet_fresh = m.date <= s.valid_until
  FROM one_entrance_sheet s
 WHERE s.partner_id = m.partner_id AND m.state = 'held' AND m.date BETWEEN s.prepared_date AND s.prepared_date + 269;

-- Every fourth meeting has a point; of forty points one is an open promise.
INSERT INTO one_entrance_meeting_point (
       meeting_id, partner_id, company_id, date, sequence, summary, commitment, responsible_id, deadline, done, done_date,
       confidential, create_uid, create_date)
SELECT id, partner_id, company_id, date, 10, 'Tilkørselsvejen til havnen', CASE WHEN n % 2 = 0 THEN 'Spørg planafdelingen' END,
       CASE WHEN n % 2 = 0 THEN 1 END, CASE WHEN n % 2 = 0 THEN current_date - (n % 97)::int + 60 END,
       n % 2 = 0 AND n % 40 > 0, CASE WHEN n % 2 = 0 AND n % 40 > 0 THEN date + 14 END, false, 1, now()
  FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM one_entrance_meeting WHERE id % 4 = 0) m;

-- 50,000 inquiries in five years, one of twenty still open.
INSERT INTO one_entrance_inquiry (
       partner_id, leader_id, company_id, name, active, kind, state, received_date, answer_deadline, first_answer_date,
       referred_to, referred_date, answer, answered_date, days_to_answer, create_uid, create_date)
SELECT id, leader, company, 'Parkering ved havnen', true, CASE WHEN state = 'referred' THEN 'operation' ELSE 'entrance' END,
       state, received, received + 14, CASE WHEN state <> 'new' THEN received + 7 END,
       CASE WHEN state = 'referred' THEN 'Vej og Park' END, CASE WHEN state = 'referred' THEN received + 7 END,
       CASE WHEN state = 'answered' THEN '<p>Der kommer flere pladser.</p>' END,
       CASE WHEN state = 'answered' THEN received + 20 END, CASE WHEN state <> 'new' THEN 7 END, 1, now()
  FROM (SELECT *, current_date - (n % 1800)::int AS received,
               CASE WHEN n % 1800 < 30 OR n % 60 = 2 THEN (ARRAY['new', 'dialogue', 'referred'])[1 + n / 2 % 3]
                    ELSE 'answered' END AS state
          FROM bench_actor WHERE n % 2 = 0) i;

INSERT INTO calendar_event (name, show_as, start, stop, active, privacy, user_id, create_uid, create_date)
SELECT 'Meeting ' || id, CASE id % 20 WHEN 0 THEN 'free' ELSE 'busy' END, start, COALESCE(stop, start), true, 'public', 2, 1, now()
  FROM one_entrance_meeting;

COMMIT;
