CREATE INDEX ix_queue_entry__day_service_point_state ON queue_entry (day, service_point, state)
--;;
DROP TRIGGER patient_words_insert
--;;
DROP TRIGGER patient_words_update
--;;
INSERT INTO patient_words (patient_words) VALUES ('delete-all')
--;;
DELETE FROM patient_search_row
--;;
INSERT INTO patient_search_row (row, patient_id)
SELECT month * 16777216 + row_number() OVER (PARTITION BY month ORDER BY day, id), id
FROM (SELECT id, day, strftime('%Y', day) * 12 + strftime('%m', day) AS month
FROM (SELECT id, coalesce(last_visit_on, created_at) AS day FROM patient))
--;;
INSERT INTO patient_words (rowid, words)
SELECT known.row, patient.search_words FROM patient_search_row AS known
JOIN patient ON patient.id = known.patient_id ORDER BY known.row
--;;
CREATE TRIGGER patient_words_insert AFTER INSERT ON patient BEGIN
INSERT INTO patient_search_row (row, patient_id) VALUES ((SELECT coalesce((SELECT max(row) FROM patient_search_row WHERE row BETWEEN span.low AND span.low + 16777215),
span.low) + 1 FROM (SELECT (strftime('%Y', seen.day) * 12 + strftime('%m', seen.day)) * 16777216 AS low
FROM (SELECT coalesce(new.last_visit_on, new.created_at) AS day) AS seen) AS span), new.id);
INSERT INTO patient_words (rowid, words)
SELECT row, new.search_words FROM patient_search_row WHERE patient_id = new.id;
INSERT OR IGNORE INTO name_variant (variant, word)
SELECT CASE place.value WHEN 0 THEN word.value
ELSE substr(word.value, 1, place.value - 1) || substr(word.value, place.value + 1) END, word.value
FROM json_each('[' || replace(json_quote(new.search_words), ' ', '","') || ']') AS word,
json_each('[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24]') AS place
WHERE length(word.value) BETWEEN 4 AND 24 AND place.value <= length(word.value)
AND unicode(word.value) NOT BETWEEN 57344 AND 63743 AND instr(word.value, char(57346)) = 0
AND NOT EXISTS (SELECT 1 FROM name_variant AS known WHERE known.variant = word.value AND known.word = word.value); END
--;;
CREATE TRIGGER patient_words_update AFTER UPDATE OF search_words, last_visit_on ON patient
WHEN old.search_words <> new.search_words
OR substr(old.last_visit_on, 1, 7) IS NOT substr(new.last_visit_on, 1, 7) BEGIN
DELETE FROM patient_words WHERE rowid = (SELECT row FROM patient_search_row WHERE patient_id = new.id);
UPDATE patient_search_row SET row = (SELECT coalesce((SELECT max(row) FROM patient_search_row WHERE row BETWEEN span.low AND span.low + 16777215),
span.low) + 1 FROM (SELECT (strftime('%Y', seen.day) * 12 + strftime('%m', seen.day)) * 16777216 AS low
FROM (SELECT coalesce(new.last_visit_on, new.created_at) AS day) AS seen) AS span) WHERE patient_id = new.id
AND substr(old.last_visit_on, 1, 7) IS NOT substr(new.last_visit_on, 1, 7);
INSERT INTO patient_words (rowid, words)
SELECT row, new.search_words FROM patient_search_row WHERE patient_id = new.id;
INSERT OR IGNORE INTO name_variant (variant, word)
SELECT CASE place.value WHEN 0 THEN word.value
ELSE substr(word.value, 1, place.value - 1) || substr(word.value, place.value + 1) END, word.value
FROM json_each('[' || replace(json_quote(new.search_words), ' ', '","') || ']') AS word,
json_each('[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24]') AS place
WHERE length(word.value) BETWEEN 4 AND 24 AND place.value <= length(word.value)
AND unicode(word.value) NOT BETWEEN 57344 AND 63743 AND instr(word.value, char(57346)) = 0
AND NOT EXISTS (SELECT 1 FROM name_variant AS known WHERE known.variant = word.value AND known.word = word.value); END
