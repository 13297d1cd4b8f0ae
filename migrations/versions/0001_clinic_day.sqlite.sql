CREATE TABLE allergen (
    id BLOB NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    synonyms TEXT NOT NULL,
    kind TEXT NOT NULL,
    maps_to TEXT NOT NULL,
    search_words TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_allergen PRIMARY KEY (id),
    CONSTRAINT uq_allergen__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT ck_allergen__id CHECK (length(id) = 16),
    CONSTRAINT ck_allergen__code CHECK (length(code) <= 60 AND instr(code, char(0)) = 0),
    CONSTRAINT ck_allergen__name CHECK (json_valid(name)),
    CONSTRAINT ck_allergen__synonyms CHECK (json_valid(synonyms)),
    CONSTRAINT ck_allergen__kind CHECK (length(kind) <= 20 AND instr(kind, char(0)) = 0),
    CONSTRAINT ck_allergen__maps_to CHECK (json_valid(maps_to)),
    CONSTRAINT ck_allergen__search_words CHECK (length(search_words) <= 400 AND instr(search_words, char(0)) = 0),
    CONSTRAINT ck_allergen__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_allergen__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_allergen__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_allergen__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_allergen__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_allergen__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_allergen__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_allergen__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_allergen__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_allergen__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE TABLE audit_event (
    id BLOB NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    incarnation BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor_id BLOB NOT NULL,
    action TEXT NOT NULL,
    subject_table TEXT NOT NULL,
    subject_id BLOB,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_audit_event PRIMARY KEY (id),
    CONSTRAINT uq_audit_event__station_id_incarnation_sequence UNIQUE (station_id, incarnation, sequence),
    CONSTRAINT ck_audit_event__id CHECK (length(id) = 16),
    CONSTRAINT ck_audit_event__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_audit_event__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_audit_event__incarnation CHECK (length(incarnation) = 16),
    CONSTRAINT ck_audit_event__at CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_audit_event__actor_id CHECK (length(actor_id) = 16),
    CONSTRAINT ck_audit_event__action CHECK (length(action) <= 80 AND instr(action, char(0)) = 0),
    CONSTRAINT ck_audit_event__subject_table CHECK (length(subject_table) <= 40 AND instr(subject_table, char(0)) = 0),
    CONSTRAINT ck_audit_event__subject_id CHECK (subject_id IS NULL OR (length(subject_id) = 16)),
    CONSTRAINT ck_audit_event__before CHECK (json_valid(before)),
    CONSTRAINT ck_audit_event__after CHECK (json_valid(after)),
    CONSTRAINT ck_audit_event__hash CHECK (length(hash) <= 64 AND instr(hash, char(0)) = 0)
)
 STRICT
--;;
CREATE INDEX ix_audit_event__actor_id_at ON audit_event (actor_id, at)
--;;
CREATE INDEX ix_audit_event__at ON audit_event (at)
--;;
CREATE INDEX ix_audit_event__subject_table_subject_id_at ON audit_event (subject_table, subject_id, at)
--;;
CREATE TABLE audit_head (
    station_id BLOB NOT NULL,
    incarnation BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_audit_head PRIMARY KEY (station_id, incarnation),
    CONSTRAINT ck_audit_head__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_audit_head__incarnation CHECK (length(incarnation) = 16),
    CONSTRAINT ck_audit_head__hash CHECK (length(hash) <= 64 AND instr(hash, char(0)) = 0)
)
 STRICT
--;;
CREATE TABLE counter (
    kind TEXT NOT NULL,
    station_id BLOB NOT NULL,
    series TEXT NOT NULL,
    value INTEGER NOT NULL,
    CONSTRAINT pk_counter PRIMARY KEY (kind, station_id, series),
    CONSTRAINT ck_counter__kind CHECK (length(kind) <= 40 AND instr(kind, char(0)) = 0),
    CONSTRAINT ck_counter__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_counter__series CHECK (length(series) <= 10 AND instr(series, char(0)) = 0),
    CONSTRAINT ck_counter__value CHECK (value BETWEEN 0 AND 2147483647)
)
 STRICT
--;;
CREATE TABLE department (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    code TEXT NOT NULL,
    description TEXT NOT NULL,
    head_id BLOB,
    location TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    annual_budget INTEGER,
    active INTEGER NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_department PRIMARY KEY (id),
    CONSTRAINT uq_department__facility_id_name_folded UNIQUE (facility_id, name_folded),
    CONSTRAINT ck_department__id CHECK (length(id) = 16),
    CONSTRAINT ck_department__name CHECK (length(name) <= 80 AND instr(name, char(0)) = 0),
    CONSTRAINT ck_department__name_folded CHECK (length(name_folded) <= 80 AND instr(name_folded, char(0)) = 0),
    CONSTRAINT ck_department__code CHECK (length(code) <= 20 AND instr(code, char(0)) = 0),
    CONSTRAINT ck_department__description CHECK (length(description) <= 300 AND instr(description, char(0)) = 0),
    CONSTRAINT ck_department__head_id CHECK (head_id IS NULL OR (length(head_id) = 16)),
    CONSTRAINT ck_department__location CHECK (length(location) <= 120 AND instr(location, char(0)) = 0),
    CONSTRAINT ck_department__phone CHECK (length(phone) <= 40 AND instr(phone, char(0)) = 0),
    CONSTRAINT ck_department__email CHECK (length(email) <= 120 AND instr(email, char(0)) = 0),
    CONSTRAINT ck_department__active CHECK (active IN (0, 1)),
    CONSTRAINT ck_department__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_department__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_department__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_department__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_department__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_department__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_department__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_department__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_department__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_department__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE TABLE diagnosis_term (
    id BLOB NOT NULL,
    code TEXT NOT NULL,
    icd10 TEXT NOT NULL,
    name TEXT NOT NULL,
    synonyms TEXT NOT NULL,
    search_words TEXT NOT NULL,
    chronic INTEGER NOT NULL,
    notifiable INTEGER NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_diagnosis_term PRIMARY KEY (id),
    CONSTRAINT uq_diagnosis_term__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT ck_diagnosis_term__id CHECK (length(id) = 16),
    CONSTRAINT ck_diagnosis_term__code CHECK (length(code) <= 60 AND instr(code, char(0)) = 0),
    CONSTRAINT ck_diagnosis_term__icd10 CHECK (length(icd10) <= 10 AND instr(icd10, char(0)) = 0),
    CONSTRAINT ck_diagnosis_term__name CHECK (json_valid(name)),
    CONSTRAINT ck_diagnosis_term__synonyms CHECK (json_valid(synonyms)),
    CONSTRAINT ck_diagnosis_term__search_words CHECK (length(search_words) <= 1000 AND instr(search_words, char(0)) = 0),
    CONSTRAINT ck_diagnosis_term__chronic CHECK (chronic IN (0, 1)),
    CONSTRAINT ck_diagnosis_term__notifiable CHECK (notifiable IN (0, 1)),
    CONSTRAINT ck_diagnosis_term__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_diagnosis_term__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_diagnosis_term__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_diagnosis_term__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_diagnosis_term__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_diagnosis_term__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_diagnosis_term__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_diagnosis_term__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_diagnosis_term__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_diagnosis_term__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE TABLE drug_interaction (
    id BLOB NOT NULL,
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    severity TEXT NOT NULL,
    effect TEXT NOT NULL,
    advice TEXT NOT NULL,
    source TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_drug_interaction PRIMARY KEY (id),
    CONSTRAINT ck_drug_interaction__id CHECK (length(id) = 16),
    CONSTRAINT ck_drug_interaction__first CHECK (length(first) <= 60 AND instr(first, char(0)) = 0),
    CONSTRAINT ck_drug_interaction__second CHECK (length(second) <= 60 AND instr(second, char(0)) = 0),
    CONSTRAINT ck_drug_interaction__severity CHECK (length(severity) <= 20 AND instr(severity, char(0)) = 0),
    CONSTRAINT ck_drug_interaction__effect CHECK (json_valid(effect)),
    CONSTRAINT ck_drug_interaction__advice CHECK (json_valid(advice)),
    CONSTRAINT ck_drug_interaction__source CHECK (length(source) <= 200 AND instr(source, char(0)) = 0),
    CONSTRAINT ck_drug_interaction__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_drug_interaction__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_drug_interaction__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_drug_interaction__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_drug_interaction__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_drug_interaction__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_drug_interaction__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_drug_interaction__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_drug_interaction__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_drug_interaction__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE TABLE facility (
    id BLOB NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    logo BLOB,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    website TEXT NOT NULL,
    established_year INTEGER,
    licence_number TEXT NOT NULL,
    currency_code TEXT NOT NULL,
    currency_digits INTEGER NOT NULL,
    time_zone TEXT NOT NULL,
    profile TEXT NOT NULL,
    receipt_footer TEXT NOT NULL,
    training INTEGER NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_facility PRIMARY KEY (id),
    CONSTRAINT uq_facility__code UNIQUE (code),
    CONSTRAINT ck_facility__id CHECK (length(id) = 16),
    CONSTRAINT ck_facility__code CHECK (length(code) <= 6 AND instr(code, char(0)) = 0),
    CONSTRAINT ck_facility__name CHECK (length(name) <= 120 AND instr(name, char(0)) = 0),
    CONSTRAINT ck_facility__address CHECK (length(address) <= 200 AND instr(address, char(0)) = 0),
    CONSTRAINT ck_facility__phone CHECK (length(phone) <= 40 AND instr(phone, char(0)) = 0),
    CONSTRAINT ck_facility__email CHECK (length(email) <= 120 AND instr(email, char(0)) = 0),
    CONSTRAINT ck_facility__website CHECK (length(website) <= 120 AND instr(website, char(0)) = 0),
    CONSTRAINT ck_facility__established_year CHECK (established_year IS NULL OR (established_year BETWEEN 1800 AND 2200)),
    CONSTRAINT ck_facility__licence_number CHECK (length(licence_number) <= 60 AND instr(licence_number, char(0)) = 0),
    CONSTRAINT ck_facility__currency_code CHECK (length(currency_code) <= 3 AND instr(currency_code, char(0)) = 0),
    CONSTRAINT ck_facility__currency_digits CHECK (currency_digits BETWEEN 0 AND 3),
    CONSTRAINT ck_facility__time_zone CHECK (length(time_zone) <= 60 AND instr(time_zone, char(0)) = 0),
    CONSTRAINT ck_facility__profile CHECK (profile IN ('pay_at_end', 'pay_first')),
    CONSTRAINT ck_facility__receipt_footer CHECK (length(receipt_footer) <= 300 AND instr(receipt_footer, char(0)) = 0),
    CONSTRAINT ck_facility__training CHECK (training IN (0, 1)),
    CONSTRAINT ck_facility__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_facility__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_facility__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_facility__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_facility__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_facility__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_facility__version CHECK (version BETWEEN 1 AND 2147483647)
)
 STRICT
--;;
CREATE TABLE lab_panel (
    id BLOB NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    search_words TEXT NOT NULL,
    test_codes TEXT NOT NULL,
    active INTEGER NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_lab_panel PRIMARY KEY (id),
    CONSTRAINT uq_lab_panel__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT ck_lab_panel__id CHECK (length(id) = 16),
    CONSTRAINT ck_lab_panel__code CHECK (length(code) <= 60 AND instr(code, char(0)) = 0),
    CONSTRAINT ck_lab_panel__name CHECK (json_valid(name)),
    CONSTRAINT ck_lab_panel__search_words CHECK (length(search_words) <= 400 AND instr(search_words, char(0)) = 0),
    CONSTRAINT ck_lab_panel__test_codes CHECK (json_valid(test_codes)),
    CONSTRAINT ck_lab_panel__active CHECK (active IN (0, 1)),
    CONSTRAINT ck_lab_panel__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_lab_panel__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_lab_panel__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_lab_panel__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_lab_panel__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_lab_panel__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_lab_panel__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_lab_panel__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_lab_panel__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_lab_panel__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE TABLE lab_test (
    id BLOB NOT NULL,
    code TEXT NOT NULL,
    loinc TEXT NOT NULL,
    name TEXT NOT NULL,
    search_words TEXT NOT NULL,
    category TEXT NOT NULL,
    specimen TEXT NOT NULL,
    unit TEXT NOT NULL,
    result_kind TEXT NOT NULL,
    places INTEGER NOT NULL,
    choices TEXT NOT NULL,
    preparation TEXT NOT NULL,
    turnaround_minutes INTEGER NOT NULL,
    delta_percent INTEGER,
    possible_low INTEGER,
    possible_high INTEGER,
    active INTEGER NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_lab_test PRIMARY KEY (id),
    CONSTRAINT uq_lab_test__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT ck_lab_test__id CHECK (length(id) = 16),
    CONSTRAINT ck_lab_test__code CHECK (length(code) <= 60 AND instr(code, char(0)) = 0),
    CONSTRAINT ck_lab_test__loinc CHECK (length(loinc) <= 12 AND instr(loinc, char(0)) = 0),
    CONSTRAINT ck_lab_test__name CHECK (json_valid(name)),
    CONSTRAINT ck_lab_test__search_words CHECK (length(search_words) <= 400 AND instr(search_words, char(0)) = 0),
    CONSTRAINT ck_lab_test__category CHECK (length(category) <= 40 AND instr(category, char(0)) = 0),
    CONSTRAINT ck_lab_test__specimen CHECK (length(specimen) <= 40 AND instr(specimen, char(0)) = 0),
    CONSTRAINT ck_lab_test__unit CHECK (length(unit) <= 20 AND instr(unit, char(0)) = 0),
    CONSTRAINT ck_lab_test__result_kind CHECK (result_kind IN ('number', 'choice', 'text')),
    CONSTRAINT ck_lab_test__places CHECK (places BETWEEN 0 AND 4),
    CONSTRAINT ck_lab_test__choices CHECK (json_valid(choices)),
    CONSTRAINT ck_lab_test__preparation CHECK (json_valid(preparation)),
    CONSTRAINT ck_lab_test__turnaround_minutes CHECK (turnaround_minutes BETWEEN 0 AND 100000),
    CONSTRAINT ck_lab_test__delta_percent CHECK (delta_percent IS NULL OR (delta_percent BETWEEN 0 AND 10000)),
    CONSTRAINT ck_lab_test__active CHECK (active IN (0, 1)),
    CONSTRAINT ck_lab_test__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_lab_test__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_lab_test__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_lab_test__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_lab_test__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_lab_test__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_lab_test__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_lab_test__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_lab_test__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_lab_test__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE TABLE medication_category (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_medication_category PRIMARY KEY (id),
    CONSTRAINT uq_medication_category__facility_id_name_folded UNIQUE (facility_id, name_folded),
    CONSTRAINT ck_medication_category__id CHECK (length(id) = 16),
    CONSTRAINT ck_medication_category__name CHECK (length(name) <= 80 AND instr(name, char(0)) = 0),
    CONSTRAINT ck_medication_category__name_folded CHECK (length(name_folded) <= 80 AND instr(name_folded, char(0)) = 0),
    CONSTRAINT ck_medication_category__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_medication_category__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_medication_category__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_medication_category__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_medication_category__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_medication_category__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_medication_category__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_medication_category__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_medication_category__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_medication_category__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE TABLE name_variant (
    variant TEXT NOT NULL,
    word TEXT NOT NULL,
    CONSTRAINT pk_name_variant PRIMARY KEY (variant, word),
    CONSTRAINT ck_name_variant__variant CHECK (length(variant) <= 24 AND instr(variant, char(0)) = 0),
    CONSTRAINT ck_name_variant__word CHECK (length(word) <= 24 AND instr(word, char(0)) = 0)
)
 STRICT
--;;
CREATE TABLE paper (
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    subject_table TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    patient_id BLOB,
    number TEXT NOT NULL,
    language TEXT NOT NULL,
    template_version INTEGER NOT NULL,
    content TEXT NOT NULL,
    sha256 TEXT,
    pdf BLOB,
    day TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_paper PRIMARY KEY (id),
    CONSTRAINT ck_paper__id CHECK (length(id) = 16),
    CONSTRAINT ck_paper__kind CHECK (length(kind) <= 40 AND instr(kind, char(0)) = 0),
    CONSTRAINT ck_paper__subject_table CHECK (length(subject_table) <= 40 AND instr(subject_table, char(0)) = 0),
    CONSTRAINT ck_paper__subject_id CHECK (length(subject_id) = 16),
    CONSTRAINT ck_paper__patient_id CHECK (patient_id IS NULL OR (length(patient_id) = 16)),
    CONSTRAINT ck_paper__number CHECK (length(number) <= 40 AND instr(number, char(0)) = 0),
    CONSTRAINT ck_paper__language CHECK (length(language) <= 5 AND instr(language, char(0)) = 0),
    CONSTRAINT ck_paper__template_version CHECK (template_version BETWEEN 1 AND 10000),
    CONSTRAINT ck_paper__content CHECK (json_valid(content)),
    CONSTRAINT ck_paper__sha256 CHECK (sha256 IS NULL OR (length(sha256) <= 64 AND instr(sha256, char(0)) = 0)),
    CONSTRAINT ck_paper__day CHECK (day IS date(day)),
    CONSTRAINT ck_paper__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_paper__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_paper__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_paper__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_paper__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_paper__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_paper__version CHECK (version BETWEEN 1 AND 2147483647)
)
 STRICT
--;;
CREATE INDEX ix_paper__day ON paper (day)
--;;
CREATE INDEX ix_paper__patient_id ON paper (patient_id)
--;;
CREATE INDEX ix_paper__sha256 ON paper (sha256)
--;;
CREATE INDEX ix_paper__subject_id_kind ON paper (subject_id, kind)
--;;
CREATE TABLE payment_outcome (
    id BLOB NOT NULL,
    payment_id BLOB NOT NULL,
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    CONSTRAINT pk_payment_outcome PRIMARY KEY (id),
    CONSTRAINT uq_payment_outcome__payment_id UNIQUE (payment_id),
    CONSTRAINT ck_payment_outcome__id CHECK (length(id) = 16),
    CONSTRAINT ck_payment_outcome__payment_id CHECK (length(payment_id) = 16),
    CONSTRAINT ck_payment_outcome__state CHECK (state IN ('pending', 'confirmed', 'failed')),
    CONSTRAINT ck_payment_outcome__note CHECK (length(note) <= 300 AND instr(note, char(0)) = 0),
    CONSTRAINT ck_payment_outcome__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_payment_outcome__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_payment_outcome__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_payment_outcome__created_by CHECK (length(created_by) = 16)
)
 STRICT
--;;
CREATE TABLE price_list (
    id BLOB NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    multiplier INTEGER NOT NULL,
    round_to INTEGER NOT NULL,
    standard INTEGER NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_price_list PRIMARY KEY (id),
    CONSTRAINT uq_price_list__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT ck_price_list__id CHECK (length(id) = 16),
    CONSTRAINT ck_price_list__code CHECK (length(code) <= 40 AND instr(code, char(0)) = 0),
    CONSTRAINT ck_price_list__name CHECK (length(name) <= 80 AND instr(name, char(0)) = 0),
    CONSTRAINT ck_price_list__standard CHECK (standard IN (0, 1)),
    CONSTRAINT ck_price_list__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_price_list__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_price_list__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_price_list__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_price_list__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_price_list__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_price_list__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_price_list__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_price_list__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_price_list__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE TABLE print_job (
    id BLOB NOT NULL,
    paper_id BLOB NOT NULL,
    printer TEXT NOT NULL,
    is_copy INTEGER NOT NULL,
    original_key INTEGER,
    state TEXT NOT NULL,
    printed_at TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    CONSTRAINT pk_print_job PRIMARY KEY (id),
    CONSTRAINT uq_print_job__paper_id_original_key UNIQUE (paper_id, original_key),
    CONSTRAINT ck_print_job__id CHECK (length(id) = 16),
    CONSTRAINT ck_print_job__paper_id CHECK (length(paper_id) = 16),
    CONSTRAINT ck_print_job__printer CHECK (length(printer) <= 120 AND instr(printer, char(0)) = 0),
    CONSTRAINT ck_print_job__is_copy CHECK (is_copy IN (0, 1)),
    CONSTRAINT ck_print_job__original_key CHECK (original_key IS NULL OR (original_key BETWEEN 0 AND 1)),
    CONSTRAINT ck_print_job__state CHECK (length(state) <= 20 AND instr(state, char(0)) = 0),
    CONSTRAINT ck_print_job__printed_at CHECK (printed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_print_job__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_print_job__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_print_job__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_print_job__created_by CHECK (length(created_by) = 16)
)
 STRICT
--;;
CREATE INDEX ix_print_job__paper_id ON print_job (paper_id)
--;;
CREATE TABLE role (
    id BLOB NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    rights TEXT NOT NULL,
    windows TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_role PRIMARY KEY (id),
    CONSTRAINT uq_role__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT ck_role__id CHECK (length(id) = 16),
    CONSTRAINT ck_role__code CHECK (length(code) <= 40 AND instr(code, char(0)) = 0),
    CONSTRAINT ck_role__name CHECK (length(name) <= 80 AND instr(name, char(0)) = 0),
    CONSTRAINT ck_role__description CHECK (length(description) <= 300 AND instr(description, char(0)) = 0),
    CONSTRAINT ck_role__rights CHECK (json_valid(rights)),
    CONSTRAINT ck_role__windows CHECK (json_valid(windows)),
    CONSTRAINT ck_role__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_role__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_role__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_role__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_role__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_role__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_role__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_role__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_role__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_role__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE TABLE save_key (
    id BLOB NOT NULL,
    service TEXT NOT NULL,
    actor_id BLOB NOT NULL,
    command_digest TEXT NOT NULL,
    outcome TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    CONSTRAINT pk_save_key PRIMARY KEY (id),
    CONSTRAINT ck_save_key__id CHECK (length(id) = 16),
    CONSTRAINT ck_save_key__service CHECK (length(service) <= 80 AND instr(service, char(0)) = 0),
    CONSTRAINT ck_save_key__actor_id CHECK (length(actor_id) = 16),
    CONSTRAINT ck_save_key__command_digest CHECK (length(command_digest) <= 64 AND instr(command_digest, char(0)) = 0),
    CONSTRAINT ck_save_key__outcome CHECK (json_valid(outcome)),
    CONSTRAINT ck_save_key__saved_at CHECK (saved_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')
)
 STRICT
--;;
CREATE INDEX ix_save_key__saved_at ON save_key (saved_at)
--;;
CREATE TABLE setting (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (id),
    CONSTRAINT uq_setting__facility_id_name UNIQUE (facility_id, name),
    CONSTRAINT ck_setting__id CHECK (length(id) = 16),
    CONSTRAINT ck_setting__name CHECK (length(name) <= 60 AND instr(name, char(0)) = 0),
    CONSTRAINT ck_setting__value CHECK (json_valid(value)),
    CONSTRAINT ck_setting__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_setting__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_setting__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_setting__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_setting__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_setting__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_setting__version CHECK (version BETWEEN 1 AND 2147483647)
)
 STRICT
--;;
CREATE TABLE source_key (
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    source_id TEXT NOT NULL,
    fact_id BLOB NOT NULL,
    CONSTRAINT pk_source_key PRIMARY KEY (source, kind, source_id),
    CONSTRAINT ck_source_key__source CHECK (length(source) <= 40 AND instr(source, char(0)) = 0),
    CONSTRAINT ck_source_key__kind CHECK (length(kind) <= 40 AND instr(kind, char(0)) = 0),
    CONSTRAINT ck_source_key__source_id CHECK (length(source_id) <= 120 AND instr(source_id, char(0)) = 0),
    CONSTRAINT ck_source_key__fact_id CHECK (length(fact_id) = 16)
)
 STRICT
--;;
CREATE INDEX ix_source_key__fact_id ON source_key (fact_id)
--;;
CREATE TABLE station (
    id BLOB NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    series TEXT NOT NULL,
    incarnation BLOB NOT NULL,
    receipt_paper TEXT NOT NULL,
    stock_location_id BLOB,
    last_seen_at TEXT,
    app_version TEXT NOT NULL,
    schema_version TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_station PRIMARY KEY (id),
    CONSTRAINT uq_station__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT ck_station__id CHECK (length(id) = 16),
    CONSTRAINT ck_station__code CHECK (length(code) <= 3 AND instr(code, char(0)) = 0),
    CONSTRAINT ck_station__name CHECK (length(name) <= 80 AND instr(name, char(0)) = 0),
    CONSTRAINT ck_station__series CHECK (length(series) <= 1 AND instr(series, char(0)) = 0),
    CONSTRAINT ck_station__incarnation CHECK (length(incarnation) = 16),
    CONSTRAINT ck_station__receipt_paper CHECK (receipt_paper IN ('80mm', 'A5')),
    CONSTRAINT ck_station__stock_location_id CHECK (stock_location_id IS NULL OR (length(stock_location_id) = 16)),
    CONSTRAINT ck_station__last_seen_at CHECK (last_seen_at IS NULL OR (last_seen_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_station__app_version CHECK (length(app_version) <= 20 AND instr(app_version, char(0)) = 0),
    CONSTRAINT ck_station__schema_version CHECK (length(schema_version) <= 40 AND instr(schema_version, char(0)) = 0),
    CONSTRAINT ck_station__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_station__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_station__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_station__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_station__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_station__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_station__version CHECK (version BETWEEN 1 AND 2147483647)
)
 STRICT
--;;
CREATE TABLE stock_location (
    id BLOB NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    owner_station_id BLOB,
    dispensing INTEGER NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_stock_location PRIMARY KEY (id),
    CONSTRAINT uq_stock_location__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT ck_stock_location__id CHECK (length(id) = 16),
    CONSTRAINT ck_stock_location__code CHECK (length(code) <= 20 AND instr(code, char(0)) = 0),
    CONSTRAINT ck_stock_location__name CHECK (length(name) <= 80 AND instr(name, char(0)) = 0),
    CONSTRAINT ck_stock_location__owner_station_id CHECK (owner_station_id IS NULL OR (length(owner_station_id) = 16)),
    CONSTRAINT ck_stock_location__dispensing CHECK (dispensing IN (0, 1)),
    CONSTRAINT ck_stock_location__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_stock_location__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_stock_location__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_stock_location__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_stock_location__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_stock_location__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_stock_location__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_stock_location__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_stock_location__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_stock_location__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE TABLE supplier (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    address TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_supplier PRIMARY KEY (id),
    CONSTRAINT uq_supplier__facility_id_name_folded UNIQUE (facility_id, name_folded),
    CONSTRAINT ck_supplier__id CHECK (length(id) = 16),
    CONSTRAINT ck_supplier__name CHECK (length(name) <= 120 AND instr(name, char(0)) = 0),
    CONSTRAINT ck_supplier__name_folded CHECK (length(name_folded) <= 120 AND instr(name_folded, char(0)) = 0),
    CONSTRAINT ck_supplier__phone CHECK (length(phone) <= 40 AND instr(phone, char(0)) = 0),
    CONSTRAINT ck_supplier__email CHECK (length(email) <= 120 AND instr(email, char(0)) = 0),
    CONSTRAINT ck_supplier__address CHECK (length(address) <= 200 AND instr(address, char(0)) = 0),
    CONSTRAINT ck_supplier__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_supplier__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_supplier__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_supplier__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_supplier__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_supplier__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_supplier__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_supplier__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_supplier__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_supplier__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE TABLE topic (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_topic PRIMARY KEY (name),
    CONSTRAINT ck_topic__name CHECK (length(name) <= 40 AND instr(name, char(0)) = 0)
)
 STRICT
--;;
CREATE TABLE billable_item (
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    search_words TEXT NOT NULL,
    department_id BLOB,
    active INTEGER NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_billable_item PRIMARY KEY (id),
    CONSTRAINT uq_billable_item__facility_id_kind_code UNIQUE (facility_id, kind, code),
    CONSTRAINT fk_billable_item__department_id FOREIGN KEY(department_id) REFERENCES department (id),
    CONSTRAINT ck_billable_item__id CHECK (length(id) = 16),
    CONSTRAINT ck_billable_item__kind CHECK (kind IN ('registration', 'consultation', 'lab', 'drug', 'service')),
    CONSTRAINT ck_billable_item__code CHECK (length(code) <= 60 AND instr(code, char(0)) = 0),
    CONSTRAINT ck_billable_item__name CHECK (json_valid(name)),
    CONSTRAINT ck_billable_item__search_words CHECK (length(search_words) <= 400 AND instr(search_words, char(0)) = 0),
    CONSTRAINT ck_billable_item__department_id CHECK (department_id IS NULL OR (length(department_id) = 16)),
    CONSTRAINT ck_billable_item__active CHECK (active IN (0, 1)),
    CONSTRAINT ck_billable_item__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_billable_item__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_billable_item__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_billable_item__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_billable_item__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_billable_item__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_billable_item__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_billable_item__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_billable_item__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_billable_item__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_billable_item__department_id ON billable_item (department_id)
--;;
CREATE TABLE goods_receipt (
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    supplier_id BLOB,
    location_id BLOB NOT NULL,
    invoice_number TEXT NOT NULL,
    day TEXT NOT NULL,
    received_at TEXT NOT NULL,
    total_cost INTEGER NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_goods_receipt PRIMARY KEY (id),
    CONSTRAINT uq_goods_receipt__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT fk_goods_receipt__supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id),
    CONSTRAINT fk_goods_receipt__location_id FOREIGN KEY(location_id) REFERENCES stock_location (id),
    CONSTRAINT ck_goods_receipt__id CHECK (length(id) = 16),
    CONSTRAINT ck_goods_receipt__number CHECK (length(number) <= 30 AND instr(number, char(0)) = 0),
    CONSTRAINT ck_goods_receipt__supplier_id CHECK (supplier_id IS NULL OR (length(supplier_id) = 16)),
    CONSTRAINT ck_goods_receipt__location_id CHECK (length(location_id) = 16),
    CONSTRAINT ck_goods_receipt__invoice_number CHECK (length(invoice_number) <= 60 AND instr(invoice_number, char(0)) = 0),
    CONSTRAINT ck_goods_receipt__day CHECK (day IS date(day)),
    CONSTRAINT ck_goods_receipt__received_at CHECK (received_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_goods_receipt__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_goods_receipt__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_goods_receipt__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_goods_receipt__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_goods_receipt__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_goods_receipt__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_goods_receipt__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_goods_receipt__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_goods_receipt__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_goods_receipt__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_goods_receipt__location_id ON goods_receipt (location_id)
--;;
CREATE INDEX ix_goods_receipt__supplier_id ON goods_receipt (supplier_id)
--;;
CREATE TABLE medication (
    id BLOB NOT NULL,
    code TEXT NOT NULL,
    generic TEXT NOT NULL,
    generic_folded TEXT NOT NULL,
    generic_names TEXT NOT NULL,
    tall_man TEXT NOT NULL,
    brand TEXT NOT NULL,
    strength TEXT NOT NULL,
    form TEXT NOT NULL,
    unit TEXT NOT NULL,
    unit_ml INTEGER,
    pack_size INTEGER NOT NULL,
    route TEXT NOT NULL,
    category_id BLOB,
    atc TEXT NOT NULL,
    barcode TEXT NOT NULL,
    search_words TEXT NOT NULL,
    drug_classes TEXT NOT NULL,
    ingredients TEXT NOT NULL,
    controlled_schedule TEXT NOT NULL,
    indications TEXT NOT NULL,
    contraindications TEXT NOT NULL,
    side_effects TEXT NOT NULL,
    pregnancy_caution INTEGER NOT NULL,
    formulary INTEGER NOT NULL,
    active INTEGER NOT NULL,
    reorder_level INTEGER NOT NULL,
    mg_per_unit INTEGER,
    default_dose TEXT NOT NULL,
    default_frequency TEXT NOT NULL,
    default_days INTEGER,
    child_mg_per_kg INTEGER,
    child_max_mg INTEGER,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_medication PRIMARY KEY (id),
    CONSTRAINT uq_medication__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT fk_medication__category_id FOREIGN KEY(category_id) REFERENCES medication_category (id),
    CONSTRAINT ck_medication__id CHECK (length(id) = 16),
    CONSTRAINT ck_medication__code CHECK (length(code) <= 60 AND instr(code, char(0)) = 0),
    CONSTRAINT ck_medication__generic CHECK (length(generic) <= 120 AND instr(generic, char(0)) = 0),
    CONSTRAINT ck_medication__generic_folded CHECK (length(generic_folded) <= 120 AND instr(generic_folded, char(0)) = 0),
    CONSTRAINT ck_medication__generic_names CHECK (json_valid(generic_names)),
    CONSTRAINT ck_medication__tall_man CHECK (length(tall_man) <= 120 AND instr(tall_man, char(0)) = 0),
    CONSTRAINT ck_medication__brand CHECK (length(brand) <= 80 AND instr(brand, char(0)) = 0),
    CONSTRAINT ck_medication__strength CHECK (length(strength) <= 60 AND instr(strength, char(0)) = 0),
    CONSTRAINT ck_medication__form CHECK (length(form) <= 40 AND instr(form, char(0)) = 0),
    CONSTRAINT ck_medication__unit CHECK (length(unit) <= 40 AND instr(unit, char(0)) = 0),
    CONSTRAINT ck_medication__pack_size CHECK (pack_size BETWEEN 1 AND 100000),
    CONSTRAINT ck_medication__route CHECK (length(route) <= 20 AND instr(route, char(0)) = 0),
    CONSTRAINT ck_medication__category_id CHECK (category_id IS NULL OR (length(category_id) = 16)),
    CONSTRAINT ck_medication__atc CHECK (length(atc) <= 10 AND instr(atc, char(0)) = 0),
    CONSTRAINT ck_medication__barcode CHECK (length(barcode) <= 40 AND instr(barcode, char(0)) = 0),
    CONSTRAINT ck_medication__search_words CHECK (length(search_words) <= 400 AND instr(search_words, char(0)) = 0),
    CONSTRAINT ck_medication__drug_classes CHECK (json_valid(drug_classes)),
    CONSTRAINT ck_medication__ingredients CHECK (json_valid(ingredients)),
    CONSTRAINT ck_medication__controlled_schedule CHECK (length(controlled_schedule) <= 5 AND instr(controlled_schedule, char(0)) = 0),
    CONSTRAINT ck_medication__indications CHECK (length(indications) <= 500 AND instr(indications, char(0)) = 0),
    CONSTRAINT ck_medication__contraindications CHECK (length(contraindications) <= 500 AND instr(contraindications, char(0)) = 0),
    CONSTRAINT ck_medication__side_effects CHECK (length(side_effects) <= 500 AND instr(side_effects, char(0)) = 0),
    CONSTRAINT ck_medication__pregnancy_caution CHECK (pregnancy_caution IN (0, 1)),
    CONSTRAINT ck_medication__formulary CHECK (formulary IN (0, 1)),
    CONSTRAINT ck_medication__active CHECK (active IN (0, 1)),
    CONSTRAINT ck_medication__reorder_level CHECK (reorder_level BETWEEN 0 AND 10000000),
    CONSTRAINT ck_medication__default_dose CHECK (length(default_dose) <= 40 AND instr(default_dose, char(0)) = 0),
    CONSTRAINT ck_medication__default_frequency CHECK (length(default_frequency) <= 20 AND instr(default_frequency, char(0)) = 0),
    CONSTRAINT ck_medication__default_days CHECK (default_days IS NULL OR (default_days BETWEEN 1 AND 3660)),
    CONSTRAINT ck_medication__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_medication__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_medication__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_medication__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_medication__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_medication__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_medication__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_medication__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_medication__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_medication__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_medication__barcode ON medication (barcode)
--;;
CREATE INDEX ix_medication__category_id ON medication (category_id)
--;;
CREATE INDEX ix_medication__generic_folded ON medication (generic_folded)
--;;
CREATE TABLE payer_group (
    id BLOB NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    price_list_id BLOB NOT NULL,
    waives_under_five INTEGER NOT NULL,
    waives_maternity INTEGER NOT NULL,
    active INTEGER NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_payer_group PRIMARY KEY (id),
    CONSTRAINT uq_payer_group__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT fk_payer_group__price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id),
    CONSTRAINT ck_payer_group__id CHECK (length(id) = 16),
    CONSTRAINT ck_payer_group__code CHECK (length(code) <= 40 AND instr(code, char(0)) = 0),
    CONSTRAINT ck_payer_group__name CHECK (json_valid(name)),
    CONSTRAINT ck_payer_group__price_list_id CHECK (length(price_list_id) = 16),
    CONSTRAINT ck_payer_group__waives_under_five CHECK (waives_under_five IN (0, 1)),
    CONSTRAINT ck_payer_group__waives_maternity CHECK (waives_maternity IN (0, 1)),
    CONSTRAINT ck_payer_group__active CHECK (active IN (0, 1)),
    CONSTRAINT ck_payer_group__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_payer_group__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_payer_group__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_payer_group__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_payer_group__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_payer_group__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_payer_group__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_payer_group__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_payer_group__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_payer_group__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_payer_group__price_list_id ON payer_group (price_list_id)
--;;
CREATE TABLE reference_range (
    id BLOB NOT NULL,
    test_id BLOB NOT NULL,
    sex TEXT NOT NULL,
    age_from_days INTEGER NOT NULL,
    age_to_days INTEGER NOT NULL,
    pregnant TEXT NOT NULL,
    normal_low INTEGER,
    normal_high INTEGER,
    critical_low INTEGER,
    critical_high INTEGER,
    source TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_reference_range PRIMARY KEY (id),
    CONSTRAINT fk_reference_range__test_id FOREIGN KEY(test_id) REFERENCES lab_test (id),
    CONSTRAINT ck_reference_range__id CHECK (length(id) = 16),
    CONSTRAINT ck_reference_range__test_id CHECK (length(test_id) = 16),
    CONSTRAINT ck_reference_range__sex CHECK (length(sex) <= 10 AND instr(sex, char(0)) = 0),
    CONSTRAINT ck_reference_range__age_from_days CHECK (age_from_days BETWEEN 0 AND 60000),
    CONSTRAINT ck_reference_range__age_to_days CHECK (age_to_days BETWEEN 0 AND 60000),
    CONSTRAINT ck_reference_range__pregnant CHECK (length(pregnant) <= 3 AND instr(pregnant, char(0)) = 0),
    CONSTRAINT ck_reference_range__source CHECK (length(source) <= 200 AND instr(source, char(0)) = 0),
    CONSTRAINT ck_reference_range__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_reference_range__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_reference_range__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_reference_range__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_reference_range__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_reference_range__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_reference_range__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_reference_range__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_reference_range__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_reference_range__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_reference_range__test_id ON reference_range (test_id)
--;;
CREATE TABLE user_account (
    id BLOB NOT NULL,
    username TEXT NOT NULL,
    email TEXT,
    email_folded TEXT,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    phone TEXT NOT NULL,
    gender TEXT NOT NULL,
    birth_date TEXT,
    address TEXT NOT NULL,
    department_id BLOB,
    licence_number TEXT NOT NULL,
    language TEXT NOT NULL,
    active INTEGER NOT NULL,
    verified INTEGER NOT NULL,
    password_hash TEXT NOT NULL,
    pin_hash TEXT,
    must_change_password INTEGER NOT NULL,
    failed_tries INTEGER NOT NULL,
    locked_until TEXT,
    last_activity_at TEXT,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_user_account PRIMARY KEY (id),
    CONSTRAINT uq_user_account__facility_id_username UNIQUE (facility_id, username),
    CONSTRAINT uq_user_account__facility_id_email_folded UNIQUE (facility_id, email_folded),
    CONSTRAINT fk_user_account__department_id FOREIGN KEY(department_id) REFERENCES department (id),
    CONSTRAINT ck_user_account__id CHECK (length(id) = 16),
    CONSTRAINT ck_user_account__username CHECK (length(username) <= 60 AND instr(username, char(0)) = 0),
    CONSTRAINT ck_user_account__email CHECK (email IS NULL OR (length(email) <= 120 AND instr(email, char(0)) = 0)),
    CONSTRAINT ck_user_account__email_folded CHECK (email_folded IS NULL OR (length(email_folded) <= 120 AND instr(email_folded, char(0)) = 0)),
    CONSTRAINT ck_user_account__given_name CHECK (length(given_name) <= 80 AND instr(given_name, char(0)) = 0),
    CONSTRAINT ck_user_account__family_name CHECK (length(family_name) <= 80 AND instr(family_name, char(0)) = 0),
    CONSTRAINT ck_user_account__phone CHECK (length(phone) <= 40 AND instr(phone, char(0)) = 0),
    CONSTRAINT ck_user_account__gender CHECK (gender IN ('female', 'male', 'other', 'unknown')),
    CONSTRAINT ck_user_account__birth_date CHECK (birth_date IS NULL OR (birth_date IS date(birth_date))),
    CONSTRAINT ck_user_account__address CHECK (length(address) <= 200 AND instr(address, char(0)) = 0),
    CONSTRAINT ck_user_account__department_id CHECK (department_id IS NULL OR (length(department_id) = 16)),
    CONSTRAINT ck_user_account__licence_number CHECK (length(licence_number) <= 60 AND instr(licence_number, char(0)) = 0),
    CONSTRAINT ck_user_account__language CHECK (length(language) <= 5 AND instr(language, char(0)) = 0),
    CONSTRAINT ck_user_account__active CHECK (active IN (0, 1)),
    CONSTRAINT ck_user_account__verified CHECK (verified IN (0, 1)),
    CONSTRAINT ck_user_account__password_hash CHECK (length(password_hash) <= 200 AND instr(password_hash, char(0)) = 0),
    CONSTRAINT ck_user_account__pin_hash CHECK (pin_hash IS NULL OR (length(pin_hash) <= 200 AND instr(pin_hash, char(0)) = 0)),
    CONSTRAINT ck_user_account__must_change_password CHECK (must_change_password IN (0, 1)),
    CONSTRAINT ck_user_account__failed_tries CHECK (failed_tries BETWEEN 0 AND 1000),
    CONSTRAINT ck_user_account__locked_until CHECK (locked_until IS NULL OR (locked_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_user_account__last_activity_at CHECK (last_activity_at IS NULL OR (last_activity_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_user_account__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_user_account__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_user_account__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_user_account__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_user_account__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_user_account__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_user_account__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_user_account__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_user_account__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_user_account__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_user_account__department_id ON user_account (department_id)
--;;
CREATE TABLE cash_session (
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    z_number TEXT,
    cashier_id BLOB NOT NULL,
    state TEXT NOT NULL,
    open_key BLOB,
    day TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    float_amount INTEGER NOT NULL,
    counted TEXT NOT NULL,
    counted_total INTEGER,
    expected_total INTEGER,
    difference_reason TEXT NOT NULL,
    figures TEXT NOT NULL,
    closed_at TEXT,
    closed_by BLOB,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_cash_session PRIMARY KEY (id),
    CONSTRAINT uq_cash_session__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT uq_cash_session__open_key UNIQUE (open_key),
    CONSTRAINT fk_cash_session__cashier_id FOREIGN KEY(cashier_id) REFERENCES user_account (id),
    CONSTRAINT ck_cash_session__id CHECK (length(id) = 16),
    CONSTRAINT ck_cash_session__number CHECK (length(number) <= 30 AND instr(number, char(0)) = 0),
    CONSTRAINT ck_cash_session__z_number CHECK (z_number IS NULL OR (length(z_number) <= 30 AND instr(z_number, char(0)) = 0)),
    CONSTRAINT ck_cash_session__cashier_id CHECK (length(cashier_id) = 16),
    CONSTRAINT ck_cash_session__state CHECK (state IN ('open', 'counted', 'closed')),
    CONSTRAINT ck_cash_session__open_key CHECK (open_key IS NULL OR (length(open_key) = 16)),
    CONSTRAINT ck_cash_session__day CHECK (day IS date(day)),
    CONSTRAINT ck_cash_session__opened_at CHECK (opened_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_cash_session__counted CHECK (json_valid(counted)),
    CONSTRAINT ck_cash_session__difference_reason CHECK (length(difference_reason) <= 300 AND instr(difference_reason, char(0)) = 0),
    CONSTRAINT ck_cash_session__figures CHECK (json_valid(figures)),
    CONSTRAINT ck_cash_session__closed_at CHECK (closed_at IS NULL OR (closed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_cash_session__closed_by CHECK (closed_by IS NULL OR (length(closed_by) = 16)),
    CONSTRAINT ck_cash_session__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_cash_session__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_cash_session__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_cash_session__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_cash_session__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_cash_session__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_cash_session__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_cash_session__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_cash_session__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_cash_session__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_cash_session__cashier_id ON cash_session (cashier_id)
--;;
CREATE INDEX ix_cash_session__day ON cash_session (day)
--;;
CREATE TABLE login_session (
    id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    started_at TEXT NOT NULL,
    last_activity_at TEXT NOT NULL,
    ended_at TEXT,
    end_reason TEXT,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_login_session PRIMARY KEY (id),
    CONSTRAINT fk_login_session__user_id FOREIGN KEY(user_id) REFERENCES user_account (id),
    CONSTRAINT ck_login_session__id CHECK (length(id) = 16),
    CONSTRAINT ck_login_session__user_id CHECK (length(user_id) = 16),
    CONSTRAINT ck_login_session__started_at CHECK (started_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_login_session__last_activity_at CHECK (last_activity_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_login_session__ended_at CHECK (ended_at IS NULL OR (ended_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_login_session__end_reason CHECK (end_reason IS NULL OR (length(end_reason) <= 40 AND instr(end_reason, char(0)) = 0)),
    CONSTRAINT ck_login_session__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_login_session__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_login_session__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_login_session__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_login_session__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_login_session__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_login_session__version CHECK (version BETWEEN 1 AND 2147483647)
)
 STRICT
--;;
CREATE INDEX ix_login_session__user_id_started_at ON login_session (user_id, started_at)
--;;
CREATE TABLE patient (
    id BLOB NOT NULL,
    mrn TEXT NOT NULL,
    mrn_folded TEXT NOT NULL,
    given_name TEXT NOT NULL,
    middle_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    search_words TEXT NOT NULL,
    birth_date TEXT,
    birth_estimated INTEGER NOT NULL,
    sex TEXT NOT NULL,
    phone TEXT NOT NULL,
    phone_reversed TEXT NOT NULL,
    email TEXT NOT NULL,
    address TEXT NOT NULL,
    blood_group TEXT,
    language TEXT NOT NULL,
    occupation TEXT NOT NULL,
    national_id TEXT NOT NULL,
    payer_group_id BLOB,
    practitioner_id BLOB,
    allergy_state TEXT NOT NULL,
    unknown_person INTEGER NOT NULL,
    deceased_on TEXT,
    last_visit_on TEXT,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_patient PRIMARY KEY (id),
    CONSTRAINT uq_patient__facility_id_mrn UNIQUE (facility_id, mrn),
    CONSTRAINT fk_patient__payer_group_id FOREIGN KEY(payer_group_id) REFERENCES payer_group (id),
    CONSTRAINT fk_patient__practitioner_id FOREIGN KEY(practitioner_id) REFERENCES user_account (id),
    CONSTRAINT ck_patient__id CHECK (length(id) = 16),
    CONSTRAINT ck_patient__mrn CHECK (length(mrn) <= 30 AND instr(mrn, char(0)) = 0),
    CONSTRAINT ck_patient__mrn_folded CHECK (length(mrn_folded) <= 30 AND instr(mrn_folded, char(0)) = 0),
    CONSTRAINT ck_patient__given_name CHECK (length(given_name) <= 80 AND instr(given_name, char(0)) = 0),
    CONSTRAINT ck_patient__middle_name CHECK (length(middle_name) <= 80 AND instr(middle_name, char(0)) = 0),
    CONSTRAINT ck_patient__family_name CHECK (length(family_name) <= 80 AND instr(family_name, char(0)) = 0),
    CONSTRAINT ck_patient__search_words CHECK (length(search_words) <= 2000 AND instr(search_words, char(0)) = 0),
    CONSTRAINT ck_patient__birth_date CHECK (birth_date IS NULL OR (birth_date IS date(birth_date))),
    CONSTRAINT ck_patient__birth_estimated CHECK (birth_estimated IN (0, 1)),
    CONSTRAINT ck_patient__sex CHECK (sex IN ('female', 'male', 'other', 'unknown')),
    CONSTRAINT ck_patient__phone CHECK (length(phone) <= 40 AND instr(phone, char(0)) = 0),
    CONSTRAINT ck_patient__phone_reversed CHECK (length(phone_reversed) <= 40 AND instr(phone_reversed, char(0)) = 0),
    CONSTRAINT ck_patient__email CHECK (length(email) <= 120 AND instr(email, char(0)) = 0),
    CONSTRAINT ck_patient__address CHECK (length(address) <= 200 AND instr(address, char(0)) = 0),
    CONSTRAINT ck_patient__blood_group CHECK (blood_group IS NULL OR (blood_group IN ('A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', 'O+', 'O-'))),
    CONSTRAINT ck_patient__language CHECK (length(language) <= 20 AND instr(language, char(0)) = 0),
    CONSTRAINT ck_patient__occupation CHECK (length(occupation) <= 80 AND instr(occupation, char(0)) = 0),
    CONSTRAINT ck_patient__national_id CHECK (length(national_id) <= 40 AND instr(national_id, char(0)) = 0),
    CONSTRAINT ck_patient__payer_group_id CHECK (payer_group_id IS NULL OR (length(payer_group_id) = 16)),
    CONSTRAINT ck_patient__practitioner_id CHECK (practitioner_id IS NULL OR (length(practitioner_id) = 16)),
    CONSTRAINT ck_patient__allergy_state CHECK (allergy_state IN ('not_asked', 'none_known', 'recorded')),
    CONSTRAINT ck_patient__unknown_person CHECK (unknown_person IN (0, 1)),
    CONSTRAINT ck_patient__deceased_on CHECK (deceased_on IS NULL OR (deceased_on IS date(deceased_on))),
    CONSTRAINT ck_patient__last_visit_on CHECK (last_visit_on IS NULL OR (last_visit_on IS date(last_visit_on))),
    CONSTRAINT ck_patient__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_patient__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_patient__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_patient__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_patient__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_patient__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_patient__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_patient__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_patient__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_patient__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_patient__last_visit_on_id ON patient (last_visit_on, id)
--;;
CREATE INDEX ix_patient__mrn_folded ON patient (mrn_folded)
--;;
CREATE INDEX ix_patient__national_id ON patient (national_id)
--;;
CREATE INDEX ix_patient__payer_group_id ON patient (payer_group_id)
--;;
CREATE INDEX ix_patient__phone_reversed ON patient (phone_reversed)
--;;
CREATE INDEX ix_patient__practitioner_id ON patient (practitioner_id)
--;;
CREATE TABLE price (
    id BLOB NOT NULL,
    price_list_id BLOB NOT NULL,
    item_id BLOB NOT NULL,
    amount INTEGER NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_price PRIMARY KEY (id),
    CONSTRAINT uq_price__price_list_id_item_id UNIQUE (price_list_id, item_id),
    CONSTRAINT ck_price__amount_not_negative CHECK (amount >= 0),
    CONSTRAINT fk_price__price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id),
    CONSTRAINT fk_price__item_id FOREIGN KEY(item_id) REFERENCES billable_item (id),
    CONSTRAINT ck_price__id CHECK (length(id) = 16),
    CONSTRAINT ck_price__price_list_id CHECK (length(price_list_id) = 16),
    CONSTRAINT ck_price__item_id CHECK (length(item_id) = 16),
    CONSTRAINT ck_price__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_price__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_price__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_price__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_price__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_price__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_price__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_price__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_price__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_price__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_price__item_id ON price (item_id)
--;;
CREATE TABLE stock_batch (
    id BLOB NOT NULL,
    medication_id BLOB NOT NULL,
    number TEXT NOT NULL,
    expiry TEXT NOT NULL,
    unit_cost INTEGER NOT NULL,
    supplier_id BLOB,
    receipt_id BLOB,
    barcode TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_stock_batch PRIMARY KEY (id),
    CONSTRAINT uq_stock_batch__facility_id_medication_id_number UNIQUE (facility_id, medication_id, number),
    CONSTRAINT fk_stock_batch__medication_id FOREIGN KEY(medication_id) REFERENCES medication (id),
    CONSTRAINT fk_stock_batch__supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id),
    CONSTRAINT fk_stock_batch__receipt_id FOREIGN KEY(receipt_id) REFERENCES goods_receipt (id),
    CONSTRAINT ck_stock_batch__id CHECK (length(id) = 16),
    CONSTRAINT ck_stock_batch__medication_id CHECK (length(medication_id) = 16),
    CONSTRAINT ck_stock_batch__number CHECK (length(number) <= 40 AND instr(number, char(0)) = 0),
    CONSTRAINT ck_stock_batch__expiry CHECK (expiry IS date(expiry)),
    CONSTRAINT ck_stock_batch__supplier_id CHECK (supplier_id IS NULL OR (length(supplier_id) = 16)),
    CONSTRAINT ck_stock_batch__receipt_id CHECK (receipt_id IS NULL OR (length(receipt_id) = 16)),
    CONSTRAINT ck_stock_batch__barcode CHECK (length(barcode) <= 60 AND instr(barcode, char(0)) = 0),
    CONSTRAINT ck_stock_batch__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_stock_batch__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_stock_batch__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_stock_batch__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_stock_batch__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_stock_batch__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_stock_batch__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_stock_batch__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_stock_batch__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_stock_batch__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_stock_batch__medication_id_expiry ON stock_batch (medication_id, expiry)
--;;
CREATE INDEX ix_stock_batch__receipt_id ON stock_batch (receipt_id)
--;;
CREATE INDEX ix_stock_batch__supplier_id ON stock_batch (supplier_id)
--;;
CREATE TABLE user_role (
    id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    role_id BLOB NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_user_role PRIMARY KEY (id),
    CONSTRAINT fk_user_role__user_id FOREIGN KEY(user_id) REFERENCES user_account (id),
    CONSTRAINT fk_user_role__role_id FOREIGN KEY(role_id) REFERENCES role (id),
    CONSTRAINT ck_user_role__id CHECK (length(id) = 16),
    CONSTRAINT ck_user_role__user_id CHECK (length(user_id) = 16),
    CONSTRAINT ck_user_role__role_id CHECK (length(role_id) = 16),
    CONSTRAINT ck_user_role__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_user_role__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_user_role__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_user_role__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_user_role__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_user_role__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_user_role__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_user_role__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_user_role__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_user_role__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_user_role__role_id ON user_role (role_id)
--;;
CREATE INDEX ix_user_role__user_id ON user_role (user_id)
--;;
CREATE TABLE allergy (
    id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    allergen_code TEXT,
    substance TEXT NOT NULL,
    reaction TEXT NOT NULL,
    severity TEXT NOT NULL,
    noted_on TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_allergy PRIMARY KEY (id),
    CONSTRAINT fk_allergy__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT ck_allergy__id CHECK (length(id) = 16),
    CONSTRAINT ck_allergy__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_allergy__allergen_code CHECK (allergen_code IS NULL OR (length(allergen_code) <= 60 AND instr(allergen_code, char(0)) = 0)),
    CONSTRAINT ck_allergy__substance CHECK (length(substance) <= 120 AND instr(substance, char(0)) = 0),
    CONSTRAINT ck_allergy__reaction CHECK (length(reaction) <= 120 AND instr(reaction, char(0)) = 0),
    CONSTRAINT ck_allergy__severity CHECK (severity IN ('mild', 'moderate', 'severe', 'unknown')),
    CONSTRAINT ck_allergy__noted_on CHECK (noted_on IS date(noted_on)),
    CONSTRAINT ck_allergy__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_allergy__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_allergy__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_allergy__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_allergy__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_allergy__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_allergy__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_allergy__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_allergy__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_allergy__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_allergy__patient_id ON allergy (patient_id)
--;;
CREATE TABLE cash_movement (
    id BLOB NOT NULL,
    session_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    reason TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    CONSTRAINT pk_cash_movement PRIMARY KEY (id),
    CONSTRAINT ck_cash_movement__amount_positive CHECK (amount > 0),
    CONSTRAINT fk_cash_movement__session_id FOREIGN KEY(session_id) REFERENCES cash_session (id),
    CONSTRAINT ck_cash_movement__id CHECK (length(id) = 16),
    CONSTRAINT ck_cash_movement__session_id CHECK (length(session_id) = 16),
    CONSTRAINT ck_cash_movement__kind CHECK (kind IN ('cash_out', 'cash_in')),
    CONSTRAINT ck_cash_movement__reason CHECK (length(reason) <= 300 AND instr(reason, char(0)) = 0),
    CONSTRAINT ck_cash_movement__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_cash_movement__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_cash_movement__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_cash_movement__created_by CHECK (length(created_by) = 16)
)
 STRICT
--;;
CREATE INDEX ix_cash_movement__session_id ON cash_movement (session_id)
--;;
CREATE TABLE patient_contact (
    id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    relationship TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_patient_contact PRIMARY KEY (id),
    CONSTRAINT fk_patient_contact__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT ck_patient_contact__id CHECK (length(id) = 16),
    CONSTRAINT ck_patient_contact__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_patient_contact__kind CHECK (kind IN ('next_of_kin', 'emergency', 'guardian')),
    CONSTRAINT ck_patient_contact__name CHECK (length(name) <= 120 AND instr(name, char(0)) = 0),
    CONSTRAINT ck_patient_contact__relationship CHECK (length(relationship) <= 40 AND instr(relationship, char(0)) = 0),
    CONSTRAINT ck_patient_contact__phone CHECK (length(phone) <= 40 AND instr(phone, char(0)) = 0),
    CONSTRAINT ck_patient_contact__address CHECK (length(address) <= 200 AND instr(address, char(0)) = 0),
    CONSTRAINT ck_patient_contact__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_patient_contact__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_patient_contact__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_patient_contact__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_patient_contact__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_patient_contact__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_patient_contact__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_patient_contact__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_patient_contact__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_patient_contact__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_patient_contact__patient_id ON patient_contact (patient_id)
--;;
CREATE TABLE receipt (
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    patient_id BLOB NOT NULL,
    session_id BLOB NOT NULL,
    total INTEGER NOT NULL,
    day TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    CONSTRAINT pk_receipt PRIMARY KEY (id),
    CONSTRAINT uq_receipt__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT fk_receipt__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_receipt__session_id FOREIGN KEY(session_id) REFERENCES cash_session (id),
    CONSTRAINT ck_receipt__id CHECK (length(id) = 16),
    CONSTRAINT ck_receipt__number CHECK (length(number) <= 30 AND instr(number, char(0)) = 0),
    CONSTRAINT ck_receipt__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_receipt__session_id CHECK (length(session_id) = 16),
    CONSTRAINT ck_receipt__day CHECK (day IS date(day)),
    CONSTRAINT ck_receipt__taken_at CHECK (taken_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_receipt__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_receipt__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_receipt__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_receipt__created_by CHECK (length(created_by) = 16)
)
 STRICT
--;;
CREATE INDEX ix_receipt__day ON receipt (day)
--;;
CREATE INDEX ix_receipt__patient_id ON receipt (patient_id)
--;;
CREATE INDEX ix_receipt__session_id ON receipt (session_id)
--;;
CREATE TABLE stock_balance (
    id BLOB NOT NULL,
    batch_id BLOB NOT NULL,
    location_id BLOB NOT NULL,
    medication_id BLOB NOT NULL,
    quantity INTEGER NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_stock_balance PRIMARY KEY (id),
    CONSTRAINT uq_stock_balance__batch_id_location_id UNIQUE (batch_id, location_id),
    CONSTRAINT ck_stock_balance__quantity_not_negative CHECK (quantity >= 0),
    CONSTRAINT fk_stock_balance__batch_id FOREIGN KEY(batch_id) REFERENCES stock_batch (id),
    CONSTRAINT fk_stock_balance__location_id FOREIGN KEY(location_id) REFERENCES stock_location (id),
    CONSTRAINT fk_stock_balance__medication_id FOREIGN KEY(medication_id) REFERENCES medication (id),
    CONSTRAINT ck_stock_balance__id CHECK (length(id) = 16),
    CONSTRAINT ck_stock_balance__batch_id CHECK (length(batch_id) = 16),
    CONSTRAINT ck_stock_balance__location_id CHECK (length(location_id) = 16),
    CONSTRAINT ck_stock_balance__medication_id CHECK (length(medication_id) = 16),
    CONSTRAINT ck_stock_balance__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_stock_balance__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_stock_balance__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_stock_balance__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_stock_balance__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_stock_balance__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_stock_balance__version CHECK (version BETWEEN 1 AND 2147483647)
)
 STRICT
--;;
CREATE INDEX ix_stock_balance__location_id ON stock_balance (location_id)
--;;
CREATE INDEX ix_stock_balance__medication_id ON stock_balance (medication_id)
--;;
CREATE TABLE stock_movement (
    id BLOB NOT NULL,
    batch_id BLOB NOT NULL,
    location_id BLOB NOT NULL,
    medication_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    balance_after INTEGER NOT NULL,
    moved_at TEXT NOT NULL,
    day TEXT NOT NULL,
    reason TEXT NOT NULL,
    source_table TEXT NOT NULL,
    source_id BLOB,
    approved_by BLOB,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    CONSTRAINT pk_stock_movement PRIMARY KEY (id),
    CONSTRAINT ck_stock_movement__quantity_moves CHECK (quantity <> 0),
    CONSTRAINT ck_stock_movement__balance_not_negative CHECK (balance_after >= 0),
    CONSTRAINT fk_stock_movement__batch_id FOREIGN KEY(batch_id) REFERENCES stock_batch (id),
    CONSTRAINT fk_stock_movement__location_id FOREIGN KEY(location_id) REFERENCES stock_location (id),
    CONSTRAINT fk_stock_movement__medication_id FOREIGN KEY(medication_id) REFERENCES medication (id),
    CONSTRAINT ck_stock_movement__id CHECK (length(id) = 16),
    CONSTRAINT ck_stock_movement__batch_id CHECK (length(batch_id) = 16),
    CONSTRAINT ck_stock_movement__location_id CHECK (length(location_id) = 16),
    CONSTRAINT ck_stock_movement__medication_id CHECK (length(medication_id) = 16),
    CONSTRAINT ck_stock_movement__kind CHECK (kind IN ('receipt', 'dispense', 'reversal', 'adjustment', 'write_off', 'transfer')),
    CONSTRAINT ck_stock_movement__moved_at CHECK (moved_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_stock_movement__day CHECK (day IS date(day)),
    CONSTRAINT ck_stock_movement__reason CHECK (length(reason) <= 300 AND instr(reason, char(0)) = 0),
    CONSTRAINT ck_stock_movement__source_table CHECK (length(source_table) <= 40 AND instr(source_table, char(0)) = 0),
    CONSTRAINT ck_stock_movement__source_id CHECK (source_id IS NULL OR (length(source_id) = 16)),
    CONSTRAINT ck_stock_movement__approved_by CHECK (approved_by IS NULL OR (length(approved_by) = 16)),
    CONSTRAINT ck_stock_movement__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_stock_movement__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_stock_movement__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_stock_movement__created_by CHECK (length(created_by) = 16)
)
 STRICT
--;;
CREATE INDEX ix_stock_movement__batch_id_location_id ON stock_movement (batch_id, location_id)
--;;
CREATE INDEX ix_stock_movement__medication_id_moved_at ON stock_movement (medication_id, moved_at)
--;;
CREATE INDEX ix_stock_movement__source_id ON stock_movement (source_id)
--;;
CREATE TABLE visit (
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    patient_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    open_key BLOB,
    day TEXT NOT NULL,
    department_id BLOB,
    practitioner_id BLOB,
    payer_group_id BLOB,
    occurrence TEXT NOT NULL,
    complaint TEXT NOT NULL,
    ticket TEXT NOT NULL,
    colour TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    outcome TEXT,
    close_reason TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_visit PRIMARY KEY (id),
    CONSTRAINT uq_visit__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT uq_visit__open_key UNIQUE (open_key),
    CONSTRAINT fk_visit__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_visit__department_id FOREIGN KEY(department_id) REFERENCES department (id),
    CONSTRAINT fk_visit__practitioner_id FOREIGN KEY(practitioner_id) REFERENCES user_account (id),
    CONSTRAINT fk_visit__payer_group_id FOREIGN KEY(payer_group_id) REFERENCES payer_group (id),
    CONSTRAINT ck_visit__id CHECK (length(id) = 16),
    CONSTRAINT ck_visit__number CHECK (length(number) <= 30 AND instr(number, char(0)) = 0),
    CONSTRAINT ck_visit__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_visit__kind CHECK (kind IN ('outpatient', 'emergency', 'maternity', 'follow_up', 'imported')),
    CONSTRAINT ck_visit__state CHECK (state IN ('open', 'closed', 'cancelled')),
    CONSTRAINT ck_visit__open_key CHECK (open_key IS NULL OR (length(open_key) = 16)),
    CONSTRAINT ck_visit__day CHECK (day IS date(day)),
    CONSTRAINT ck_visit__department_id CHECK (department_id IS NULL OR (length(department_id) = 16)),
    CONSTRAINT ck_visit__practitioner_id CHECK (practitioner_id IS NULL OR (length(practitioner_id) = 16)),
    CONSTRAINT ck_visit__payer_group_id CHECK (payer_group_id IS NULL OR (length(payer_group_id) = 16)),
    CONSTRAINT ck_visit__occurrence CHECK (occurrence IN ('new', 'repeat')),
    CONSTRAINT ck_visit__complaint CHECK (length(complaint) <= 200 AND instr(complaint, char(0)) = 0),
    CONSTRAINT ck_visit__ticket CHECK (length(ticket) <= 20 AND instr(ticket, char(0)) = 0),
    CONSTRAINT ck_visit__colour CHECK (length(colour) <= 10 AND instr(colour, char(0)) = 0),
    CONSTRAINT ck_visit__opened_at CHECK (opened_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_visit__closed_at CHECK (closed_at IS NULL OR (closed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_visit__outcome CHECK (outcome IS NULL OR (outcome IN ('treated', 'admitted', 'referred', 'left_without_being_seen', 'died'))),
    CONSTRAINT ck_visit__close_reason CHECK (length(close_reason) <= 200 AND instr(close_reason, char(0)) = 0),
    CONSTRAINT ck_visit__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_visit__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_visit__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_visit__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_visit__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_visit__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_visit__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_visit__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_visit__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_visit__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_visit__day_state ON visit (day, state)
--;;
CREATE INDEX ix_visit__department_id ON visit (department_id)
--;;
CREATE INDEX ix_visit__patient_id_opened_at ON visit (patient_id, opened_at)
--;;
CREATE INDEX ix_visit__payer_group_id ON visit (payer_group_id)
--;;
CREATE INDEX ix_visit__practitioner_id ON visit (practitioner_id)
--;;
CREATE TABLE bill (
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    visit_id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    payer_group_id BLOB,
    state TEXT NOT NULL,
    open_key BLOB,
    day TEXT NOT NULL,
    charged INTEGER NOT NULL,
    adjusted INTEGER NOT NULL,
    rounded INTEGER NOT NULL,
    paid INTEGER NOT NULL,
    refunded INTEGER NOT NULL,
    pending INTEGER NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_bill PRIMARY KEY (id),
    CONSTRAINT uq_bill__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT uq_bill__open_key UNIQUE (open_key),
    CONSTRAINT ck_bill__parts_not_negative CHECK (charged >= 0 AND paid >= 0 AND refunded >= 0 AND pending >= 0),
    CONSTRAINT ck_bill__refunded_within_paid CHECK (refunded <= paid),
    CONSTRAINT ck_bill__adjusted_within_charged CHECK (adjusted <= charged),
    CONSTRAINT fk_bill__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_bill__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_bill__payer_group_id FOREIGN KEY(payer_group_id) REFERENCES payer_group (id),
    CONSTRAINT ck_bill__id CHECK (length(id) = 16),
    CONSTRAINT ck_bill__number CHECK (length(number) <= 30 AND instr(number, char(0)) = 0),
    CONSTRAINT ck_bill__visit_id CHECK (length(visit_id) = 16),
    CONSTRAINT ck_bill__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_bill__payer_group_id CHECK (payer_group_id IS NULL OR (length(payer_group_id) = 16)),
    CONSTRAINT ck_bill__state CHECK (state IN ('open', 'part_paid', 'paid', 'void', 'refunded')),
    CONSTRAINT ck_bill__open_key CHECK (open_key IS NULL OR (length(open_key) = 16)),
    CONSTRAINT ck_bill__day CHECK (day IS date(day)),
    CONSTRAINT ck_bill__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_bill__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_bill__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_bill__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_bill__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_bill__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_bill__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_bill__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_bill__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_bill__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_bill__patient_id ON bill (patient_id)
--;;
CREATE INDEX ix_bill__payer_group_id ON bill (payer_group_id)
--;;
CREATE INDEX ix_bill__state_day ON bill (state, day)
--;;
CREATE INDEX ix_bill__visit_id ON bill (visit_id)
--;;
CREATE TABLE charge (
    id BLOB NOT NULL,
    visit_id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    item_code TEXT NOT NULL,
    description TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    unit_price INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    price_list_code TEXT NOT NULL,
    department_id BLOB,
    day TEXT NOT NULL,
    source_table TEXT NOT NULL,
    source_id BLOB NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_charge PRIMARY KEY (id),
    CONSTRAINT uq_charge__source_table_source_id_item_code UNIQUE (source_table, source_id, item_code),
    CONSTRAINT ck_charge__quantity_positive CHECK (quantity > 0),
    CONSTRAINT ck_charge__amount_not_negative CHECK (amount >= 0),
    CONSTRAINT fk_charge__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_charge__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_charge__department_id FOREIGN KEY(department_id) REFERENCES department (id),
    CONSTRAINT ck_charge__id CHECK (length(id) = 16),
    CONSTRAINT ck_charge__visit_id CHECK (length(visit_id) = 16),
    CONSTRAINT ck_charge__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_charge__kind CHECK (kind IN ('registration', 'consultation', 'lab', 'drug', 'service')),
    CONSTRAINT ck_charge__item_code CHECK (length(item_code) <= 60 AND instr(item_code, char(0)) = 0),
    CONSTRAINT ck_charge__description CHECK (length(description) <= 200 AND instr(description, char(0)) = 0),
    CONSTRAINT ck_charge__price_list_code CHECK (length(price_list_code) <= 40 AND instr(price_list_code, char(0)) = 0),
    CONSTRAINT ck_charge__department_id CHECK (department_id IS NULL OR (length(department_id) = 16)),
    CONSTRAINT ck_charge__day CHECK (day IS date(day)),
    CONSTRAINT ck_charge__source_table CHECK (length(source_table) <= 40 AND instr(source_table, char(0)) = 0),
    CONSTRAINT ck_charge__source_id CHECK (length(source_id) = 16),
    CONSTRAINT ck_charge__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_charge__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_charge__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_charge__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_charge__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_charge__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_charge__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_charge__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_charge__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_charge__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_charge__day ON charge (day)
--;;
CREATE INDEX ix_charge__department_id ON charge (department_id)
--;;
CREATE INDEX ix_charge__patient_id ON charge (patient_id)
--;;
CREATE INDEX ix_charge__visit_id ON charge (visit_id)
--;;
CREATE TABLE clinical_note (
    id BLOB NOT NULL,
    visit_id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    complaint TEXT NOT NULL,
    history TEXT NOT NULL,
    examination TEXT NOT NULL,
    assessment TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    follow_up_on TEXT,
    follow_up_note TEXT NOT NULL,
    written_at TEXT NOT NULL,
    author_id BLOB NOT NULL,
    signed_at TEXT,
    signed_by BLOB,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_clinical_note PRIMARY KEY (id),
    CONSTRAINT fk_clinical_note__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_clinical_note__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT ck_clinical_note__id CHECK (length(id) = 16),
    CONSTRAINT ck_clinical_note__visit_id CHECK (length(visit_id) = 16),
    CONSTRAINT ck_clinical_note__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_clinical_note__kind CHECK (kind IN ('soap', 'progress', 'consultation', 'admission', 'discharge', 'procedure', 'operative')),
    CONSTRAINT ck_clinical_note__complaint CHECK (length(complaint) <= 500 AND instr(complaint, char(0)) = 0),
    CONSTRAINT ck_clinical_note__history CHECK (length(history) <= 8000 AND instr(history, char(0)) = 0),
    CONSTRAINT ck_clinical_note__examination CHECK (length(examination) <= 8000 AND instr(examination, char(0)) = 0),
    CONSTRAINT ck_clinical_note__assessment CHECK (length(assessment) <= 8000 AND instr(assessment, char(0)) = 0),
    CONSTRAINT ck_clinical_note__plan CHECK (length(plan) <= 8000 AND instr(plan, char(0)) = 0),
    CONSTRAINT ck_clinical_note__follow_up_on CHECK (follow_up_on IS NULL OR (follow_up_on IS date(follow_up_on))),
    CONSTRAINT ck_clinical_note__follow_up_note CHECK (length(follow_up_note) <= 300 AND instr(follow_up_note, char(0)) = 0),
    CONSTRAINT ck_clinical_note__written_at CHECK (written_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_clinical_note__author_id CHECK (length(author_id) = 16),
    CONSTRAINT ck_clinical_note__signed_at CHECK (signed_at IS NULL OR (signed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_clinical_note__signed_by CHECK (signed_by IS NULL OR (length(signed_by) = 16)),
    CONSTRAINT ck_clinical_note__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_clinical_note__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_clinical_note__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_clinical_note__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_clinical_note__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_clinical_note__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_clinical_note__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_clinical_note__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_clinical_note__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_clinical_note__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_clinical_note__patient_id_written_at ON clinical_note (patient_id, written_at)
--;;
CREATE INDEX ix_clinical_note__visit_id ON clinical_note (visit_id)
--;;
CREATE TABLE condition (
    id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    visit_id BLOB,
    code TEXT,
    system TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    onset_on TEXT,
    resolved_on TEXT,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_condition PRIMARY KEY (id),
    CONSTRAINT fk_condition__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_condition__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT ck_condition__id CHECK (length(id) = 16),
    CONSTRAINT ck_condition__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_condition__visit_id CHECK (visit_id IS NULL OR (length(visit_id) = 16)),
    CONSTRAINT ck_condition__code CHECK (code IS NULL OR (length(code) <= 40 AND instr(code, char(0)) = 0)),
    CONSTRAINT ck_condition__system CHECK (length(system) <= 20 AND instr(system, char(0)) = 0),
    CONSTRAINT ck_condition__text CHECK (length(text) <= 200 AND instr(text, char(0)) = 0),
    CONSTRAINT ck_condition__state CHECK (state IN ('active', 'resolved')),
    CONSTRAINT ck_condition__onset_on CHECK (onset_on IS NULL OR (onset_on IS date(onset_on))),
    CONSTRAINT ck_condition__resolved_on CHECK (resolved_on IS NULL OR (resolved_on IS date(resolved_on))),
    CONSTRAINT ck_condition__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_condition__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_condition__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_condition__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_condition__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_condition__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_condition__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_condition__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_condition__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_condition__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_condition__patient_id ON condition (patient_id)
--;;
CREATE INDEX ix_condition__visit_id ON condition (visit_id)
--;;
CREATE TABLE diagnosis (
    id BLOB NOT NULL,
    visit_id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    term_id BLOB,
    code TEXT NOT NULL,
    icd10 TEXT NOT NULL,
    text TEXT NOT NULL,
    rank TEXT NOT NULL,
    certainty TEXT NOT NULL,
    occurrence TEXT NOT NULL,
    day TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_diagnosis PRIMARY KEY (id),
    CONSTRAINT fk_diagnosis__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_diagnosis__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_diagnosis__term_id FOREIGN KEY(term_id) REFERENCES diagnosis_term (id),
    CONSTRAINT ck_diagnosis__id CHECK (length(id) = 16),
    CONSTRAINT ck_diagnosis__visit_id CHECK (length(visit_id) = 16),
    CONSTRAINT ck_diagnosis__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_diagnosis__term_id CHECK (term_id IS NULL OR (length(term_id) = 16)),
    CONSTRAINT ck_diagnosis__code CHECK (length(code) <= 60 AND instr(code, char(0)) = 0),
    CONSTRAINT ck_diagnosis__icd10 CHECK (length(icd10) <= 10 AND instr(icd10, char(0)) = 0),
    CONSTRAINT ck_diagnosis__text CHECK (length(text) <= 200 AND instr(text, char(0)) = 0),
    CONSTRAINT ck_diagnosis__rank CHECK (rank IN ('primary', 'secondary')),
    CONSTRAINT ck_diagnosis__certainty CHECK (certainty IN ('confirmed', 'provisional', 'refuted')),
    CONSTRAINT ck_diagnosis__occurrence CHECK (occurrence IN ('new', 'repeat')),
    CONSTRAINT ck_diagnosis__day CHECK (day IS date(day)),
    CONSTRAINT ck_diagnosis__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_diagnosis__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_diagnosis__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_diagnosis__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_diagnosis__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_diagnosis__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_diagnosis__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_diagnosis__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_diagnosis__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_diagnosis__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_diagnosis__patient_id_day ON diagnosis (patient_id, day)
--;;
CREATE INDEX ix_diagnosis__term_id ON diagnosis (term_id)
--;;
CREATE INDEX ix_diagnosis__visit_id ON diagnosis (visit_id)
--;;
CREATE TABLE immunization (
    id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    visit_id BLOB,
    vaccine_code TEXT NOT NULL,
    vaccine TEXT NOT NULL,
    given_at TEXT NOT NULL,
    given_on TEXT NOT NULL,
    dose_number INTEGER,
    lot TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_immunization PRIMARY KEY (id),
    CONSTRAINT fk_immunization__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_immunization__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT ck_immunization__id CHECK (length(id) = 16),
    CONSTRAINT ck_immunization__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_immunization__visit_id CHECK (visit_id IS NULL OR (length(visit_id) = 16)),
    CONSTRAINT ck_immunization__vaccine_code CHECK (length(vaccine_code) <= 20 AND instr(vaccine_code, char(0)) = 0),
    CONSTRAINT ck_immunization__vaccine CHECK (length(vaccine) <= 120 AND instr(vaccine, char(0)) = 0),
    CONSTRAINT ck_immunization__given_at CHECK (given_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_immunization__given_on CHECK (given_on IS date(given_on)),
    CONSTRAINT ck_immunization__dose_number CHECK (dose_number IS NULL OR (dose_number BETWEEN 0 AND 50)),
    CONSTRAINT ck_immunization__lot CHECK (length(lot) <= 40 AND instr(lot, char(0)) = 0),
    CONSTRAINT ck_immunization__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_immunization__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_immunization__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_immunization__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_immunization__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_immunization__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_immunization__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_immunization__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_immunization__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_immunization__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_immunization__patient_id ON immunization (patient_id)
--;;
CREATE INDEX ix_immunization__visit_id ON immunization (visit_id)
--;;
CREATE TABLE lab_order (
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    visit_id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    priority TEXT NOT NULL,
    state TEXT NOT NULL,
    clinical_notes TEXT NOT NULL,
    diagnosis TEXT NOT NULL,
    ordered_by BLOB NOT NULL,
    ordered_at TEXT NOT NULL,
    completed_at TEXT,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_lab_order PRIMARY KEY (id),
    CONSTRAINT uq_lab_order__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT fk_lab_order__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_lab_order__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT ck_lab_order__id CHECK (length(id) = 16),
    CONSTRAINT ck_lab_order__number CHECK (length(number) <= 30 AND instr(number, char(0)) = 0),
    CONSTRAINT ck_lab_order__visit_id CHECK (length(visit_id) = 16),
    CONSTRAINT ck_lab_order__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_lab_order__priority CHECK (priority IN ('stat', 'urgent', 'routine')),
    CONSTRAINT ck_lab_order__state CHECK (state IN ('ordered', 'specimen_collected', 'in_progress', 'completed', 'cancelled')),
    CONSTRAINT ck_lab_order__clinical_notes CHECK (length(clinical_notes) <= 500 AND instr(clinical_notes, char(0)) = 0),
    CONSTRAINT ck_lab_order__diagnosis CHECK (length(diagnosis) <= 200 AND instr(diagnosis, char(0)) = 0),
    CONSTRAINT ck_lab_order__ordered_by CHECK (length(ordered_by) = 16),
    CONSTRAINT ck_lab_order__ordered_at CHECK (ordered_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_lab_order__completed_at CHECK (completed_at IS NULL OR (completed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_lab_order__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_lab_order__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_lab_order__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_lab_order__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_lab_order__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_lab_order__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_lab_order__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_lab_order__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_lab_order__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_lab_order__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_lab_order__patient_id ON lab_order (patient_id)
--;;
CREATE INDEX ix_lab_order__state_priority_ordered_at ON lab_order (state, priority, ordered_at)
--;;
CREATE INDEX ix_lab_order__visit_id ON lab_order (visit_id)
--;;
CREATE TABLE payment (
    id BLOB NOT NULL,
    receipt_id BLOB NOT NULL,
    session_id BLOB NOT NULL,
    method TEXT NOT NULL,
    amount INTEGER NOT NULL,
    tendered INTEGER,
    change_given INTEGER NOT NULL,
    operator TEXT NOT NULL,
    payer_phone TEXT NOT NULL,
    code TEXT NOT NULL,
    code_key TEXT,
    needs_confirmation INTEGER NOT NULL,
    meant_for TEXT NOT NULL,
    day TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    CONSTRAINT pk_payment PRIMARY KEY (id),
    CONSTRAINT uq_payment__facility_id_code_key UNIQUE (facility_id, code_key),
    CONSTRAINT ck_payment__amount_positive CHECK (amount > 0),
    CONSTRAINT fk_payment__receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id),
    CONSTRAINT fk_payment__session_id FOREIGN KEY(session_id) REFERENCES cash_session (id),
    CONSTRAINT ck_payment__id CHECK (length(id) = 16),
    CONSTRAINT ck_payment__receipt_id CHECK (length(receipt_id) = 16),
    CONSTRAINT ck_payment__session_id CHECK (length(session_id) = 16),
    CONSTRAINT ck_payment__method CHECK (method IN ('cash', 'mobile_money', 'card', 'bank_transfer')),
    CONSTRAINT ck_payment__operator CHECK (length(operator) <= 40 AND instr(operator, char(0)) = 0),
    CONSTRAINT ck_payment__payer_phone CHECK (length(payer_phone) <= 40 AND instr(payer_phone, char(0)) = 0),
    CONSTRAINT ck_payment__code CHECK (length(code) <= 60 AND instr(code, char(0)) = 0),
    CONSTRAINT ck_payment__code_key CHECK (code_key IS NULL OR (length(code_key) <= 110 AND instr(code_key, char(0)) = 0)),
    CONSTRAINT ck_payment__needs_confirmation CHECK (needs_confirmation IN (0, 1)),
    CONSTRAINT ck_payment__meant_for CHECK (json_valid(meant_for)),
    CONSTRAINT ck_payment__day CHECK (day IS date(day)),
    CONSTRAINT ck_payment__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_payment__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_payment__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_payment__created_by CHECK (length(created_by) = 16)
)
 STRICT
--;;
CREATE INDEX ix_payment__day ON payment (day)
--;;
CREATE INDEX ix_payment__receipt_id ON payment (receipt_id)
--;;
CREATE INDEX ix_payment__session_id ON payment (session_id)
--;;
CREATE TABLE prescription (
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    visit_id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    status TEXT NOT NULL,
    prescriber_id BLOB NOT NULL,
    prescribed_at TEXT NOT NULL,
    day TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    note TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_prescription PRIMARY KEY (id),
    CONSTRAINT uq_prescription__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT fk_prescription__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_prescription__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT ck_prescription__id CHECK (length(id) = 16),
    CONSTRAINT ck_prescription__number CHECK (length(number) <= 30 AND instr(number, char(0)) = 0),
    CONSTRAINT ck_prescription__visit_id CHECK (length(visit_id) = 16),
    CONSTRAINT ck_prescription__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_prescription__status CHECK (status IN ('active', 'on_hold', 'completed', 'cancelled', 'expired')),
    CONSTRAINT ck_prescription__prescriber_id CHECK (length(prescriber_id) = 16),
    CONSTRAINT ck_prescription__prescribed_at CHECK (prescribed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_prescription__day CHECK (day IS date(day)),
    CONSTRAINT ck_prescription__valid_until CHECK (valid_until IS date(valid_until)),
    CONSTRAINT ck_prescription__note CHECK (length(note) <= 300 AND instr(note, char(0)) = 0),
    CONSTRAINT ck_prescription__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_prescription__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_prescription__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_prescription__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_prescription__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_prescription__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_prescription__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_prescription__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_prescription__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_prescription__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_prescription__patient_id ON prescription (patient_id)
--;;
CREATE INDEX ix_prescription__status_prescribed_at ON prescription (status, prescribed_at)
--;;
CREATE INDEX ix_prescription__visit_id ON prescription (visit_id)
--;;
CREATE TABLE vitals (
    id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    visit_id BLOB NOT NULL,
    taken_at TEXT NOT NULL,
    temperature INTEGER,
    pulse INTEGER,
    breathing_rate INTEGER,
    systolic INTEGER,
    diastolic INTEGER,
    spo2 INTEGER,
    on_oxygen INTEGER,
    glucose INTEGER,
    weight INTEGER,
    height INTEGER,
    muac INTEGER,
    pain INTEGER,
    avpu TEXT,
    pregnant INTEGER,
    comment TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_vitals PRIMARY KEY (id),
    CONSTRAINT fk_vitals__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_vitals__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT ck_vitals__id CHECK (length(id) = 16),
    CONSTRAINT ck_vitals__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_vitals__visit_id CHECK (length(visit_id) = 16),
    CONSTRAINT ck_vitals__taken_at CHECK (taken_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_vitals__pulse CHECK (pulse IS NULL OR (pulse BETWEEN 0 AND 400)),
    CONSTRAINT ck_vitals__breathing_rate CHECK (breathing_rate IS NULL OR (breathing_rate BETWEEN 0 AND 200)),
    CONSTRAINT ck_vitals__systolic CHECK (systolic IS NULL OR (systolic BETWEEN 0 AND 400)),
    CONSTRAINT ck_vitals__diastolic CHECK (diastolic IS NULL OR (diastolic BETWEEN 0 AND 300)),
    CONSTRAINT ck_vitals__spo2 CHECK (spo2 IS NULL OR (spo2 BETWEEN 0 AND 100)),
    CONSTRAINT ck_vitals__on_oxygen CHECK (on_oxygen IS NULL OR (on_oxygen IN (0, 1))),
    CONSTRAINT ck_vitals__muac CHECK (muac IS NULL OR (muac BETWEEN 0 AND 800)),
    CONSTRAINT ck_vitals__pain CHECK (pain IS NULL OR (pain BETWEEN 0 AND 10)),
    CONSTRAINT ck_vitals__avpu CHECK (avpu IS NULL OR (length(avpu) <= 1 AND instr(avpu, char(0)) = 0)),
    CONSTRAINT ck_vitals__pregnant CHECK (pregnant IS NULL OR (pregnant IN (0, 1))),
    CONSTRAINT ck_vitals__comment CHECK (length(comment) <= 300 AND instr(comment, char(0)) = 0),
    CONSTRAINT ck_vitals__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_vitals__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_vitals__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_vitals__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_vitals__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_vitals__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_vitals__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_vitals__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_vitals__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_vitals__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_vitals__patient_id_taken_at ON vitals (patient_id, taken_at)
--;;
CREATE INDEX ix_vitals__visit_id ON vitals (visit_id)
--;;
CREATE TABLE adjustment (
    id BLOB NOT NULL,
    bill_id BLOB NOT NULL,
    charge_id BLOB,
    kind TEXT NOT NULL,
    category TEXT NOT NULL,
    amount INTEGER NOT NULL,
    reason TEXT NOT NULL,
    approved_by BLOB,
    day TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    CONSTRAINT pk_adjustment PRIMARY KEY (id),
    CONSTRAINT ck_adjustment__amount_moves CHECK (amount <> 0),
    CONSTRAINT fk_adjustment__bill_id FOREIGN KEY(bill_id) REFERENCES bill (id),
    CONSTRAINT fk_adjustment__charge_id FOREIGN KEY(charge_id) REFERENCES charge (id),
    CONSTRAINT ck_adjustment__id CHECK (length(id) = 16),
    CONSTRAINT ck_adjustment__bill_id CHECK (length(bill_id) = 16),
    CONSTRAINT ck_adjustment__charge_id CHECK (charge_id IS NULL OR (length(charge_id) = 16)),
    CONSTRAINT ck_adjustment__kind CHECK (kind IN ('waiver', 'discount', 'rounding', 'write_off')),
    CONSTRAINT ck_adjustment__category CHECK (length(category) <= 40 AND instr(category, char(0)) = 0),
    CONSTRAINT ck_adjustment__reason CHECK (length(reason) <= 300 AND instr(reason, char(0)) = 0),
    CONSTRAINT ck_adjustment__approved_by CHECK (approved_by IS NULL OR (length(approved_by) = 16)),
    CONSTRAINT ck_adjustment__day CHECK (day IS date(day)),
    CONSTRAINT ck_adjustment__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_adjustment__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_adjustment__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_adjustment__created_by CHECK (length(created_by) = 16)
)
 STRICT
--;;
CREATE INDEX ix_adjustment__bill_id ON adjustment (bill_id)
--;;
CREATE INDEX ix_adjustment__charge_id ON adjustment (charge_id)
--;;
CREATE INDEX ix_adjustment__day ON adjustment (day)
--;;
CREATE TABLE bill_item (
    id BLOB NOT NULL,
    bill_id BLOB NOT NULL,
    charge_id BLOB NOT NULL,
    amount INTEGER NOT NULL,
    settled INTEGER NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_bill_item PRIMARY KEY (id),
    CONSTRAINT ck_bill_item__settled_within_amount CHECK (settled BETWEEN 0 AND amount),
    CONSTRAINT fk_bill_item__bill_id FOREIGN KEY(bill_id) REFERENCES bill (id),
    CONSTRAINT uq_bill_item__charge_id UNIQUE (charge_id),
    CONSTRAINT ck_bill_item__id CHECK (length(id) = 16),
    CONSTRAINT ck_bill_item__bill_id CHECK (length(bill_id) = 16),
    CONSTRAINT ck_bill_item__charge_id CHECK (length(charge_id) = 16),
    CONSTRAINT ck_bill_item__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_bill_item__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_bill_item__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_bill_item__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_bill_item__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_bill_item__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_bill_item__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_bill_item__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_bill_item__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_bill_item__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_bill_item__bill_id ON bill_item (bill_id)
--;;
CREATE TABLE dispensing (
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    prescription_id BLOB NOT NULL,
    visit_id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    location_id BLOB NOT NULL,
    state TEXT NOT NULL,
    dispensed_at TEXT NOT NULL,
    dispensed_by BLOB,
    day TEXT NOT NULL,
    reversed_at TEXT,
    reverse_reason TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_dispensing PRIMARY KEY (id),
    CONSTRAINT uq_dispensing__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT fk_dispensing__prescription_id FOREIGN KEY(prescription_id) REFERENCES prescription (id),
    CONSTRAINT fk_dispensing__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_dispensing__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_dispensing__location_id FOREIGN KEY(location_id) REFERENCES stock_location (id),
    CONSTRAINT ck_dispensing__id CHECK (length(id) = 16),
    CONSTRAINT ck_dispensing__number CHECK (length(number) <= 30 AND instr(number, char(0)) = 0),
    CONSTRAINT ck_dispensing__prescription_id CHECK (length(prescription_id) = 16),
    CONSTRAINT ck_dispensing__visit_id CHECK (length(visit_id) = 16),
    CONSTRAINT ck_dispensing__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_dispensing__location_id CHECK (length(location_id) = 16),
    CONSTRAINT ck_dispensing__state CHECK (state IN ('priced', 'dispensed', 'reversed', 'cancelled')),
    CONSTRAINT ck_dispensing__dispensed_at CHECK (dispensed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_dispensing__dispensed_by CHECK (dispensed_by IS NULL OR (length(dispensed_by) = 16)),
    CONSTRAINT ck_dispensing__day CHECK (day IS date(day)),
    CONSTRAINT ck_dispensing__reversed_at CHECK (reversed_at IS NULL OR (reversed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_dispensing__reverse_reason CHECK (length(reverse_reason) <= 300 AND instr(reverse_reason, char(0)) = 0),
    CONSTRAINT ck_dispensing__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_dispensing__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_dispensing__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_dispensing__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_dispensing__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_dispensing__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_dispensing__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_dispensing__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_dispensing__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_dispensing__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_dispensing__day ON dispensing (day)
--;;
CREATE INDEX ix_dispensing__patient_id ON dispensing (patient_id)
--;;
CREATE INDEX ix_dispensing__prescription_id ON dispensing (prescription_id)
--;;
CREATE INDEX ix_dispensing__visit_id ON dispensing (visit_id)
--;;
CREATE TABLE note_addendum (
    id BLOB NOT NULL,
    note_id BLOB NOT NULL,
    text TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    CONSTRAINT pk_note_addendum PRIMARY KEY (id),
    CONSTRAINT fk_note_addendum__note_id FOREIGN KEY(note_id) REFERENCES clinical_note (id),
    CONSTRAINT ck_note_addendum__id CHECK (length(id) = 16),
    CONSTRAINT ck_note_addendum__note_id CHECK (length(note_id) = 16),
    CONSTRAINT ck_note_addendum__text CHECK (length(text) <= 8000 AND instr(text, char(0)) = 0),
    CONSTRAINT ck_note_addendum__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_note_addendum__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_note_addendum__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_note_addendum__created_by CHECK (length(created_by) = 16)
)
 STRICT
--;;
CREATE INDEX ix_note_addendum__note_id ON note_addendum (note_id)
--;;
CREATE TABLE payment_share (
    id BLOB NOT NULL,
    payment_id BLOB NOT NULL,
    bill_id BLOB NOT NULL,
    amount INTEGER NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    CONSTRAINT pk_payment_share PRIMARY KEY (id),
    CONSTRAINT ck_payment_share__amount_positive CHECK (amount > 0),
    CONSTRAINT fk_payment_share__payment_id FOREIGN KEY(payment_id) REFERENCES payment (id),
    CONSTRAINT fk_payment_share__bill_id FOREIGN KEY(bill_id) REFERENCES bill (id),
    CONSTRAINT ck_payment_share__id CHECK (length(id) = 16),
    CONSTRAINT ck_payment_share__payment_id CHECK (length(payment_id) = 16),
    CONSTRAINT ck_payment_share__bill_id CHECK (length(bill_id) = 16),
    CONSTRAINT ck_payment_share__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_payment_share__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_payment_share__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_payment_share__created_by CHECK (length(created_by) = 16)
)
 STRICT
--;;
CREATE INDEX ix_payment_share__bill_id ON payment_share (bill_id)
--;;
CREATE INDEX ix_payment_share__payment_id ON payment_share (payment_id)
--;;
CREATE TABLE prescription_item (
    id BLOB NOT NULL,
    prescription_id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    medication_id BLOB,
    free_text TEXT NOT NULL,
    dose_amount INTEGER,
    dose_unit TEXT NOT NULL,
    units_per_dose INTEGER,
    route TEXT NOT NULL,
    frequency TEXT NOT NULL,
    duration_days INTEGER,
    quantity INTEGER NOT NULL,
    dispensed INTEGER NOT NULL,
    instructions TEXT NOT NULL,
    indication TEXT NOT NULL,
    state TEXT NOT NULL,
    refills_allowed INTEGER NOT NULL,
    refills_left INTEGER NOT NULL,
    weight_used INTEGER,
    alerts TEXT NOT NULL,
    override_reason TEXT NOT NULL,
    stopped_at TEXT,
    stopped_by BLOB,
    stop_reason TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_prescription_item PRIMARY KEY (id),
    CONSTRAINT ck_prescription_item__quantity_positive CHECK (quantity > 0),
    CONSTRAINT ck_prescription_item__dispensed_within CHECK (dispensed >= 0 AND dispensed <= quantity),
    CONSTRAINT fk_prescription_item__prescription_id FOREIGN KEY(prescription_id) REFERENCES prescription (id),
    CONSTRAINT fk_prescription_item__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_prescription_item__medication_id FOREIGN KEY(medication_id) REFERENCES medication (id),
    CONSTRAINT ck_prescription_item__id CHECK (length(id) = 16),
    CONSTRAINT ck_prescription_item__prescription_id CHECK (length(prescription_id) = 16),
    CONSTRAINT ck_prescription_item__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_prescription_item__medication_id CHECK (medication_id IS NULL OR (length(medication_id) = 16)),
    CONSTRAINT ck_prescription_item__free_text CHECK (length(free_text) <= 200 AND instr(free_text, char(0)) = 0),
    CONSTRAINT ck_prescription_item__dose_unit CHECK (length(dose_unit) <= 20 AND instr(dose_unit, char(0)) = 0),
    CONSTRAINT ck_prescription_item__route CHECK (route IN ('oral', 'sublingual', 'intramuscular', 'intravenous', 'subcutaneous', 'rectal', 'vaginal', 'topical', 'inhaled', 'eye', 'ear', 'nasal', 'other')),
    CONSTRAINT ck_prescription_item__frequency CHECK (length(frequency) <= 20 AND instr(frequency, char(0)) = 0),
    CONSTRAINT ck_prescription_item__duration_days CHECK (duration_days IS NULL OR (duration_days BETWEEN 1 AND 3660)),
    CONSTRAINT ck_prescription_item__quantity CHECK (quantity BETWEEN 0 AND 1000000),
    CONSTRAINT ck_prescription_item__dispensed CHECK (dispensed BETWEEN 0 AND 1000000),
    CONSTRAINT ck_prescription_item__instructions CHECK (length(instructions) <= 300 AND instr(instructions, char(0)) = 0),
    CONSTRAINT ck_prescription_item__indication CHECK (length(indication) <= 200 AND instr(indication, char(0)) = 0),
    CONSTRAINT ck_prescription_item__state CHECK (state IN ('active', 'partly_dispensed', 'dispensed', 'stopped', 'expired')),
    CONSTRAINT ck_prescription_item__refills_allowed CHECK (refills_allowed BETWEEN 0 AND 99),
    CONSTRAINT ck_prescription_item__refills_left CHECK (refills_left BETWEEN 0 AND 99),
    CONSTRAINT ck_prescription_item__alerts CHECK (json_valid(alerts)),
    CONSTRAINT ck_prescription_item__override_reason CHECK (length(override_reason) <= 300 AND instr(override_reason, char(0)) = 0),
    CONSTRAINT ck_prescription_item__stopped_at CHECK (stopped_at IS NULL OR (stopped_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_prescription_item__stopped_by CHECK (stopped_by IS NULL OR (length(stopped_by) = 16)),
    CONSTRAINT ck_prescription_item__stop_reason CHECK (length(stop_reason) <= 300 AND instr(stop_reason, char(0)) = 0),
    CONSTRAINT ck_prescription_item__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_prescription_item__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_prescription_item__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_prescription_item__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_prescription_item__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_prescription_item__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_prescription_item__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_prescription_item__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_prescription_item__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_prescription_item__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_prescription_item__medication_id ON prescription_item (medication_id)
--;;
CREATE INDEX ix_prescription_item__patient_id ON prescription_item (patient_id)
--;;
CREATE INDEX ix_prescription_item__prescription_id ON prescription_item (prescription_id)
--;;
CREATE TABLE queue_entry (
    id BLOB NOT NULL,
    visit_id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    service_point TEXT NOT NULL,
    department_id BLOB,
    practitioner_id BLOB,
    vitals_id BLOB,
    state TEXT NOT NULL,
    colour TEXT NOT NULL,
    colour_rank INTEGER NOT NULL,
    returned INTEGER NOT NULL,
    ticket TEXT NOT NULL,
    day TEXT NOT NULL,
    waiting_since TEXT NOT NULL,
    called_at TEXT,
    started_at TEXT,
    done_at TEXT,
    claimed_by BLOB,
    end_reason TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_queue_entry PRIMARY KEY (id),
    CONSTRAINT fk_queue_entry__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_queue_entry__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_queue_entry__department_id FOREIGN KEY(department_id) REFERENCES department (id),
    CONSTRAINT fk_queue_entry__practitioner_id FOREIGN KEY(practitioner_id) REFERENCES user_account (id),
    CONSTRAINT fk_queue_entry__vitals_id FOREIGN KEY(vitals_id) REFERENCES vitals (id),
    CONSTRAINT ck_queue_entry__id CHECK (length(id) = 16),
    CONSTRAINT ck_queue_entry__visit_id CHECK (length(visit_id) = 16),
    CONSTRAINT ck_queue_entry__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_queue_entry__service_point CHECK (service_point IN ('triage', 'doctor', 'lab', 'pharmacy', 'cashier')),
    CONSTRAINT ck_queue_entry__department_id CHECK (department_id IS NULL OR (length(department_id) = 16)),
    CONSTRAINT ck_queue_entry__practitioner_id CHECK (practitioner_id IS NULL OR (length(practitioner_id) = 16)),
    CONSTRAINT ck_queue_entry__vitals_id CHECK (vitals_id IS NULL OR (length(vitals_id) = 16)),
    CONSTRAINT ck_queue_entry__state CHECK (state IN ('waiting', 'called', 'in_service', 'with_doctor', 'sent_to_lab', 'done', 'completed', 'no_show', 'cancelled')),
    CONSTRAINT ck_queue_entry__colour CHECK (length(colour) <= 10 AND instr(colour, char(0)) = 0),
    CONSTRAINT ck_queue_entry__colour_rank CHECK (colour_rank BETWEEN 0 AND 9),
    CONSTRAINT ck_queue_entry__returned CHECK (returned IN (0, 1)),
    CONSTRAINT ck_queue_entry__ticket CHECK (length(ticket) <= 20 AND instr(ticket, char(0)) = 0),
    CONSTRAINT ck_queue_entry__day CHECK (day IS date(day)),
    CONSTRAINT ck_queue_entry__waiting_since CHECK (waiting_since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_queue_entry__called_at CHECK (called_at IS NULL OR (called_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_queue_entry__started_at CHECK (started_at IS NULL OR (started_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_queue_entry__done_at CHECK (done_at IS NULL OR (done_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_queue_entry__claimed_by CHECK (claimed_by IS NULL OR (length(claimed_by) = 16)),
    CONSTRAINT ck_queue_entry__end_reason CHECK (length(end_reason) <= 200 AND instr(end_reason, char(0)) = 0),
    CONSTRAINT ck_queue_entry__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_queue_entry__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_queue_entry__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_queue_entry__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_queue_entry__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_queue_entry__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_queue_entry__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_queue_entry__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_queue_entry__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_queue_entry__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_queue_entry__patient_id ON queue_entry (patient_id)
--;;
CREATE INDEX ix_queue_entry__service_point_state_colour_rank_waiting_since ON queue_entry (service_point, state, colour_rank, waiting_since)
--;;
CREATE INDEX ix_queue_entry__visit_id_service_point ON queue_entry (visit_id, service_point)
--;;
CREATE TABLE refund (
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    payment_id BLOB NOT NULL,
    bill_id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    session_id BLOB NOT NULL,
    method TEXT NOT NULL,
    amount INTEGER NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    approved_by BLOB,
    day TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    CONSTRAINT pk_refund PRIMARY KEY (id),
    CONSTRAINT uq_refund__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT ck_refund__amount_positive CHECK (amount > 0),
    CONSTRAINT fk_refund__payment_id FOREIGN KEY(payment_id) REFERENCES payment (id),
    CONSTRAINT fk_refund__bill_id FOREIGN KEY(bill_id) REFERENCES bill (id),
    CONSTRAINT fk_refund__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_refund__session_id FOREIGN KEY(session_id) REFERENCES cash_session (id),
    CONSTRAINT ck_refund__id CHECK (length(id) = 16),
    CONSTRAINT ck_refund__number CHECK (length(number) <= 30 AND instr(number, char(0)) = 0),
    CONSTRAINT ck_refund__kind CHECK (kind IN ('refund', 'reversal', 'credit_note')),
    CONSTRAINT ck_refund__payment_id CHECK (length(payment_id) = 16),
    CONSTRAINT ck_refund__bill_id CHECK (length(bill_id) = 16),
    CONSTRAINT ck_refund__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_refund__session_id CHECK (length(session_id) = 16),
    CONSTRAINT ck_refund__method CHECK (method IN ('cash', 'mobile_money', 'card', 'bank_transfer')),
    CONSTRAINT ck_refund__code CHECK (length(code) <= 60 AND instr(code, char(0)) = 0),
    CONSTRAINT ck_refund__reason CHECK (length(reason) <= 300 AND instr(reason, char(0)) = 0),
    CONSTRAINT ck_refund__approved_by CHECK (approved_by IS NULL OR (length(approved_by) = 16)),
    CONSTRAINT ck_refund__day CHECK (day IS date(day)),
    CONSTRAINT ck_refund__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_refund__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_refund__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_refund__created_by CHECK (length(created_by) = 16)
)
 STRICT
--;;
CREATE INDEX ix_refund__bill_id ON refund (bill_id)
--;;
CREATE INDEX ix_refund__day ON refund (day)
--;;
CREATE INDEX ix_refund__patient_id ON refund (patient_id)
--;;
CREATE INDEX ix_refund__payment_id ON refund (payment_id)
--;;
CREATE INDEX ix_refund__session_id ON refund (session_id)
--;;
CREATE TABLE specimen (
    id BLOB NOT NULL,
    accession TEXT NOT NULL,
    order_id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    collected_at TEXT NOT NULL,
    collected_by BLOB NOT NULL,
    received_at TEXT,
    received_by BLOB,
    rejected_at TEXT,
    rejected_by BLOB,
    reject_reason TEXT NOT NULL,
    reject_note TEXT NOT NULL,
    replaces_id BLOB,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_specimen PRIMARY KEY (id),
    CONSTRAINT uq_specimen__facility_id_accession UNIQUE (facility_id, accession),
    CONSTRAINT fk_specimen__order_id FOREIGN KEY(order_id) REFERENCES lab_order (id),
    CONSTRAINT fk_specimen__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_specimen__replaces_id FOREIGN KEY(replaces_id) REFERENCES specimen (id),
    CONSTRAINT ck_specimen__id CHECK (length(id) = 16),
    CONSTRAINT ck_specimen__accession CHECK (length(accession) <= 30 AND instr(accession, char(0)) = 0),
    CONSTRAINT ck_specimen__order_id CHECK (length(order_id) = 16),
    CONSTRAINT ck_specimen__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_specimen__kind CHECK (length(kind) <= 40 AND instr(kind, char(0)) = 0),
    CONSTRAINT ck_specimen__state CHECK (state IN ('collected', 'received', 'rejected')),
    CONSTRAINT ck_specimen__collected_at CHECK (collected_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_specimen__collected_by CHECK (length(collected_by) = 16),
    CONSTRAINT ck_specimen__received_at CHECK (received_at IS NULL OR (received_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_specimen__received_by CHECK (received_by IS NULL OR (length(received_by) = 16)),
    CONSTRAINT ck_specimen__rejected_at CHECK (rejected_at IS NULL OR (rejected_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_specimen__rejected_by CHECK (rejected_by IS NULL OR (length(rejected_by) = 16)),
    CONSTRAINT ck_specimen__reject_reason CHECK (length(reject_reason) <= 60 AND instr(reject_reason, char(0)) = 0),
    CONSTRAINT ck_specimen__reject_note CHECK (length(reject_note) <= 200 AND instr(reject_note, char(0)) = 0),
    CONSTRAINT ck_specimen__replaces_id CHECK (replaces_id IS NULL OR (length(replaces_id) = 16)),
    CONSTRAINT ck_specimen__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_specimen__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_specimen__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_specimen__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_specimen__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_specimen__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_specimen__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_specimen__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_specimen__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_specimen__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_specimen__order_id ON specimen (order_id)
--;;
CREATE INDEX ix_specimen__patient_id ON specimen (patient_id)
--;;
CREATE INDEX ix_specimen__replaces_id ON specimen (replaces_id)
--;;
CREATE TABLE triage_assessment (
    id BLOB NOT NULL,
    visit_id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    vitals_id BLOB,
    scale TEXT NOT NULL,
    scale_version TEXT NOT NULL,
    danger_signs TEXT NOT NULL,
    score INTEGER,
    suggested_colour TEXT NOT NULL,
    chosen_colour TEXT NOT NULL,
    reasons TEXT NOT NULL,
    override_reason TEXT NOT NULL,
    assessed_at TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_triage_assessment PRIMARY KEY (id),
    CONSTRAINT fk_triage_assessment__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_triage_assessment__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_triage_assessment__vitals_id FOREIGN KEY(vitals_id) REFERENCES vitals (id),
    CONSTRAINT ck_triage_assessment__id CHECK (length(id) = 16),
    CONSTRAINT ck_triage_assessment__visit_id CHECK (length(visit_id) = 16),
    CONSTRAINT ck_triage_assessment__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_triage_assessment__vitals_id CHECK (vitals_id IS NULL OR (length(vitals_id) = 16)),
    CONSTRAINT ck_triage_assessment__scale CHECK (length(scale) <= 40 AND instr(scale, char(0)) = 0),
    CONSTRAINT ck_triage_assessment__scale_version CHECK (length(scale_version) <= 40 AND instr(scale_version, char(0)) = 0),
    CONSTRAINT ck_triage_assessment__danger_signs CHECK (json_valid(danger_signs)),
    CONSTRAINT ck_triage_assessment__score CHECK (score IS NULL OR (score BETWEEN 0 AND 100)),
    CONSTRAINT ck_triage_assessment__suggested_colour CHECK (length(suggested_colour) <= 10 AND instr(suggested_colour, char(0)) = 0),
    CONSTRAINT ck_triage_assessment__chosen_colour CHECK (length(chosen_colour) <= 10 AND instr(chosen_colour, char(0)) = 0),
    CONSTRAINT ck_triage_assessment__reasons CHECK (json_valid(reasons)),
    CONSTRAINT ck_triage_assessment__override_reason CHECK (length(override_reason) <= 300 AND instr(override_reason, char(0)) = 0),
    CONSTRAINT ck_triage_assessment__assessed_at CHECK (assessed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_triage_assessment__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_triage_assessment__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_triage_assessment__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_triage_assessment__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_triage_assessment__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_triage_assessment__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_triage_assessment__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_triage_assessment__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_triage_assessment__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_triage_assessment__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_triage_assessment__patient_id ON triage_assessment (patient_id)
--;;
CREATE INDEX ix_triage_assessment__visit_id ON triage_assessment (visit_id)
--;;
CREATE INDEX ix_triage_assessment__vitals_id ON triage_assessment (vitals_id)
--;;
CREATE TABLE dispensing_item (
    id BLOB NOT NULL,
    dispensing_id BLOB NOT NULL,
    prescription_item_id BLOB NOT NULL,
    medication_id BLOB NOT NULL,
    quantity INTEGER NOT NULL,
    covers INTEGER NOT NULL,
    unit_price INTEGER NOT NULL,
    charge_id BLOB,
    substituted INTEGER NOT NULL,
    substitution_reason TEXT NOT NULL,
    allergy_override TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    CONSTRAINT pk_dispensing_item PRIMARY KEY (id),
    CONSTRAINT ck_dispensing_item__quantity_positive CHECK (quantity > 0),
    CONSTRAINT ck_dispensing_item__covers_positive CHECK (covers > 0),
    CONSTRAINT fk_dispensing_item__dispensing_id FOREIGN KEY(dispensing_id) REFERENCES dispensing (id),
    CONSTRAINT fk_dispensing_item__prescription_item_id FOREIGN KEY(prescription_item_id) REFERENCES prescription_item (id),
    CONSTRAINT fk_dispensing_item__medication_id FOREIGN KEY(medication_id) REFERENCES medication (id),
    CONSTRAINT fk_dispensing_item__charge_id FOREIGN KEY(charge_id) REFERENCES charge (id),
    CONSTRAINT ck_dispensing_item__id CHECK (length(id) = 16),
    CONSTRAINT ck_dispensing_item__dispensing_id CHECK (length(dispensing_id) = 16),
    CONSTRAINT ck_dispensing_item__prescription_item_id CHECK (length(prescription_item_id) = 16),
    CONSTRAINT ck_dispensing_item__medication_id CHECK (length(medication_id) = 16),
    CONSTRAINT ck_dispensing_item__covers CHECK (covers BETWEEN 0 AND 1000000),
    CONSTRAINT ck_dispensing_item__charge_id CHECK (charge_id IS NULL OR (length(charge_id) = 16)),
    CONSTRAINT ck_dispensing_item__substituted CHECK (substituted IN (0, 1)),
    CONSTRAINT ck_dispensing_item__substitution_reason CHECK (length(substitution_reason) <= 300 AND instr(substitution_reason, char(0)) = 0),
    CONSTRAINT ck_dispensing_item__allergy_override CHECK (length(allergy_override) <= 300 AND instr(allergy_override, char(0)) = 0),
    CONSTRAINT ck_dispensing_item__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_dispensing_item__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_dispensing_item__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_dispensing_item__created_by CHECK (length(created_by) = 16)
)
 STRICT
--;;
CREATE INDEX ix_dispensing_item__charge_id ON dispensing_item (charge_id)
--;;
CREATE INDEX ix_dispensing_item__dispensing_id ON dispensing_item (dispensing_id)
--;;
CREATE INDEX ix_dispensing_item__medication_id ON dispensing_item (medication_id)
--;;
CREATE INDEX ix_dispensing_item__prescription_item_id ON dispensing_item (prescription_item_id)
--;;
CREATE TABLE lab_order_item (
    id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    test_id BLOB NOT NULL,
    panel_code TEXT NOT NULL,
    state TEXT NOT NULL,
    specimen_id BLOB,
    charge_id BLOB,
    cancel_reason TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    voided_at TEXT,
    voided_by BLOB,
    void_reason TEXT,
    CONSTRAINT pk_lab_order_item PRIMARY KEY (id),
    CONSTRAINT fk_lab_order_item__order_id FOREIGN KEY(order_id) REFERENCES lab_order (id),
    CONSTRAINT fk_lab_order_item__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_lab_order_item__test_id FOREIGN KEY(test_id) REFERENCES lab_test (id),
    CONSTRAINT fk_lab_order_item__specimen_id FOREIGN KEY(specimen_id) REFERENCES specimen (id),
    CONSTRAINT fk_lab_order_item__charge_id FOREIGN KEY(charge_id) REFERENCES charge (id),
    CONSTRAINT ck_lab_order_item__id CHECK (length(id) = 16),
    CONSTRAINT ck_lab_order_item__order_id CHECK (length(order_id) = 16),
    CONSTRAINT ck_lab_order_item__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_lab_order_item__test_id CHECK (length(test_id) = 16),
    CONSTRAINT ck_lab_order_item__panel_code CHECK (length(panel_code) <= 60 AND instr(panel_code, char(0)) = 0),
    CONSTRAINT ck_lab_order_item__state CHECK (state IN ('ordered', 'specimen_collected', 'in_progress', 'completed', 'cancelled')),
    CONSTRAINT ck_lab_order_item__specimen_id CHECK (specimen_id IS NULL OR (length(specimen_id) = 16)),
    CONSTRAINT ck_lab_order_item__charge_id CHECK (charge_id IS NULL OR (length(charge_id) = 16)),
    CONSTRAINT ck_lab_order_item__cancel_reason CHECK (length(cancel_reason) <= 300 AND instr(cancel_reason, char(0)) = 0),
    CONSTRAINT ck_lab_order_item__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_lab_order_item__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_lab_order_item__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_lab_order_item__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_lab_order_item__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_lab_order_item__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_lab_order_item__version CHECK (version BETWEEN 1 AND 2147483647),
    CONSTRAINT ck_lab_order_item__voided_at CHECK (voided_at IS NULL OR (voided_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_lab_order_item__voided_by CHECK (voided_by IS NULL OR (length(voided_by) = 16)),
    CONSTRAINT ck_lab_order_item__void_reason CHECK (void_reason IS NULL OR (length(void_reason) <= 400 AND instr(void_reason, char(0)) = 0))
)
 STRICT
--;;
CREATE INDEX ix_lab_order_item__charge_id ON lab_order_item (charge_id)
--;;
CREATE INDEX ix_lab_order_item__order_id ON lab_order_item (order_id)
--;;
CREATE INDEX ix_lab_order_item__patient_id ON lab_order_item (patient_id)
--;;
CREATE INDEX ix_lab_order_item__specimen_id ON lab_order_item (specimen_id)
--;;
CREATE INDEX ix_lab_order_item__test_id ON lab_order_item (test_id)
--;;
CREATE TABLE lab_result (
    id BLOB NOT NULL,
    item_id BLOB,
    patient_id BLOB NOT NULL,
    visit_id BLOB,
    test_id BLOB,
    loinc TEXT NOT NULL,
    name TEXT NOT NULL,
    value_number INTEGER,
    value_text TEXT NOT NULL,
    unit TEXT NOT NULL,
    flag TEXT NOT NULL,
    range_used TEXT NOT NULL,
    status TEXT NOT NULL,
    current INTEGER NOT NULL,
    comment TEXT NOT NULL,
    entered_by BLOB NOT NULL,
    entered_at TEXT NOT NULL,
    verified_by BLOB,
    verified_at TEXT,
    own_release INTEGER NOT NULL,
    replaces_id BLOB,
    correction_reason TEXT NOT NULL,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_lab_result PRIMARY KEY (id),
    CONSTRAINT fk_lab_result__item_id FOREIGN KEY(item_id) REFERENCES lab_order_item (id),
    CONSTRAINT fk_lab_result__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_lab_result__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_lab_result__test_id FOREIGN KEY(test_id) REFERENCES lab_test (id),
    CONSTRAINT fk_lab_result__replaces_id FOREIGN KEY(replaces_id) REFERENCES lab_result (id),
    CONSTRAINT ck_lab_result__id CHECK (length(id) = 16),
    CONSTRAINT ck_lab_result__item_id CHECK (item_id IS NULL OR (length(item_id) = 16)),
    CONSTRAINT ck_lab_result__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_lab_result__visit_id CHECK (visit_id IS NULL OR (length(visit_id) = 16)),
    CONSTRAINT ck_lab_result__test_id CHECK (test_id IS NULL OR (length(test_id) = 16)),
    CONSTRAINT ck_lab_result__loinc CHECK (length(loinc) <= 12 AND instr(loinc, char(0)) = 0),
    CONSTRAINT ck_lab_result__name CHECK (length(name) <= 120 AND instr(name, char(0)) = 0),
    CONSTRAINT ck_lab_result__value_text CHECK (length(value_text) <= 500 AND instr(value_text, char(0)) = 0),
    CONSTRAINT ck_lab_result__unit CHECK (length(unit) <= 20 AND instr(unit, char(0)) = 0),
    CONSTRAINT ck_lab_result__flag CHECK (length(flag) <= 2 AND instr(flag, char(0)) = 0),
    CONSTRAINT ck_lab_result__range_used CHECK (json_valid(range_used)),
    CONSTRAINT ck_lab_result__status CHECK (status IN ('preliminary', 'final', 'corrected', 'cancelled')),
    CONSTRAINT ck_lab_result__current CHECK (current IN (0, 1)),
    CONSTRAINT ck_lab_result__comment CHECK (length(comment) <= 500 AND instr(comment, char(0)) = 0),
    CONSTRAINT ck_lab_result__entered_by CHECK (length(entered_by) = 16),
    CONSTRAINT ck_lab_result__entered_at CHECK (entered_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_lab_result__verified_by CHECK (verified_by IS NULL OR (length(verified_by) = 16)),
    CONSTRAINT ck_lab_result__verified_at CHECK (verified_at IS NULL OR (verified_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_lab_result__own_release CHECK (own_release IN (0, 1)),
    CONSTRAINT ck_lab_result__replaces_id CHECK (replaces_id IS NULL OR (length(replaces_id) = 16)),
    CONSTRAINT ck_lab_result__correction_reason CHECK (length(correction_reason) <= 300 AND instr(correction_reason, char(0)) = 0),
    CONSTRAINT ck_lab_result__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_lab_result__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_lab_result__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_lab_result__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_lab_result__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_lab_result__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_lab_result__version CHECK (version BETWEEN 1 AND 2147483647)
)
 STRICT
--;;
CREATE INDEX ix_lab_result__item_id ON lab_result (item_id)
--;;
CREATE INDEX ix_lab_result__patient_id_test_id_entered_at ON lab_result (patient_id, test_id, entered_at)
--;;
CREATE INDEX ix_lab_result__replaces_id ON lab_result (replaces_id)
--;;
CREATE INDEX ix_lab_result__test_id ON lab_result (test_id)
--;;
CREATE INDEX ix_lab_result__visit_id ON lab_result (visit_id)
--;;
CREATE TABLE critical_call (
    id BLOB NOT NULL,
    result_id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    called_person TEXT NOT NULL,
    called_at TEXT NOT NULL,
    read_back INTEGER NOT NULL,
    note TEXT NOT NULL,
    acknowledged_by BLOB,
    acknowledged_at TEXT,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_critical_call PRIMARY KEY (id),
    CONSTRAINT fk_critical_call__result_id FOREIGN KEY(result_id) REFERENCES lab_result (id),
    CONSTRAINT fk_critical_call__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT ck_critical_call__id CHECK (length(id) = 16),
    CONSTRAINT ck_critical_call__result_id CHECK (length(result_id) = 16),
    CONSTRAINT ck_critical_call__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_critical_call__called_person CHECK (length(called_person) <= 120 AND instr(called_person, char(0)) = 0),
    CONSTRAINT ck_critical_call__called_at CHECK (called_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_critical_call__read_back CHECK (read_back IN (0, 1)),
    CONSTRAINT ck_critical_call__note CHECK (length(note) <= 300 AND instr(note, char(0)) = 0),
    CONSTRAINT ck_critical_call__acknowledged_by CHECK (acknowledged_by IS NULL OR (length(acknowledged_by) = 16)),
    CONSTRAINT ck_critical_call__acknowledged_at CHECK (acknowledged_at IS NULL OR (acknowledged_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_critical_call__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_critical_call__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_critical_call__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_critical_call__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_critical_call__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_critical_call__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_critical_call__version CHECK (version BETWEEN 1 AND 2147483647)
)
 STRICT
--;;
CREATE INDEX ix_critical_call__patient_id ON critical_call (patient_id)
--;;
CREATE INDEX ix_critical_call__result_id ON critical_call (result_id)
--;;
CREATE VIRTUAL TABLE patient_words USING fts5(words, content='', contentless_delete=1, detail='none',
prefix='1 2 3 4 5 6 7 8', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'")
--;;
CREATE TABLE patient_search_row (row INTEGER PRIMARY KEY, patient_id BLOB NOT NULL UNIQUE) STRICT
--;;
CREATE TRIGGER patient_words_insert AFTER INSERT ON patient BEGIN
INSERT INTO patient_search_row (patient_id) VALUES (new.id);
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
CREATE TRIGGER patient_words_update AFTER UPDATE OF search_words ON patient
WHEN old.search_words <> new.search_words BEGIN
DELETE FROM patient_words WHERE rowid = (SELECT row FROM patient_search_row WHERE patient_id = new.id);
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
CREATE TRIGGER append_only_adjustment_update BEFORE UPDATE ON adjustment BEGIN SELECT RAISE(ABORT, 'append-only: adjustment'); END
--;;
CREATE TRIGGER append_only_adjustment_delete BEFORE DELETE ON adjustment BEGIN SELECT RAISE(ABORT, 'append-only: adjustment'); END
--;;
CREATE TRIGGER append_only_audit_event_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'append-only: audit_event'); END
--;;
CREATE TRIGGER append_only_audit_event_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'append-only: audit_event'); END
--;;
CREATE TRIGGER append_only_cash_movement_update BEFORE UPDATE ON cash_movement BEGIN SELECT RAISE(ABORT, 'append-only: cash_movement'); END
--;;
CREATE TRIGGER append_only_cash_movement_delete BEFORE DELETE ON cash_movement BEGIN SELECT RAISE(ABORT, 'append-only: cash_movement'); END
--;;
CREATE TRIGGER append_only_dispensing_item_update BEFORE UPDATE ON dispensing_item BEGIN SELECT RAISE(ABORT, 'append-only: dispensing_item'); END
--;;
CREATE TRIGGER append_only_dispensing_item_delete BEFORE DELETE ON dispensing_item BEGIN SELECT RAISE(ABORT, 'append-only: dispensing_item'); END
--;;
CREATE TRIGGER append_only_note_addendum_update BEFORE UPDATE ON note_addendum BEGIN SELECT RAISE(ABORT, 'append-only: note_addendum'); END
--;;
CREATE TRIGGER append_only_note_addendum_delete BEFORE DELETE ON note_addendum BEGIN SELECT RAISE(ABORT, 'append-only: note_addendum'); END
--;;
CREATE TRIGGER append_only_payment_update BEFORE UPDATE ON payment BEGIN SELECT RAISE(ABORT, 'append-only: payment'); END
--;;
CREATE TRIGGER append_only_payment_delete BEFORE DELETE ON payment BEGIN SELECT RAISE(ABORT, 'append-only: payment'); END
--;;
CREATE TRIGGER append_only_payment_outcome_update BEFORE UPDATE ON payment_outcome BEGIN SELECT RAISE(ABORT, 'append-only: payment_outcome'); END
--;;
CREATE TRIGGER append_only_payment_outcome_delete BEFORE DELETE ON payment_outcome BEGIN SELECT RAISE(ABORT, 'append-only: payment_outcome'); END
--;;
CREATE TRIGGER append_only_payment_share_update BEFORE UPDATE ON payment_share BEGIN SELECT RAISE(ABORT, 'append-only: payment_share'); END
--;;
CREATE TRIGGER append_only_payment_share_delete BEFORE DELETE ON payment_share BEGIN SELECT RAISE(ABORT, 'append-only: payment_share'); END
--;;
CREATE TRIGGER append_only_print_job_update BEFORE UPDATE ON print_job BEGIN SELECT RAISE(ABORT, 'append-only: print_job'); END
--;;
CREATE TRIGGER append_only_print_job_delete BEFORE DELETE ON print_job BEGIN SELECT RAISE(ABORT, 'append-only: print_job'); END
--;;
CREATE TRIGGER append_only_receipt_update BEFORE UPDATE ON receipt BEGIN SELECT RAISE(ABORT, 'append-only: receipt'); END
--;;
CREATE TRIGGER append_only_receipt_delete BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'append-only: receipt'); END
--;;
CREATE TRIGGER append_only_refund_update BEFORE UPDATE ON refund BEGIN SELECT RAISE(ABORT, 'append-only: refund'); END
--;;
CREATE TRIGGER append_only_refund_delete BEFORE DELETE ON refund BEGIN SELECT RAISE(ABORT, 'append-only: refund'); END
--;;
CREATE TRIGGER append_only_stock_movement_update BEFORE UPDATE ON stock_movement BEGIN SELECT RAISE(ABORT, 'append-only: stock_movement'); END
--;;
CREATE TRIGGER append_only_stock_movement_delete BEFORE DELETE ON stock_movement BEGIN SELECT RAISE(ABORT, 'append-only: stock_movement'); END
