CREATE TABLE allergen (
    id UUID NOT NULL,
    code VARCHAR(60) NOT NULL,
    name VARCHAR NOT NULL,
    synonyms VARCHAR NOT NULL,
    kind VARCHAR(20) NOT NULL,
    maps_to VARCHAR NOT NULL,
    search_words VARCHAR(400) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_allergen PRIMARY KEY (id),
    CONSTRAINT uq_allergen__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT ck_allergen__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE TABLE audit_event (
    id UUID NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    incarnation UUID NOT NULL,
    sequence BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    actor_id UUID NOT NULL,
    action VARCHAR(80) NOT NULL,
    subject_table VARCHAR(40) NOT NULL,
    subject_id UUID,
    before VARCHAR NOT NULL,
    after VARCHAR NOT NULL,
    hash VARCHAR(64) NOT NULL,
    CONSTRAINT pk_audit_event PRIMARY KEY (id),
    CONSTRAINT uq_audit_event__station_id_incarnation_sequence UNIQUE (station_id, incarnation, sequence)
)
--;;
CREATE INDEX ix_audit_event__actor_id_at ON audit_event (actor_id, at)
--;;
CREATE INDEX ix_audit_event__at ON audit_event (at)
--;;
CREATE INDEX ix_audit_event__subject_table_subject_id_at ON audit_event (subject_table, subject_id, at)
--;;
CREATE TABLE audit_head (
    station_id UUID NOT NULL,
    incarnation UUID NOT NULL,
    sequence BIGINT NOT NULL,
    hash VARCHAR(64) NOT NULL,
    CONSTRAINT pk_audit_head PRIMARY KEY (station_id, incarnation)
)
--;;
CREATE TABLE counter (
    kind VARCHAR(40) NOT NULL,
    station_id UUID NOT NULL,
    series VARCHAR(10) NOT NULL,
    value BIGINT NOT NULL,
    CONSTRAINT pk_counter PRIMARY KEY (kind, station_id, series),
    CONSTRAINT ck_counter__value CHECK (value BETWEEN 0 AND 2147483647)
)
--;;
CREATE TABLE department (
    id UUID NOT NULL,
    name VARCHAR(80) NOT NULL,
    name_folded VARCHAR(80) NOT NULL,
    code VARCHAR(20) NOT NULL,
    description VARCHAR(300) NOT NULL,
    head_id UUID,
    location VARCHAR(120) NOT NULL,
    phone VARCHAR(40) NOT NULL,
    email VARCHAR(120) NOT NULL,
    annual_budget BIGINT,
    active BOOLEAN NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_department PRIMARY KEY (id),
    CONSTRAINT uq_department__facility_id_name_folded UNIQUE (facility_id, name_folded),
    CONSTRAINT ck_department__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE TABLE diagnosis_term (
    id UUID NOT NULL,
    code VARCHAR(60) NOT NULL,
    icd10 VARCHAR(10) NOT NULL,
    name VARCHAR NOT NULL,
    synonyms VARCHAR NOT NULL,
    search_words VARCHAR(1000) NOT NULL,
    chronic BOOLEAN NOT NULL,
    notifiable BOOLEAN NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_diagnosis_term PRIMARY KEY (id),
    CONSTRAINT uq_diagnosis_term__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT ck_diagnosis_term__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE TABLE drug_interaction (
    id UUID NOT NULL,
    first VARCHAR(60) NOT NULL,
    second VARCHAR(60) NOT NULL,
    severity VARCHAR(20) NOT NULL,
    effect VARCHAR NOT NULL,
    advice VARCHAR NOT NULL,
    source VARCHAR(200) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_drug_interaction PRIMARY KEY (id),
    CONSTRAINT ck_drug_interaction__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE TABLE facility (
    id UUID NOT NULL,
    code VARCHAR(6) NOT NULL,
    name VARCHAR(120) NOT NULL,
    logo BYTEA,
    address VARCHAR(200) NOT NULL,
    phone VARCHAR(40) NOT NULL,
    email VARCHAR(120) NOT NULL,
    website VARCHAR(120) NOT NULL,
    established_year BIGINT,
    licence_number VARCHAR(60) NOT NULL,
    currency_code VARCHAR(3) NOT NULL,
    currency_digits BIGINT NOT NULL,
    time_zone VARCHAR(60) NOT NULL,
    profile VARCHAR(40) NOT NULL,
    receipt_footer VARCHAR(300) NOT NULL,
    training BOOLEAN NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_facility PRIMARY KEY (id),
    CONSTRAINT uq_facility__code UNIQUE (code),
    CONSTRAINT ck_facility__established_year CHECK (established_year IS NULL OR (established_year BETWEEN 1800 AND 2200)),
    CONSTRAINT ck_facility__currency_digits CHECK (currency_digits BETWEEN 0 AND 3),
    CONSTRAINT ck_facility__profile CHECK (profile IN ('pay_at_end', 'pay_first')),
    CONSTRAINT ck_facility__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE TABLE lab_panel (
    id UUID NOT NULL,
    code VARCHAR(60) NOT NULL,
    name VARCHAR NOT NULL,
    search_words VARCHAR(400) NOT NULL,
    test_codes VARCHAR NOT NULL,
    active BOOLEAN NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_lab_panel PRIMARY KEY (id),
    CONSTRAINT uq_lab_panel__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT ck_lab_panel__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE TABLE lab_test (
    id UUID NOT NULL,
    code VARCHAR(60) NOT NULL,
    loinc VARCHAR(12) NOT NULL,
    name VARCHAR NOT NULL,
    search_words VARCHAR(400) NOT NULL,
    category VARCHAR(40) NOT NULL,
    specimen VARCHAR(40) NOT NULL,
    unit VARCHAR(20) NOT NULL,
    result_kind VARCHAR(40) NOT NULL,
    places BIGINT NOT NULL,
    choices VARCHAR NOT NULL,
    preparation VARCHAR NOT NULL,
    turnaround_minutes BIGINT NOT NULL,
    delta_percent BIGINT,
    possible_low BIGINT,
    possible_high BIGINT,
    active BOOLEAN NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_lab_test PRIMARY KEY (id),
    CONSTRAINT uq_lab_test__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT ck_lab_test__result_kind CHECK (result_kind IN ('number', 'choice', 'text')),
    CONSTRAINT ck_lab_test__places CHECK (places BETWEEN 0 AND 4),
    CONSTRAINT ck_lab_test__turnaround_minutes CHECK (turnaround_minutes BETWEEN 0 AND 100000),
    CONSTRAINT ck_lab_test__delta_percent CHECK (delta_percent IS NULL OR (delta_percent BETWEEN 0 AND 10000)),
    CONSTRAINT ck_lab_test__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE TABLE medication_category (
    id UUID NOT NULL,
    name VARCHAR(80) NOT NULL,
    name_folded VARCHAR(80) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_medication_category PRIMARY KEY (id),
    CONSTRAINT uq_medication_category__facility_id_name_folded UNIQUE (facility_id, name_folded),
    CONSTRAINT ck_medication_category__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE TABLE name_variant (
    variant VARCHAR(24) NOT NULL,
    word VARCHAR(24) NOT NULL,
    CONSTRAINT pk_name_variant PRIMARY KEY (variant, word)
)
--;;
CREATE TABLE paper (
    id UUID NOT NULL,
    kind VARCHAR(40) NOT NULL,
    subject_table VARCHAR(40) NOT NULL,
    subject_id UUID NOT NULL,
    patient_id UUID,
    number VARCHAR(40) NOT NULL,
    language VARCHAR(5) NOT NULL,
    template_version BIGINT NOT NULL,
    content VARCHAR NOT NULL,
    sha256 VARCHAR(64),
    pdf BYTEA,
    day DATE NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_paper PRIMARY KEY (id),
    CONSTRAINT ck_paper__template_version CHECK (template_version BETWEEN 1 AND 10000),
    CONSTRAINT ck_paper__version CHECK (version BETWEEN 1 AND 2147483647)
)
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
    id UUID NOT NULL,
    payment_id UUID NOT NULL,
    state VARCHAR(40) NOT NULL,
    note VARCHAR(300) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    CONSTRAINT pk_payment_outcome PRIMARY KEY (id),
    CONSTRAINT uq_payment_outcome__payment_id UNIQUE (payment_id),
    CONSTRAINT ck_payment_outcome__state CHECK (state IN ('pending', 'confirmed', 'failed'))
)
--;;
CREATE TABLE price_list (
    id UUID NOT NULL,
    code VARCHAR(40) NOT NULL,
    name VARCHAR(80) NOT NULL,
    multiplier BIGINT NOT NULL,
    round_to BIGINT NOT NULL,
    standard BOOLEAN NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_price_list PRIMARY KEY (id),
    CONSTRAINT uq_price_list__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT ck_price_list__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE TABLE print_job (
    id UUID NOT NULL,
    paper_id UUID NOT NULL,
    printer VARCHAR(120) NOT NULL,
    is_copy BOOLEAN NOT NULL,
    original_key BIGINT,
    state VARCHAR(20) NOT NULL,
    printed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    CONSTRAINT pk_print_job PRIMARY KEY (id),
    CONSTRAINT uq_print_job__paper_id_original_key UNIQUE (paper_id, original_key),
    CONSTRAINT ck_print_job__original_key CHECK (original_key IS NULL OR (original_key BETWEEN 0 AND 1))
)
--;;
CREATE INDEX ix_print_job__paper_id ON print_job (paper_id)
--;;
CREATE TABLE role (
    id UUID NOT NULL,
    code VARCHAR(40) NOT NULL,
    name VARCHAR(80) NOT NULL,
    description VARCHAR(300) NOT NULL,
    rights VARCHAR NOT NULL,
    windows VARCHAR NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_role PRIMARY KEY (id),
    CONSTRAINT uq_role__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT ck_role__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE TABLE save_key (
    id UUID NOT NULL,
    service VARCHAR(80) NOT NULL,
    actor_id UUID NOT NULL,
    command_digest VARCHAR(64) NOT NULL,
    outcome VARCHAR NOT NULL,
    saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_save_key PRIMARY KEY (id)
)
--;;
CREATE INDEX ix_save_key__saved_at ON save_key (saved_at)
--;;
CREATE TABLE setting (
    id UUID NOT NULL,
    name VARCHAR(60) NOT NULL,
    value VARCHAR NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (id),
    CONSTRAINT uq_setting__facility_id_name UNIQUE (facility_id, name),
    CONSTRAINT ck_setting__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE TABLE source_key (
    source VARCHAR(40) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    source_id VARCHAR(120) NOT NULL,
    fact_id UUID NOT NULL,
    CONSTRAINT pk_source_key PRIMARY KEY (source, kind, source_id)
)
--;;
CREATE INDEX ix_source_key__fact_id ON source_key (fact_id)
--;;
CREATE TABLE station (
    id UUID NOT NULL,
    code VARCHAR(3) NOT NULL,
    name VARCHAR(80) NOT NULL,
    series VARCHAR(1) NOT NULL,
    incarnation UUID NOT NULL,
    receipt_paper VARCHAR(40) NOT NULL,
    stock_location_id UUID,
    last_seen_at TIMESTAMP WITH TIME ZONE,
    app_version VARCHAR(20) NOT NULL,
    schema_version VARCHAR(40) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_station PRIMARY KEY (id),
    CONSTRAINT uq_station__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT ck_station__receipt_paper CHECK (receipt_paper IN ('80mm', 'A5')),
    CONSTRAINT ck_station__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE TABLE stock_location (
    id UUID NOT NULL,
    code VARCHAR(20) NOT NULL,
    name VARCHAR(80) NOT NULL,
    owner_station_id UUID,
    dispensing BOOLEAN NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_stock_location PRIMARY KEY (id),
    CONSTRAINT uq_stock_location__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT ck_stock_location__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE TABLE supplier (
    id UUID NOT NULL,
    name VARCHAR(120) NOT NULL,
    name_folded VARCHAR(120) NOT NULL,
    phone VARCHAR(40) NOT NULL,
    email VARCHAR(120) NOT NULL,
    address VARCHAR(200) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_supplier PRIMARY KEY (id),
    CONSTRAINT uq_supplier__facility_id_name_folded UNIQUE (facility_id, name_folded),
    CONSTRAINT ck_supplier__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE TABLE topic (
    name VARCHAR(40) NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_topic PRIMARY KEY (name)
)
--;;
CREATE TABLE billable_item (
    id UUID NOT NULL,
    kind VARCHAR(40) NOT NULL,
    code VARCHAR(60) NOT NULL,
    name VARCHAR NOT NULL,
    search_words VARCHAR(400) NOT NULL,
    department_id UUID,
    active BOOLEAN NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_billable_item PRIMARY KEY (id),
    CONSTRAINT uq_billable_item__facility_id_kind_code UNIQUE (facility_id, kind, code),
    CONSTRAINT fk_billable_item__department_id FOREIGN KEY(department_id) REFERENCES department (id),
    CONSTRAINT ck_billable_item__kind CHECK (kind IN ('registration', 'consultation', 'lab', 'drug', 'service')),
    CONSTRAINT ck_billable_item__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_billable_item__department_id ON billable_item (department_id)
--;;
CREATE TABLE goods_receipt (
    id UUID NOT NULL,
    number VARCHAR(30) NOT NULL,
    supplier_id UUID,
    location_id UUID NOT NULL,
    invoice_number VARCHAR(60) NOT NULL,
    day DATE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    total_cost BIGINT NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_goods_receipt PRIMARY KEY (id),
    CONSTRAINT uq_goods_receipt__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT fk_goods_receipt__supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id),
    CONSTRAINT fk_goods_receipt__location_id FOREIGN KEY(location_id) REFERENCES stock_location (id),
    CONSTRAINT ck_goods_receipt__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_goods_receipt__location_id ON goods_receipt (location_id)
--;;
CREATE INDEX ix_goods_receipt__supplier_id ON goods_receipt (supplier_id)
--;;
CREATE TABLE medication (
    id UUID NOT NULL,
    code VARCHAR(60) NOT NULL,
    generic VARCHAR(120) NOT NULL,
    generic_folded VARCHAR(120) NOT NULL,
    generic_names VARCHAR NOT NULL,
    tall_man VARCHAR(120) NOT NULL,
    brand VARCHAR(80) NOT NULL,
    strength VARCHAR(60) NOT NULL,
    form VARCHAR(40) NOT NULL,
    unit VARCHAR(40) NOT NULL,
    unit_ml BIGINT,
    pack_size BIGINT NOT NULL,
    route VARCHAR(20) NOT NULL,
    category_id UUID,
    atc VARCHAR(10) NOT NULL,
    barcode VARCHAR(40) NOT NULL,
    search_words VARCHAR(400) NOT NULL,
    drug_classes VARCHAR NOT NULL,
    ingredients VARCHAR NOT NULL,
    controlled_schedule VARCHAR(5) NOT NULL,
    indications VARCHAR(500) NOT NULL,
    contraindications VARCHAR(500) NOT NULL,
    side_effects VARCHAR(500) NOT NULL,
    pregnancy_caution BOOLEAN NOT NULL,
    formulary BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    reorder_level BIGINT NOT NULL,
    mg_per_unit BIGINT,
    default_dose VARCHAR(40) NOT NULL,
    default_frequency VARCHAR(20) NOT NULL,
    default_days BIGINT,
    child_mg_per_kg BIGINT,
    child_max_mg BIGINT,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_medication PRIMARY KEY (id),
    CONSTRAINT uq_medication__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT fk_medication__category_id FOREIGN KEY(category_id) REFERENCES medication_category (id),
    CONSTRAINT ck_medication__pack_size CHECK (pack_size BETWEEN 1 AND 100000),
    CONSTRAINT ck_medication__reorder_level CHECK (reorder_level BETWEEN 0 AND 10000000),
    CONSTRAINT ck_medication__default_days CHECK (default_days IS NULL OR (default_days BETWEEN 1 AND 3660)),
    CONSTRAINT ck_medication__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_medication__barcode ON medication (barcode)
--;;
CREATE INDEX ix_medication__category_id ON medication (category_id)
--;;
CREATE INDEX ix_medication__generic_folded ON medication (generic_folded)
--;;
CREATE TABLE payer_group (
    id UUID NOT NULL,
    code VARCHAR(40) NOT NULL,
    name VARCHAR NOT NULL,
    price_list_id UUID NOT NULL,
    waives_under_five BOOLEAN NOT NULL,
    waives_maternity BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_payer_group PRIMARY KEY (id),
    CONSTRAINT uq_payer_group__facility_id_code UNIQUE (facility_id, code),
    CONSTRAINT fk_payer_group__price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id),
    CONSTRAINT ck_payer_group__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_payer_group__price_list_id ON payer_group (price_list_id)
--;;
CREATE TABLE reference_range (
    id UUID NOT NULL,
    test_id UUID NOT NULL,
    sex VARCHAR(10) NOT NULL,
    age_from_days BIGINT NOT NULL,
    age_to_days BIGINT NOT NULL,
    pregnant VARCHAR(3) NOT NULL,
    normal_low BIGINT,
    normal_high BIGINT,
    critical_low BIGINT,
    critical_high BIGINT,
    source VARCHAR(200) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_reference_range PRIMARY KEY (id),
    CONSTRAINT fk_reference_range__test_id FOREIGN KEY(test_id) REFERENCES lab_test (id),
    CONSTRAINT ck_reference_range__age_from_days CHECK (age_from_days BETWEEN 0 AND 60000),
    CONSTRAINT ck_reference_range__age_to_days CHECK (age_to_days BETWEEN 0 AND 60000),
    CONSTRAINT ck_reference_range__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_reference_range__test_id ON reference_range (test_id)
--;;
CREATE TABLE user_account (
    id UUID NOT NULL,
    username VARCHAR(60) NOT NULL,
    email VARCHAR(120),
    email_folded VARCHAR(120),
    given_name VARCHAR(80) NOT NULL,
    family_name VARCHAR(80) NOT NULL,
    phone VARCHAR(40) NOT NULL,
    gender VARCHAR(40) NOT NULL,
    birth_date DATE,
    address VARCHAR(200) NOT NULL,
    department_id UUID,
    licence_number VARCHAR(60) NOT NULL,
    language VARCHAR(5) NOT NULL,
    active BOOLEAN NOT NULL,
    verified BOOLEAN NOT NULL,
    password_hash VARCHAR(200) NOT NULL,
    pin_hash VARCHAR(200),
    must_change_password BOOLEAN NOT NULL,
    failed_tries BIGINT NOT NULL,
    locked_until TIMESTAMP WITH TIME ZONE,
    last_activity_at TIMESTAMP WITH TIME ZONE,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_user_account PRIMARY KEY (id),
    CONSTRAINT uq_user_account__facility_id_username UNIQUE (facility_id, username),
    CONSTRAINT uq_user_account__facility_id_email_folded UNIQUE (facility_id, email_folded),
    CONSTRAINT fk_user_account__department_id FOREIGN KEY(department_id) REFERENCES department (id),
    CONSTRAINT ck_user_account__gender CHECK (gender IN ('female', 'male', 'other', 'unknown')),
    CONSTRAINT ck_user_account__failed_tries CHECK (failed_tries BETWEEN 0 AND 1000),
    CONSTRAINT ck_user_account__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_user_account__department_id ON user_account (department_id)
--;;
CREATE TABLE cash_session (
    id UUID NOT NULL,
    number VARCHAR(30) NOT NULL,
    z_number VARCHAR(30),
    cashier_id UUID NOT NULL,
    state VARCHAR(40) NOT NULL,
    open_key UUID,
    day DATE NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    float_amount BIGINT NOT NULL,
    counted VARCHAR NOT NULL,
    counted_total BIGINT,
    expected_total BIGINT,
    difference_reason VARCHAR(300) NOT NULL,
    figures VARCHAR NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    closed_by UUID,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_cash_session PRIMARY KEY (id),
    CONSTRAINT uq_cash_session__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT uq_cash_session__open_key UNIQUE (open_key),
    CONSTRAINT fk_cash_session__cashier_id FOREIGN KEY(cashier_id) REFERENCES user_account (id),
    CONSTRAINT ck_cash_session__state CHECK (state IN ('open', 'counted', 'closed')),
    CONSTRAINT ck_cash_session__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_cash_session__cashier_id ON cash_session (cashier_id)
--;;
CREATE INDEX ix_cash_session__day ON cash_session (day)
--;;
CREATE TABLE login_session (
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_activity_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    end_reason VARCHAR(40),
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_login_session PRIMARY KEY (id),
    CONSTRAINT fk_login_session__user_id FOREIGN KEY(user_id) REFERENCES user_account (id),
    CONSTRAINT ck_login_session__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_login_session__user_id_started_at ON login_session (user_id, started_at)
--;;
CREATE TABLE patient (
    id UUID NOT NULL,
    mrn VARCHAR(30) NOT NULL,
    mrn_folded VARCHAR(30) NOT NULL,
    given_name VARCHAR(80) NOT NULL,
    middle_name VARCHAR(80) NOT NULL,
    family_name VARCHAR(80) NOT NULL,
    search_words VARCHAR(2000) NOT NULL,
    birth_date DATE,
    birth_estimated BOOLEAN NOT NULL,
    sex VARCHAR(40) NOT NULL,
    phone VARCHAR(40) NOT NULL,
    phone_reversed VARCHAR(40) NOT NULL,
    email VARCHAR(120) NOT NULL,
    address VARCHAR(200) NOT NULL,
    blood_group VARCHAR(40),
    language VARCHAR(20) NOT NULL,
    occupation VARCHAR(80) NOT NULL,
    national_id VARCHAR(40) NOT NULL,
    payer_group_id UUID,
    practitioner_id UUID,
    allergy_state VARCHAR(40) NOT NULL,
    unknown_person BOOLEAN NOT NULL,
    deceased_on DATE,
    last_visit_on DATE,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_patient PRIMARY KEY (id),
    CONSTRAINT uq_patient__facility_id_mrn UNIQUE (facility_id, mrn),
    CONSTRAINT fk_patient__payer_group_id FOREIGN KEY(payer_group_id) REFERENCES payer_group (id),
    CONSTRAINT fk_patient__practitioner_id FOREIGN KEY(practitioner_id) REFERENCES user_account (id),
    CONSTRAINT ck_patient__sex CHECK (sex IN ('female', 'male', 'other', 'unknown')),
    CONSTRAINT ck_patient__blood_group CHECK (blood_group IS NULL OR (blood_group IN ('A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', 'O+', 'O-'))),
    CONSTRAINT ck_patient__allergy_state CHECK (allergy_state IN ('not_asked', 'none_known', 'recorded')),
    CONSTRAINT ck_patient__version CHECK (version BETWEEN 1 AND 2147483647)
)
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
    id UUID NOT NULL,
    price_list_id UUID NOT NULL,
    item_id UUID NOT NULL,
    amount BIGINT NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_price PRIMARY KEY (id),
    CONSTRAINT uq_price__price_list_id_item_id UNIQUE (price_list_id, item_id),
    CONSTRAINT ck_price__amount_not_negative CHECK (amount >= 0),
    CONSTRAINT fk_price__price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id),
    CONSTRAINT fk_price__item_id FOREIGN KEY(item_id) REFERENCES billable_item (id),
    CONSTRAINT ck_price__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_price__item_id ON price (item_id)
--;;
CREATE TABLE stock_batch (
    id UUID NOT NULL,
    medication_id UUID NOT NULL,
    number VARCHAR(40) NOT NULL,
    expiry DATE NOT NULL,
    unit_cost BIGINT NOT NULL,
    supplier_id UUID,
    receipt_id UUID,
    barcode VARCHAR(60) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_stock_batch PRIMARY KEY (id),
    CONSTRAINT uq_stock_batch__facility_id_medication_id_number UNIQUE (facility_id, medication_id, number),
    CONSTRAINT fk_stock_batch__medication_id FOREIGN KEY(medication_id) REFERENCES medication (id),
    CONSTRAINT fk_stock_batch__supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id),
    CONSTRAINT fk_stock_batch__receipt_id FOREIGN KEY(receipt_id) REFERENCES goods_receipt (id),
    CONSTRAINT ck_stock_batch__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_stock_batch__medication_id_expiry ON stock_batch (medication_id, expiry)
--;;
CREATE INDEX ix_stock_batch__receipt_id ON stock_batch (receipt_id)
--;;
CREATE INDEX ix_stock_batch__supplier_id ON stock_batch (supplier_id)
--;;
CREATE TABLE user_role (
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    role_id UUID NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_user_role PRIMARY KEY (id),
    CONSTRAINT fk_user_role__user_id FOREIGN KEY(user_id) REFERENCES user_account (id),
    CONSTRAINT fk_user_role__role_id FOREIGN KEY(role_id) REFERENCES role (id),
    CONSTRAINT ck_user_role__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_user_role__role_id ON user_role (role_id)
--;;
CREATE INDEX ix_user_role__user_id ON user_role (user_id)
--;;
CREATE TABLE allergy (
    id UUID NOT NULL,
    patient_id UUID NOT NULL,
    allergen_code VARCHAR(60),
    substance VARCHAR(120) NOT NULL,
    reaction VARCHAR(120) NOT NULL,
    severity VARCHAR(40) NOT NULL,
    noted_on DATE NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_allergy PRIMARY KEY (id),
    CONSTRAINT fk_allergy__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT ck_allergy__severity CHECK (severity IN ('mild', 'moderate', 'severe', 'unknown')),
    CONSTRAINT ck_allergy__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_allergy__patient_id ON allergy (patient_id)
--;;
CREATE TABLE cash_movement (
    id UUID NOT NULL,
    session_id UUID NOT NULL,
    kind VARCHAR(40) NOT NULL,
    amount BIGINT NOT NULL,
    reason VARCHAR(300) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    CONSTRAINT pk_cash_movement PRIMARY KEY (id),
    CONSTRAINT ck_cash_movement__amount_positive CHECK (amount > 0),
    CONSTRAINT fk_cash_movement__session_id FOREIGN KEY(session_id) REFERENCES cash_session (id),
    CONSTRAINT ck_cash_movement__kind CHECK (kind IN ('cash_out', 'cash_in'))
)
--;;
CREATE INDEX ix_cash_movement__session_id ON cash_movement (session_id)
--;;
CREATE TABLE patient_contact (
    id UUID NOT NULL,
    patient_id UUID NOT NULL,
    kind VARCHAR(40) NOT NULL,
    name VARCHAR(120) NOT NULL,
    relationship VARCHAR(40) NOT NULL,
    phone VARCHAR(40) NOT NULL,
    address VARCHAR(200) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_patient_contact PRIMARY KEY (id),
    CONSTRAINT fk_patient_contact__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT ck_patient_contact__kind CHECK (kind IN ('next_of_kin', 'emergency', 'guardian')),
    CONSTRAINT ck_patient_contact__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_patient_contact__patient_id ON patient_contact (patient_id)
--;;
CREATE TABLE receipt (
    id UUID NOT NULL,
    number VARCHAR(30) NOT NULL,
    patient_id UUID NOT NULL,
    session_id UUID NOT NULL,
    total BIGINT NOT NULL,
    day DATE NOT NULL,
    taken_at TIMESTAMP WITH TIME ZONE NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    CONSTRAINT pk_receipt PRIMARY KEY (id),
    CONSTRAINT uq_receipt__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT fk_receipt__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_receipt__session_id FOREIGN KEY(session_id) REFERENCES cash_session (id)
)
--;;
CREATE INDEX ix_receipt__day ON receipt (day)
--;;
CREATE INDEX ix_receipt__patient_id ON receipt (patient_id)
--;;
CREATE INDEX ix_receipt__session_id ON receipt (session_id)
--;;
CREATE TABLE stock_balance (
    id UUID NOT NULL,
    batch_id UUID NOT NULL,
    location_id UUID NOT NULL,
    medication_id UUID NOT NULL,
    quantity BIGINT NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_stock_balance PRIMARY KEY (id),
    CONSTRAINT uq_stock_balance__batch_id_location_id UNIQUE (batch_id, location_id),
    CONSTRAINT ck_stock_balance__quantity_not_negative CHECK (quantity >= 0),
    CONSTRAINT fk_stock_balance__batch_id FOREIGN KEY(batch_id) REFERENCES stock_batch (id),
    CONSTRAINT fk_stock_balance__location_id FOREIGN KEY(location_id) REFERENCES stock_location (id),
    CONSTRAINT fk_stock_balance__medication_id FOREIGN KEY(medication_id) REFERENCES medication (id),
    CONSTRAINT ck_stock_balance__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_stock_balance__location_id ON stock_balance (location_id)
--;;
CREATE INDEX ix_stock_balance__medication_id ON stock_balance (medication_id)
--;;
CREATE TABLE stock_movement (
    id UUID NOT NULL,
    batch_id UUID NOT NULL,
    location_id UUID NOT NULL,
    medication_id UUID NOT NULL,
    kind VARCHAR(40) NOT NULL,
    quantity BIGINT NOT NULL,
    balance_after BIGINT NOT NULL,
    moved_at TIMESTAMP WITH TIME ZONE NOT NULL,
    day DATE NOT NULL,
    reason VARCHAR(300) NOT NULL,
    source_table VARCHAR(40) NOT NULL,
    source_id UUID,
    approved_by UUID,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    CONSTRAINT pk_stock_movement PRIMARY KEY (id),
    CONSTRAINT ck_stock_movement__quantity_moves CHECK (quantity <> 0),
    CONSTRAINT ck_stock_movement__balance_not_negative CHECK (balance_after >= 0),
    CONSTRAINT fk_stock_movement__batch_id FOREIGN KEY(batch_id) REFERENCES stock_batch (id),
    CONSTRAINT fk_stock_movement__location_id FOREIGN KEY(location_id) REFERENCES stock_location (id),
    CONSTRAINT fk_stock_movement__medication_id FOREIGN KEY(medication_id) REFERENCES medication (id),
    CONSTRAINT ck_stock_movement__kind CHECK (kind IN ('receipt', 'dispense', 'reversal', 'adjustment', 'write_off', 'transfer'))
)
--;;
CREATE INDEX ix_stock_movement__batch_id_location_id ON stock_movement (batch_id, location_id)
--;;
CREATE INDEX ix_stock_movement__medication_id_moved_at ON stock_movement (medication_id, moved_at)
--;;
CREATE INDEX ix_stock_movement__source_id ON stock_movement (source_id)
--;;
CREATE TABLE visit (
    id UUID NOT NULL,
    number VARCHAR(30) NOT NULL,
    patient_id UUID NOT NULL,
    kind VARCHAR(40) NOT NULL,
    state VARCHAR(40) NOT NULL,
    open_key UUID,
    day DATE NOT NULL,
    department_id UUID,
    practitioner_id UUID,
    payer_group_id UUID,
    occurrence VARCHAR(40) NOT NULL,
    complaint VARCHAR(200) NOT NULL,
    ticket VARCHAR(20) NOT NULL,
    colour VARCHAR(10) NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    outcome VARCHAR(40),
    close_reason VARCHAR(200) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_visit PRIMARY KEY (id),
    CONSTRAINT uq_visit__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT uq_visit__open_key UNIQUE (open_key),
    CONSTRAINT fk_visit__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_visit__department_id FOREIGN KEY(department_id) REFERENCES department (id),
    CONSTRAINT fk_visit__practitioner_id FOREIGN KEY(practitioner_id) REFERENCES user_account (id),
    CONSTRAINT fk_visit__payer_group_id FOREIGN KEY(payer_group_id) REFERENCES payer_group (id),
    CONSTRAINT ck_visit__kind CHECK (kind IN ('outpatient', 'emergency', 'maternity', 'follow_up', 'imported')),
    CONSTRAINT ck_visit__state CHECK (state IN ('open', 'closed', 'cancelled')),
    CONSTRAINT ck_visit__occurrence CHECK (occurrence IN ('new', 'repeat')),
    CONSTRAINT ck_visit__outcome CHECK (outcome IS NULL OR (outcome IN ('treated', 'admitted', 'referred', 'left_without_being_seen', 'died'))),
    CONSTRAINT ck_visit__version CHECK (version BETWEEN 1 AND 2147483647)
)
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
    id UUID NOT NULL,
    number VARCHAR(30) NOT NULL,
    visit_id UUID NOT NULL,
    patient_id UUID NOT NULL,
    payer_group_id UUID,
    state VARCHAR(40) NOT NULL,
    open_key UUID,
    day DATE NOT NULL,
    charged BIGINT NOT NULL,
    adjusted BIGINT NOT NULL,
    rounded BIGINT NOT NULL,
    paid BIGINT NOT NULL,
    refunded BIGINT NOT NULL,
    pending BIGINT NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_bill PRIMARY KEY (id),
    CONSTRAINT uq_bill__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT uq_bill__open_key UNIQUE (open_key),
    CONSTRAINT ck_bill__parts_not_negative CHECK (charged >= 0 AND paid >= 0 AND refunded >= 0 AND pending >= 0),
    CONSTRAINT ck_bill__refunded_within_paid CHECK (refunded <= paid),
    CONSTRAINT ck_bill__adjusted_within_charged CHECK (adjusted <= charged),
    CONSTRAINT fk_bill__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_bill__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_bill__payer_group_id FOREIGN KEY(payer_group_id) REFERENCES payer_group (id),
    CONSTRAINT ck_bill__state CHECK (state IN ('open', 'part_paid', 'paid', 'void', 'refunded')),
    CONSTRAINT ck_bill__version CHECK (version BETWEEN 1 AND 2147483647)
)
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
    id UUID NOT NULL,
    visit_id UUID NOT NULL,
    patient_id UUID NOT NULL,
    kind VARCHAR(40) NOT NULL,
    item_code VARCHAR(60) NOT NULL,
    description VARCHAR(200) NOT NULL,
    quantity BIGINT NOT NULL,
    unit_price BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    price_list_code VARCHAR(40) NOT NULL,
    department_id UUID,
    day DATE NOT NULL,
    source_table VARCHAR(40) NOT NULL,
    source_id UUID NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_charge PRIMARY KEY (id),
    CONSTRAINT uq_charge__source_table_source_id_item_code UNIQUE (source_table, source_id, item_code),
    CONSTRAINT ck_charge__quantity_positive CHECK (quantity > 0),
    CONSTRAINT ck_charge__amount_not_negative CHECK (amount >= 0),
    CONSTRAINT fk_charge__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_charge__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_charge__department_id FOREIGN KEY(department_id) REFERENCES department (id),
    CONSTRAINT ck_charge__kind CHECK (kind IN ('registration', 'consultation', 'lab', 'drug', 'service')),
    CONSTRAINT ck_charge__version CHECK (version BETWEEN 1 AND 2147483647)
)
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
    id UUID NOT NULL,
    visit_id UUID NOT NULL,
    patient_id UUID NOT NULL,
    kind VARCHAR(40) NOT NULL,
    complaint VARCHAR(500) NOT NULL,
    history VARCHAR(8000) NOT NULL,
    examination VARCHAR(8000) NOT NULL,
    assessment VARCHAR(8000) NOT NULL,
    plan VARCHAR(8000) NOT NULL,
    follow_up_on DATE,
    follow_up_note VARCHAR(300) NOT NULL,
    written_at TIMESTAMP WITH TIME ZONE NOT NULL,
    author_id UUID NOT NULL,
    signed_at TIMESTAMP WITH TIME ZONE,
    signed_by UUID,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_clinical_note PRIMARY KEY (id),
    CONSTRAINT fk_clinical_note__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_clinical_note__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT ck_clinical_note__kind CHECK (kind IN ('soap', 'progress', 'consultation', 'admission', 'discharge', 'procedure', 'operative')),
    CONSTRAINT ck_clinical_note__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_clinical_note__patient_id_written_at ON clinical_note (patient_id, written_at)
--;;
CREATE INDEX ix_clinical_note__visit_id ON clinical_note (visit_id)
--;;
CREATE TABLE condition (
    id UUID NOT NULL,
    patient_id UUID NOT NULL,
    visit_id UUID,
    code VARCHAR(40),
    system VARCHAR(20) NOT NULL,
    text VARCHAR(200) NOT NULL,
    state VARCHAR(40) NOT NULL,
    onset_on DATE,
    resolved_on DATE,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_condition PRIMARY KEY (id),
    CONSTRAINT fk_condition__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_condition__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT ck_condition__state CHECK (state IN ('active', 'resolved')),
    CONSTRAINT ck_condition__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_condition__patient_id ON condition (patient_id)
--;;
CREATE INDEX ix_condition__visit_id ON condition (visit_id)
--;;
CREATE TABLE diagnosis (
    id UUID NOT NULL,
    visit_id UUID NOT NULL,
    patient_id UUID NOT NULL,
    term_id UUID,
    code VARCHAR(60) NOT NULL,
    icd10 VARCHAR(10) NOT NULL,
    text VARCHAR(200) NOT NULL,
    rank VARCHAR(40) NOT NULL,
    certainty VARCHAR(40) NOT NULL,
    occurrence VARCHAR(40) NOT NULL,
    day DATE NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_diagnosis PRIMARY KEY (id),
    CONSTRAINT fk_diagnosis__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_diagnosis__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_diagnosis__term_id FOREIGN KEY(term_id) REFERENCES diagnosis_term (id),
    CONSTRAINT ck_diagnosis__rank CHECK (rank IN ('primary', 'secondary')),
    CONSTRAINT ck_diagnosis__certainty CHECK (certainty IN ('confirmed', 'provisional', 'refuted')),
    CONSTRAINT ck_diagnosis__occurrence CHECK (occurrence IN ('new', 'repeat')),
    CONSTRAINT ck_diagnosis__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_diagnosis__patient_id_day ON diagnosis (patient_id, day)
--;;
CREATE INDEX ix_diagnosis__term_id ON diagnosis (term_id)
--;;
CREATE INDEX ix_diagnosis__visit_id ON diagnosis (visit_id)
--;;
CREATE TABLE immunization (
    id UUID NOT NULL,
    patient_id UUID NOT NULL,
    visit_id UUID,
    vaccine_code VARCHAR(20) NOT NULL,
    vaccine VARCHAR(120) NOT NULL,
    given_at TIMESTAMP WITH TIME ZONE NOT NULL,
    given_on DATE NOT NULL,
    dose_number BIGINT,
    lot VARCHAR(40) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_immunization PRIMARY KEY (id),
    CONSTRAINT fk_immunization__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_immunization__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT ck_immunization__dose_number CHECK (dose_number IS NULL OR (dose_number BETWEEN 0 AND 50)),
    CONSTRAINT ck_immunization__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_immunization__patient_id ON immunization (patient_id)
--;;
CREATE INDEX ix_immunization__visit_id ON immunization (visit_id)
--;;
CREATE TABLE lab_order (
    id UUID NOT NULL,
    number VARCHAR(30) NOT NULL,
    visit_id UUID NOT NULL,
    patient_id UUID NOT NULL,
    priority VARCHAR(40) NOT NULL,
    state VARCHAR(40) NOT NULL,
    clinical_notes VARCHAR(500) NOT NULL,
    diagnosis VARCHAR(200) NOT NULL,
    ordered_by UUID NOT NULL,
    ordered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    completed_at TIMESTAMP WITH TIME ZONE,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_lab_order PRIMARY KEY (id),
    CONSTRAINT uq_lab_order__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT fk_lab_order__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_lab_order__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT ck_lab_order__priority CHECK (priority IN ('stat', 'urgent', 'routine')),
    CONSTRAINT ck_lab_order__state CHECK (state IN ('ordered', 'specimen_collected', 'in_progress', 'completed', 'cancelled')),
    CONSTRAINT ck_lab_order__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_lab_order__patient_id ON lab_order (patient_id)
--;;
CREATE INDEX ix_lab_order__state_priority_ordered_at ON lab_order (state, priority, ordered_at)
--;;
CREATE INDEX ix_lab_order__visit_id ON lab_order (visit_id)
--;;
CREATE TABLE payment (
    id UUID NOT NULL,
    receipt_id UUID NOT NULL,
    session_id UUID NOT NULL,
    method VARCHAR(40) NOT NULL,
    amount BIGINT NOT NULL,
    tendered BIGINT,
    change_given BIGINT NOT NULL,
    operator VARCHAR(40) NOT NULL,
    payer_phone VARCHAR(40) NOT NULL,
    code VARCHAR(60) NOT NULL,
    code_key VARCHAR(110),
    needs_confirmation BOOLEAN NOT NULL,
    meant_for VARCHAR NOT NULL,
    day DATE NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    CONSTRAINT pk_payment PRIMARY KEY (id),
    CONSTRAINT uq_payment__facility_id_code_key UNIQUE (facility_id, code_key),
    CONSTRAINT ck_payment__amount_positive CHECK (amount > 0),
    CONSTRAINT fk_payment__receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id),
    CONSTRAINT fk_payment__session_id FOREIGN KEY(session_id) REFERENCES cash_session (id),
    CONSTRAINT ck_payment__method CHECK (method IN ('cash', 'mobile_money', 'card', 'bank_transfer'))
)
--;;
CREATE INDEX ix_payment__day ON payment (day)
--;;
CREATE INDEX ix_payment__receipt_id ON payment (receipt_id)
--;;
CREATE INDEX ix_payment__session_id ON payment (session_id)
--;;
CREATE TABLE prescription (
    id UUID NOT NULL,
    number VARCHAR(30) NOT NULL,
    visit_id UUID NOT NULL,
    patient_id UUID NOT NULL,
    status VARCHAR(40) NOT NULL,
    prescriber_id UUID NOT NULL,
    prescribed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    day DATE NOT NULL,
    valid_until DATE NOT NULL,
    note VARCHAR(300) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_prescription PRIMARY KEY (id),
    CONSTRAINT uq_prescription__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT fk_prescription__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_prescription__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT ck_prescription__status CHECK (status IN ('active', 'on_hold', 'completed', 'cancelled', 'expired')),
    CONSTRAINT ck_prescription__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_prescription__patient_id ON prescription (patient_id)
--;;
CREATE INDEX ix_prescription__status_prescribed_at ON prescription (status, prescribed_at)
--;;
CREATE INDEX ix_prescription__visit_id ON prescription (visit_id)
--;;
CREATE TABLE vitals (
    id UUID NOT NULL,
    patient_id UUID NOT NULL,
    visit_id UUID NOT NULL,
    taken_at TIMESTAMP WITH TIME ZONE NOT NULL,
    temperature BIGINT,
    pulse BIGINT,
    breathing_rate BIGINT,
    systolic BIGINT,
    diastolic BIGINT,
    spo2 BIGINT,
    on_oxygen BOOLEAN,
    glucose BIGINT,
    weight BIGINT,
    height BIGINT,
    muac BIGINT,
    pain BIGINT,
    avpu VARCHAR(1),
    pregnant BOOLEAN,
    comment VARCHAR(300) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_vitals PRIMARY KEY (id),
    CONSTRAINT fk_vitals__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_vitals__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT ck_vitals__pulse CHECK (pulse IS NULL OR (pulse BETWEEN 0 AND 400)),
    CONSTRAINT ck_vitals__breathing_rate CHECK (breathing_rate IS NULL OR (breathing_rate BETWEEN 0 AND 200)),
    CONSTRAINT ck_vitals__systolic CHECK (systolic IS NULL OR (systolic BETWEEN 0 AND 400)),
    CONSTRAINT ck_vitals__diastolic CHECK (diastolic IS NULL OR (diastolic BETWEEN 0 AND 300)),
    CONSTRAINT ck_vitals__spo2 CHECK (spo2 IS NULL OR (spo2 BETWEEN 0 AND 100)),
    CONSTRAINT ck_vitals__muac CHECK (muac IS NULL OR (muac BETWEEN 0 AND 800)),
    CONSTRAINT ck_vitals__pain CHECK (pain IS NULL OR (pain BETWEEN 0 AND 10)),
    CONSTRAINT ck_vitals__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_vitals__patient_id_taken_at ON vitals (patient_id, taken_at)
--;;
CREATE INDEX ix_vitals__visit_id ON vitals (visit_id)
--;;
CREATE TABLE adjustment (
    id UUID NOT NULL,
    bill_id UUID NOT NULL,
    charge_id UUID,
    kind VARCHAR(40) NOT NULL,
    category VARCHAR(40) NOT NULL,
    amount BIGINT NOT NULL,
    reason VARCHAR(300) NOT NULL,
    approved_by UUID,
    day DATE NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    CONSTRAINT pk_adjustment PRIMARY KEY (id),
    CONSTRAINT ck_adjustment__amount_moves CHECK (amount <> 0),
    CONSTRAINT fk_adjustment__bill_id FOREIGN KEY(bill_id) REFERENCES bill (id),
    CONSTRAINT fk_adjustment__charge_id FOREIGN KEY(charge_id) REFERENCES charge (id),
    CONSTRAINT ck_adjustment__kind CHECK (kind IN ('waiver', 'discount', 'rounding', 'write_off'))
)
--;;
CREATE INDEX ix_adjustment__bill_id ON adjustment (bill_id)
--;;
CREATE INDEX ix_adjustment__charge_id ON adjustment (charge_id)
--;;
CREATE INDEX ix_adjustment__day ON adjustment (day)
--;;
CREATE TABLE bill_item (
    id UUID NOT NULL,
    bill_id UUID NOT NULL,
    charge_id UUID NOT NULL,
    amount BIGINT NOT NULL,
    settled BIGINT NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_bill_item PRIMARY KEY (id),
    CONSTRAINT ck_bill_item__settled_within_amount CHECK (settled BETWEEN 0 AND amount),
    CONSTRAINT fk_bill_item__bill_id FOREIGN KEY(bill_id) REFERENCES bill (id),
    CONSTRAINT uq_bill_item__charge_id UNIQUE (charge_id),
    CONSTRAINT ck_bill_item__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_bill_item__bill_id ON bill_item (bill_id)
--;;
CREATE TABLE dispensing (
    id UUID NOT NULL,
    number VARCHAR(30) NOT NULL,
    prescription_id UUID NOT NULL,
    visit_id UUID NOT NULL,
    patient_id UUID NOT NULL,
    location_id UUID NOT NULL,
    state VARCHAR(40) NOT NULL,
    dispensed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    dispensed_by UUID,
    day DATE NOT NULL,
    reversed_at TIMESTAMP WITH TIME ZONE,
    reverse_reason VARCHAR(300) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_dispensing PRIMARY KEY (id),
    CONSTRAINT uq_dispensing__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT fk_dispensing__prescription_id FOREIGN KEY(prescription_id) REFERENCES prescription (id),
    CONSTRAINT fk_dispensing__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_dispensing__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_dispensing__location_id FOREIGN KEY(location_id) REFERENCES stock_location (id),
    CONSTRAINT ck_dispensing__state CHECK (state IN ('priced', 'dispensed', 'reversed', 'cancelled')),
    CONSTRAINT ck_dispensing__version CHECK (version BETWEEN 1 AND 2147483647)
)
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
    id UUID NOT NULL,
    note_id UUID NOT NULL,
    text VARCHAR(8000) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    CONSTRAINT pk_note_addendum PRIMARY KEY (id),
    CONSTRAINT fk_note_addendum__note_id FOREIGN KEY(note_id) REFERENCES clinical_note (id)
)
--;;
CREATE INDEX ix_note_addendum__note_id ON note_addendum (note_id)
--;;
CREATE TABLE payment_share (
    id UUID NOT NULL,
    payment_id UUID NOT NULL,
    bill_id UUID NOT NULL,
    amount BIGINT NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    CONSTRAINT pk_payment_share PRIMARY KEY (id),
    CONSTRAINT ck_payment_share__amount_positive CHECK (amount > 0),
    CONSTRAINT fk_payment_share__payment_id FOREIGN KEY(payment_id) REFERENCES payment (id),
    CONSTRAINT fk_payment_share__bill_id FOREIGN KEY(bill_id) REFERENCES bill (id)
)
--;;
CREATE INDEX ix_payment_share__bill_id ON payment_share (bill_id)
--;;
CREATE INDEX ix_payment_share__payment_id ON payment_share (payment_id)
--;;
CREATE TABLE prescription_item (
    id UUID NOT NULL,
    prescription_id UUID NOT NULL,
    patient_id UUID NOT NULL,
    medication_id UUID,
    free_text VARCHAR(200) NOT NULL,
    dose_amount BIGINT,
    dose_unit VARCHAR(20) NOT NULL,
    units_per_dose BIGINT,
    route VARCHAR(40) NOT NULL,
    frequency VARCHAR(20) NOT NULL,
    duration_days BIGINT,
    quantity BIGINT NOT NULL,
    dispensed BIGINT NOT NULL,
    instructions VARCHAR(300) NOT NULL,
    indication VARCHAR(200) NOT NULL,
    state VARCHAR(40) NOT NULL,
    refills_allowed BIGINT NOT NULL,
    refills_left BIGINT NOT NULL,
    weight_used BIGINT,
    alerts VARCHAR NOT NULL,
    override_reason VARCHAR(300) NOT NULL,
    stopped_at TIMESTAMP WITH TIME ZONE,
    stopped_by UUID,
    stop_reason VARCHAR(300) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_prescription_item PRIMARY KEY (id),
    CONSTRAINT ck_prescription_item__quantity_positive CHECK (quantity > 0),
    CONSTRAINT ck_prescription_item__dispensed_within CHECK (dispensed >= 0 AND dispensed <= quantity),
    CONSTRAINT fk_prescription_item__prescription_id FOREIGN KEY(prescription_id) REFERENCES prescription (id),
    CONSTRAINT fk_prescription_item__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_prescription_item__medication_id FOREIGN KEY(medication_id) REFERENCES medication (id),
    CONSTRAINT ck_prescription_item__route CHECK (route IN ('oral', 'sublingual', 'intramuscular', 'intravenous', 'subcutaneous', 'rectal', 'vaginal', 'topical', 'inhaled', 'eye', 'ear', 'nasal', 'other')),
    CONSTRAINT ck_prescription_item__duration_days CHECK (duration_days IS NULL OR (duration_days BETWEEN 1 AND 3660)),
    CONSTRAINT ck_prescription_item__quantity CHECK (quantity BETWEEN 0 AND 1000000),
    CONSTRAINT ck_prescription_item__dispensed CHECK (dispensed BETWEEN 0 AND 1000000),
    CONSTRAINT ck_prescription_item__state CHECK (state IN ('active', 'partly_dispensed', 'dispensed', 'stopped', 'expired')),
    CONSTRAINT ck_prescription_item__refills_allowed CHECK (refills_allowed BETWEEN 0 AND 99),
    CONSTRAINT ck_prescription_item__refills_left CHECK (refills_left BETWEEN 0 AND 99),
    CONSTRAINT ck_prescription_item__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_prescription_item__medication_id ON prescription_item (medication_id)
--;;
CREATE INDEX ix_prescription_item__patient_id ON prescription_item (patient_id)
--;;
CREATE INDEX ix_prescription_item__prescription_id ON prescription_item (prescription_id)
--;;
CREATE TABLE queue_entry (
    id UUID NOT NULL,
    visit_id UUID NOT NULL,
    patient_id UUID NOT NULL,
    service_point VARCHAR(40) NOT NULL,
    department_id UUID,
    practitioner_id UUID,
    vitals_id UUID,
    state VARCHAR(40) NOT NULL,
    colour VARCHAR(10) NOT NULL,
    colour_rank BIGINT NOT NULL,
    returned BOOLEAN NOT NULL,
    ticket VARCHAR(20) NOT NULL,
    day DATE NOT NULL,
    waiting_since TIMESTAMP WITH TIME ZONE NOT NULL,
    called_at TIMESTAMP WITH TIME ZONE,
    started_at TIMESTAMP WITH TIME ZONE,
    done_at TIMESTAMP WITH TIME ZONE,
    claimed_by UUID,
    end_reason VARCHAR(200) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_queue_entry PRIMARY KEY (id),
    CONSTRAINT fk_queue_entry__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_queue_entry__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_queue_entry__department_id FOREIGN KEY(department_id) REFERENCES department (id),
    CONSTRAINT fk_queue_entry__practitioner_id FOREIGN KEY(practitioner_id) REFERENCES user_account (id),
    CONSTRAINT fk_queue_entry__vitals_id FOREIGN KEY(vitals_id) REFERENCES vitals (id),
    CONSTRAINT ck_queue_entry__service_point CHECK (service_point IN ('triage', 'doctor', 'lab', 'pharmacy', 'cashier')),
    CONSTRAINT ck_queue_entry__state CHECK (state IN ('waiting', 'called', 'in_service', 'with_doctor', 'sent_to_lab', 'done', 'completed', 'no_show', 'cancelled')),
    CONSTRAINT ck_queue_entry__colour_rank CHECK (colour_rank BETWEEN 0 AND 9),
    CONSTRAINT ck_queue_entry__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_queue_entry__patient_id ON queue_entry (patient_id)
--;;
CREATE INDEX ix_queue_entry__service_point_state_colour_rank_waiting_since ON queue_entry (service_point, state, colour_rank, waiting_since)
--;;
CREATE INDEX ix_queue_entry__visit_id_service_point ON queue_entry (visit_id, service_point)
--;;
CREATE TABLE refund (
    id UUID NOT NULL,
    number VARCHAR(30) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    payment_id UUID NOT NULL,
    bill_id UUID NOT NULL,
    patient_id UUID NOT NULL,
    session_id UUID NOT NULL,
    method VARCHAR(40) NOT NULL,
    amount BIGINT NOT NULL,
    code VARCHAR(60) NOT NULL,
    reason VARCHAR(300) NOT NULL,
    approved_by UUID,
    day DATE NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    CONSTRAINT pk_refund PRIMARY KEY (id),
    CONSTRAINT uq_refund__facility_id_number UNIQUE (facility_id, number),
    CONSTRAINT ck_refund__amount_positive CHECK (amount > 0),
    CONSTRAINT fk_refund__payment_id FOREIGN KEY(payment_id) REFERENCES payment (id),
    CONSTRAINT fk_refund__bill_id FOREIGN KEY(bill_id) REFERENCES bill (id),
    CONSTRAINT fk_refund__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_refund__session_id FOREIGN KEY(session_id) REFERENCES cash_session (id),
    CONSTRAINT ck_refund__kind CHECK (kind IN ('refund', 'reversal', 'credit_note')),
    CONSTRAINT ck_refund__method CHECK (method IN ('cash', 'mobile_money', 'card', 'bank_transfer'))
)
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
    id UUID NOT NULL,
    accession VARCHAR(30) NOT NULL,
    order_id UUID NOT NULL,
    patient_id UUID NOT NULL,
    kind VARCHAR(40) NOT NULL,
    state VARCHAR(40) NOT NULL,
    collected_at TIMESTAMP WITH TIME ZONE NOT NULL,
    collected_by UUID NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE,
    received_by UUID,
    rejected_at TIMESTAMP WITH TIME ZONE,
    rejected_by UUID,
    reject_reason VARCHAR(60) NOT NULL,
    reject_note VARCHAR(200) NOT NULL,
    replaces_id UUID,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_specimen PRIMARY KEY (id),
    CONSTRAINT uq_specimen__facility_id_accession UNIQUE (facility_id, accession),
    CONSTRAINT fk_specimen__order_id FOREIGN KEY(order_id) REFERENCES lab_order (id),
    CONSTRAINT fk_specimen__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_specimen__replaces_id FOREIGN KEY(replaces_id) REFERENCES specimen (id),
    CONSTRAINT ck_specimen__state CHECK (state IN ('collected', 'received', 'rejected')),
    CONSTRAINT ck_specimen__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_specimen__order_id ON specimen (order_id)
--;;
CREATE INDEX ix_specimen__patient_id ON specimen (patient_id)
--;;
CREATE INDEX ix_specimen__replaces_id ON specimen (replaces_id)
--;;
CREATE TABLE triage_assessment (
    id UUID NOT NULL,
    visit_id UUID NOT NULL,
    patient_id UUID NOT NULL,
    vitals_id UUID,
    scale VARCHAR(40) NOT NULL,
    scale_version VARCHAR(40) NOT NULL,
    danger_signs VARCHAR NOT NULL,
    score BIGINT,
    suggested_colour VARCHAR(10) NOT NULL,
    chosen_colour VARCHAR(10) NOT NULL,
    reasons VARCHAR NOT NULL,
    override_reason VARCHAR(300) NOT NULL,
    assessed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_triage_assessment PRIMARY KEY (id),
    CONSTRAINT fk_triage_assessment__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_triage_assessment__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_triage_assessment__vitals_id FOREIGN KEY(vitals_id) REFERENCES vitals (id),
    CONSTRAINT ck_triage_assessment__score CHECK (score IS NULL OR (score BETWEEN 0 AND 100)),
    CONSTRAINT ck_triage_assessment__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_triage_assessment__patient_id ON triage_assessment (patient_id)
--;;
CREATE INDEX ix_triage_assessment__visit_id ON triage_assessment (visit_id)
--;;
CREATE INDEX ix_triage_assessment__vitals_id ON triage_assessment (vitals_id)
--;;
CREATE TABLE dispensing_item (
    id UUID NOT NULL,
    dispensing_id UUID NOT NULL,
    prescription_item_id UUID NOT NULL,
    medication_id UUID NOT NULL,
    quantity BIGINT NOT NULL,
    covers BIGINT NOT NULL,
    unit_price BIGINT NOT NULL,
    charge_id UUID,
    substituted BOOLEAN NOT NULL,
    substitution_reason VARCHAR(300) NOT NULL,
    allergy_override VARCHAR(300) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    CONSTRAINT pk_dispensing_item PRIMARY KEY (id),
    CONSTRAINT ck_dispensing_item__quantity_positive CHECK (quantity > 0),
    CONSTRAINT ck_dispensing_item__covers_positive CHECK (covers > 0),
    CONSTRAINT fk_dispensing_item__dispensing_id FOREIGN KEY(dispensing_id) REFERENCES dispensing (id),
    CONSTRAINT fk_dispensing_item__prescription_item_id FOREIGN KEY(prescription_item_id) REFERENCES prescription_item (id),
    CONSTRAINT fk_dispensing_item__medication_id FOREIGN KEY(medication_id) REFERENCES medication (id),
    CONSTRAINT fk_dispensing_item__charge_id FOREIGN KEY(charge_id) REFERENCES charge (id),
    CONSTRAINT ck_dispensing_item__covers CHECK (covers BETWEEN 0 AND 1000000)
)
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
    id UUID NOT NULL,
    order_id UUID NOT NULL,
    patient_id UUID NOT NULL,
    test_id UUID NOT NULL,
    panel_code VARCHAR(60) NOT NULL,
    state VARCHAR(40) NOT NULL,
    specimen_id UUID,
    charge_id UUID,
    cancel_reason VARCHAR(300) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    voided_at TIMESTAMP WITH TIME ZONE,
    voided_by UUID,
    void_reason VARCHAR(400),
    CONSTRAINT pk_lab_order_item PRIMARY KEY (id),
    CONSTRAINT fk_lab_order_item__order_id FOREIGN KEY(order_id) REFERENCES lab_order (id),
    CONSTRAINT fk_lab_order_item__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_lab_order_item__test_id FOREIGN KEY(test_id) REFERENCES lab_test (id),
    CONSTRAINT fk_lab_order_item__specimen_id FOREIGN KEY(specimen_id) REFERENCES specimen (id),
    CONSTRAINT fk_lab_order_item__charge_id FOREIGN KEY(charge_id) REFERENCES charge (id),
    CONSTRAINT ck_lab_order_item__state CHECK (state IN ('ordered', 'specimen_collected', 'in_progress', 'completed', 'cancelled')),
    CONSTRAINT ck_lab_order_item__version CHECK (version BETWEEN 1 AND 2147483647)
)
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
    id UUID NOT NULL,
    item_id UUID,
    patient_id UUID NOT NULL,
    visit_id UUID,
    test_id UUID,
    loinc VARCHAR(12) NOT NULL,
    name VARCHAR(120) NOT NULL,
    value_number BIGINT,
    value_text VARCHAR(500) NOT NULL,
    unit VARCHAR(20) NOT NULL,
    flag VARCHAR(2) NOT NULL,
    range_used VARCHAR NOT NULL,
    status VARCHAR(40) NOT NULL,
    current BOOLEAN NOT NULL,
    comment VARCHAR(500) NOT NULL,
    entered_by UUID NOT NULL,
    entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    verified_by UUID,
    verified_at TIMESTAMP WITH TIME ZONE,
    own_release BOOLEAN NOT NULL,
    replaces_id UUID,
    correction_reason VARCHAR(300) NOT NULL,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_lab_result PRIMARY KEY (id),
    CONSTRAINT fk_lab_result__item_id FOREIGN KEY(item_id) REFERENCES lab_order_item (id),
    CONSTRAINT fk_lab_result__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_lab_result__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_lab_result__test_id FOREIGN KEY(test_id) REFERENCES lab_test (id),
    CONSTRAINT fk_lab_result__replaces_id FOREIGN KEY(replaces_id) REFERENCES lab_result (id),
    CONSTRAINT ck_lab_result__status CHECK (status IN ('preliminary', 'final', 'corrected', 'cancelled')),
    CONSTRAINT ck_lab_result__version CHECK (version BETWEEN 1 AND 2147483647)
)
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
    id UUID NOT NULL,
    result_id UUID NOT NULL,
    patient_id UUID NOT NULL,
    called_person VARCHAR(120) NOT NULL,
    called_at TIMESTAMP WITH TIME ZONE NOT NULL,
    read_back BOOLEAN NOT NULL,
    note VARCHAR(300) NOT NULL,
    acknowledged_by UUID,
    acknowledged_at TIMESTAMP WITH TIME ZONE,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_critical_call PRIMARY KEY (id),
    CONSTRAINT fk_critical_call__result_id FOREIGN KEY(result_id) REFERENCES lab_result (id),
    CONSTRAINT fk_critical_call__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT ck_critical_call__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_critical_call__patient_id ON critical_call (patient_id)
--;;
CREATE INDEX ix_critical_call__result_id ON critical_call (result_id)
--;;
CREATE INDEX ix_patient__words ON patient USING gin (array_to_tsvector(string_to_array(search_words, ' ')))
WITH (fastupdate = off)
--;;
CREATE FUNCTION keep_name_variants() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO name_variant (variant, word)
SELECT DISTINCT CASE place.n WHEN 0 THEN typed.word
ELSE left(typed.word, place.n - 1) || substr(typed.word, place.n + 1) END, typed.word
FROM unnest(string_to_array(NEW.search_words, ' ')) AS typed (word), generate_series(0, 24) AS place (n)
WHERE length(typed.word) BETWEEN 4 AND 24 AND place.n <= length(typed.word)
AND ascii(typed.word) NOT BETWEEN 57344 AND 63743 AND strpos(typed.word, chr(57346)) = 0
AND NOT EXISTS (SELECT 1 FROM name_variant AS known WHERE known.variant = typed.word AND known.word = typed.word)
ORDER BY 1, 2 ON CONFLICT DO NOTHING; RETURN NULL; END $$
--;;
CREATE TRIGGER keep_name_variants AFTER INSERT OR UPDATE OF search_words ON patient
FOR EACH ROW EXECUTE FUNCTION keep_name_variants()
--;;
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
--;;
CREATE TRIGGER append_only_adjustment_update BEFORE UPDATE ON adjustment FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_adjustment_delete BEFORE DELETE ON adjustment FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_audit_event_update BEFORE UPDATE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_audit_event_delete BEFORE DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_cash_movement_update BEFORE UPDATE ON cash_movement FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_cash_movement_delete BEFORE DELETE ON cash_movement FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_dispensing_item_update BEFORE UPDATE ON dispensing_item FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_dispensing_item_delete BEFORE DELETE ON dispensing_item FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_note_addendum_update BEFORE UPDATE ON note_addendum FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_note_addendum_delete BEFORE DELETE ON note_addendum FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_payment_update BEFORE UPDATE ON payment FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_payment_delete BEFORE DELETE ON payment FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_payment_outcome_update BEFORE UPDATE ON payment_outcome FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_payment_outcome_delete BEFORE DELETE ON payment_outcome FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_payment_share_update BEFORE UPDATE ON payment_share FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_payment_share_delete BEFORE DELETE ON payment_share FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_print_job_update BEFORE UPDATE ON print_job FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_print_job_delete BEFORE DELETE ON print_job FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_receipt_update BEFORE UPDATE ON receipt FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_receipt_delete BEFORE DELETE ON receipt FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_refund_update BEFORE UPDATE ON refund FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_refund_delete BEFORE DELETE ON refund FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_stock_movement_update BEFORE UPDATE ON stock_movement FOR EACH ROW EXECUTE FUNCTION refuse_change()
--;;
CREATE TRIGGER append_only_stock_movement_delete BEFORE DELETE ON stock_movement FOR EACH ROW EXECUTE FUNCTION refuse_change()
