"""What a table needs beside its columns: append-only guards, the word index of patient names and its near words."""

from datetime import date

from sqlalchemy import MetaData
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from hms_desktop.data.base import Base

_VARIANTS = """
INSERT OR IGNORE INTO name_variant (variant, word)
SELECT CASE place.value WHEN 0 THEN word.value
ELSE substr(word.value, 1, place.value - 1) || substr(word.value, place.value + 1) END, word.value
FROM json_each('[' || replace(json_quote(new.search_words), ' ', '","') || ']') AS word,
json_each('[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24]') AS place
WHERE length(word.value) BETWEEN 4 AND 24 AND place.value <= length(word.value)
AND unicode(word.value) NOT BETWEEN 57344 AND 63743 AND instr(word.value, char(57346)) = 0
AND NOT EXISTS (SELECT 1 FROM name_variant AS known WHERE known.variant = word.value AND known.word = word.value);
""".strip()

_SPAN = 1 << 24
"""Rows of the word index that a month has room for; months lie one behind the other."""

_ROW = (
    """
SELECT coalesce((SELECT max(row) FROM patient_search_row WHERE row BETWEEN span.low AND span.low + LAST),
span.low) + 1 FROM (SELECT (strftime('%Y', seen.day) * 12 + strftime('%m', seen.day)) * SPAN AS low
FROM (SELECT coalesce(new.last_visit_on, new.created_at) AS day) AS seen) AS span
""".strip()
    .replace("LAST", str(_SPAN - 1))
    .replace("SPAN", str(_SPAN))
)

_FTS = (
    """
CREATE VIRTUAL TABLE patient_words USING fts5(words, content='', contentless_delete=1, detail='none',
prefix='1 2 3 4 5 6 7 8', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'")
--;;
CREATE TABLE patient_search_row (row INTEGER PRIMARY KEY, patient_id BLOB NOT NULL UNIQUE) STRICT
--;;
CREATE TRIGGER patient_words_insert AFTER INSERT ON patient BEGIN
INSERT INTO patient_search_row (row, patient_id) VALUES ((ROW), new.id);
INSERT INTO patient_words (rowid, words)
SELECT row, new.search_words FROM patient_search_row WHERE patient_id = new.id;
VARIANTS END
--;;
CREATE TRIGGER patient_words_update AFTER UPDATE OF search_words, last_visit_on ON patient
WHEN old.search_words <> new.search_words
OR substr(old.last_visit_on, 1, 7) IS NOT substr(new.last_visit_on, 1, 7) BEGIN
DELETE FROM patient_words WHERE rowid = (SELECT row FROM patient_search_row WHERE patient_id = new.id);
UPDATE patient_search_row SET row = (ROW) WHERE patient_id = new.id
AND substr(old.last_visit_on, 1, 7) IS NOT substr(new.last_visit_on, 1, 7);
INSERT INTO patient_words (rowid, words)
SELECT row, new.search_words FROM patient_search_row WHERE patient_id = new.id;
VARIANTS END
""".strip()
    .replace("VARIANTS", _VARIANTS)
    .replace("(ROW)", f"({_ROW})")
    .split("\n--;;\n")
)
"""Words in the order of the month of the last visit or registration: the newest matches are who was here lately."""

_PG_WORDS = [
    """
CREATE INDEX ix_patient__words ON patient USING gin (array_to_tsvector(string_to_array(search_words, ' ')))
WITH (fastupdate = off)
""".strip(),
    """
CREATE FUNCTION keep_name_variants() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO name_variant (variant, word)
SELECT DISTINCT CASE place.n WHEN 0 THEN typed.word
ELSE left(typed.word, place.n - 1) || substr(typed.word, place.n + 1) END, typed.word
FROM unnest(string_to_array(NEW.search_words, ' ')) AS typed (word), generate_series(0, 24) AS place (n)
WHERE length(typed.word) BETWEEN 4 AND 24 AND place.n <= length(typed.word)
AND ascii(typed.word) NOT BETWEEN 57344 AND 63743 AND strpos(typed.word, chr(57346)) = 0
AND NOT EXISTS (SELECT 1 FROM name_variant AS known WHERE known.variant = typed.word AND known.word = typed.word)
ORDER BY 1, 2 ON CONFLICT DO NOTHING; RETURN NULL; END $$
""".strip(),
    """
CREATE TRIGGER keep_name_variants AFTER INSERT OR UPDATE OF search_words ON patient
FOR EACH ROW EXECUTE FUNCTION keep_name_variants()
""".strip(),
]
_PG_WORDS.append(
    "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
)


def month_row(seen: date) -> int:
    """Where the rows of the word index begin for patients last seen, or registered, in the month of `seen`."""
    return (seen.year * 12 + seen.month) * _SPAN


def append_only_tables() -> list[str]:
    """Names of the tables whose rows are written once."""
    return sorted(m.local_table.name for m in Base.registry.mappers if m.class_.APPEND_ONLY)  # type: ignore[attr-defined]


def _guards(dialect: str) -> list[str]:
    statements = []
    for table in append_only_tables():
        for event in ("UPDATE", "DELETE"):
            name = f"append_only_{table}_{event.lower()}"
            body = (
                f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
                if dialect == "sqlite"
                else "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
            statements.append(f"CREATE TRIGGER {name} BEFORE {event} ON {table} {body}")
    return statements


def create_statements(dialect: str) -> list[str]:
    """Every statement that makes a store of today's classes on an empty database, in order."""
    kind = sqlite.dialect() if dialect == "sqlite" else postgresql.dialect()  # type: ignore[no-untyped-call]
    metadata: MetaData = Base.metadata
    statements: list[str] = []
    for table in metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=kind)).strip())
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements += [str(CreateIndex(index).compile(dialect=kind)).strip() for index in indexes]
    extras = _FTS if dialect == "sqlite" else _PG_WORDS
    return [_tidy(s) for s in (*statements, *extras, *_guards(dialect))]


def _tidy(statement: str) -> str:
    return "\n".join(line.rstrip() for line in statement.splitlines() if line.strip()).replace("\t", "    ")
