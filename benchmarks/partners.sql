-- Contacts, leads and events of a municipality, the same in every run.
-- Variables: partners, how many.
--
-- Of ten contacts four are companies, five persons in one of them, one a person alone.
-- One of a hundred, a company, has a registration number and an industry: these become
-- actors later, and are the like number that vanilla Odoo's groupings run on.
\set ON_ERROR_STOP on

SELECT COALESCE(max(id), 0) AS base FROM res_partner \gset
SELECT id AS denmark FROM res_country WHERE code = 'DK' \gset

CREATE TEMP TABLE bench_partner AS
SELECT n,
       :base + n AS id,
       n % 5 IN (1, 2) AS is_company,
       CASE WHEN n % 5 IN (3, 4) THEN n - 2 WHEN n % 10 = 0 THEN n - 9 END AS parent,
       n % 100 = 1 AS key,
       (ARRAY['Havn', 'Sparekasse', 'Idrætsforening', 'Maskinfabrik', 'Lufthavn', 'Museum', 'Møbelhus', 'Gymnasium',
              'Brugs', 'Bådelaug', 'Energi', 'Tømrerfirma'])[1 + n * 7 % 12] AS trade,
       (ARRAY['Grenaa', 'Auning', 'Allingåbro', 'Ørsted', 'Glesborg', 'Trustrup', 'Ørum', 'Vivild'])[1 + n / 3 % 8] AS town,
       (ARRAY['Anne', 'Søren', 'Kirsten', 'Åge', 'Mette', 'Lars', 'Ingrid', 'Jørgen', 'Karen', 'Niels'])[1 + n * 3 % 10] AS first,
       (ARRAY['Nielsen', 'Jensen', 'Østergaard', 'Kjær', 'Møller', 'Holm', 'Bak', 'Skov', 'Lund'])[1 + n * 5 % 9] AS last
  FROM generate_series(1, :partners) n;

INSERT INTO res_partner (
       id, name, complete_name, is_company, parent_id, commercial_partner_id, commercial_company_name, active, type, lang, tz,
       street, zip, city, country_id, email, email_normalized, phone, phone_sanitized, function, website, company_registry,
       industry_id, color, partner_share, employee, message_bounce, create_uid, write_uid, create_date, write_date)
SELECT p.id,
       p.name,
       CASE WHEN c.id IS NULL THEN p.name ELSE c.name || ', ' || p.name END,
       p.is_company,
       c.id,
       COALESCE(c.id, p.id),
       COALESCE(c.name, CASE WHEN p.is_company THEN p.name END),
       true, 'contact', 'da_DK', 'Europe/Copenhagen',
       'Storegade ' || p.n % 200 + 1, (8500 + p.n % 90)::text, p.town,
       CASE WHEN p.key THEN (SELECT min(id) + p.n / 100 % 40 FROM res_country) ELSE :denmark END,
       'post' || p.n || '@example.org', 'post' || p.n || '@example.org',
       '+45 ' || 20000000 + p.n, '+45' || 20000000 + p.n,
       CASE WHEN NOT p.is_company THEN (ARRAY['Direktør', 'Formand', 'Sekretær'])[1 + p.n % 3] END,
       CASE WHEN p.is_company THEN 'https://www.example.org/' || p.n END,
       CASE WHEN p.key THEN (10000000 + p.n * 7919::bigint % 89999999)::text END,  -- in no order, as in real life
       CASE WHEN p.key THEN (SELECT min(id) + p.n / 100 % 5 FROM res_partner_industry) END,
       0, true, false, 0, 1, 1, now(), now()
  FROM (SELECT *, CASE WHEN is_company THEN town || ' ' || trade || ' ' || n ELSE first || ' ' || last || ' ' || n END AS name
          FROM bench_partner) p
  LEFT JOIN (SELECT n, id, town || ' ' || trade || ' ' || n AS name FROM bench_partner) c ON c.n = p.parent;

SELECT setval('res_partner_id_seq', (SELECT max(id) FROM res_partner)) \gset

INSERT INTO res_partner_category (name, color, active, parent_path)
SELECT jsonb_build_object('en_US', 'Mark ' || n), n, true, '' FROM generate_series(1, 5) n;
UPDATE res_partner_category SET parent_path = id || '/' WHERE parent_path = '';
INSERT INTO res_partner_res_partner_category_rel (partner_id, category_id)
SELECT p.id, (SELECT max(id) FROM res_partner_category) - p.n % 5 FROM bench_partner p WHERE p.n % 8 = 1;

INSERT INTO crm_lead (name, type, active, partner_id, stage_id, team_id, company_id, create_uid, create_date)
SELECT 'Opportunity ' || p.n, 'opportunity', true, p.id, (SELECT min(id) FROM crm_stage), (SELECT min(id) FROM crm_team),
       (SELECT min(id) FROM res_company), 1, now()
  FROM bench_partner p WHERE p.n % 20 = 1;

INSERT INTO calendar_event (name, show_as, start, stop, active, privacy, user_id, create_uid, create_date)
SELECT 'Meeting ' || p.n, 'busy', now() + p.n * interval '1 minute', now() + (p.n + 60) * interval '1 minute', true, 'public',
       2, 1, now()
  FROM bench_partner p WHERE p.n % 20 = 1;
INSERT INTO calendar_event_res_partner_rel (res_partner_id, calendar_event_id)
SELECT p.id, e.id FROM bench_partner p JOIN calendar_event e ON e.name = 'Meeting ' || p.n;
