CREATE TABLE result_review (
    id BLOB NOT NULL,
    result_id BLOB NOT NULL,
    visit_id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    reviewed_by BLOB,
    reviewed_at TEXT,
    facility_id BLOB NOT NULL,
    station_id BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_result_review PRIMARY KEY (id),
    CONSTRAINT uq_result_review__result_id UNIQUE (result_id),
    CONSTRAINT fk_result_review__result_id FOREIGN KEY(result_id) REFERENCES lab_result (id),
    CONSTRAINT fk_result_review__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_result_review__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT ck_result_review__id CHECK (length(id) = 16),
    CONSTRAINT ck_result_review__result_id CHECK (length(result_id) = 16),
    CONSTRAINT ck_result_review__visit_id CHECK (length(visit_id) = 16),
    CONSTRAINT ck_result_review__patient_id CHECK (length(patient_id) = 16),
    CONSTRAINT ck_result_review__reviewed_by CHECK (reviewed_by IS NULL OR (length(reviewed_by) = 16)),
    CONSTRAINT ck_result_review__reviewed_at CHECK (reviewed_at IS NULL OR (reviewed_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z')),
    CONSTRAINT ck_result_review__facility_id CHECK (length(facility_id) = 16),
    CONSTRAINT ck_result_review__station_id CHECK (length(station_id) = 16),
    CONSTRAINT ck_result_review__created_at CHECK (created_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_result_review__created_by CHECK (length(created_by) = 16),
    CONSTRAINT ck_result_review__updated_at CHECK (updated_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    CONSTRAINT ck_result_review__updated_by CHECK (length(updated_by) = 16),
    CONSTRAINT ck_result_review__version CHECK (version BETWEEN 1 AND 2147483647)
)
 STRICT
--;;
CREATE INDEX ix_result_review__patient_id ON result_review (patient_id)
--;;
CREATE INDEX ix_result_review__reviewed_at ON result_review (reviewed_at)
--;;
CREATE INDEX ix_result_review__visit_id ON result_review (visit_id)
