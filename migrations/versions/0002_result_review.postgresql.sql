CREATE TABLE result_review (
    id UUID NOT NULL,
    result_id UUID NOT NULL,
    visit_id UUID NOT NULL,
    patient_id UUID NOT NULL,
    reviewed_by UUID,
    reviewed_at TIMESTAMP WITH TIME ZONE,
    facility_id UUID NOT NULL,
    station_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by UUID NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_by UUID NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_result_review PRIMARY KEY (id),
    CONSTRAINT uq_result_review__result_id UNIQUE (result_id),
    CONSTRAINT fk_result_review__result_id FOREIGN KEY(result_id) REFERENCES lab_result (id),
    CONSTRAINT fk_result_review__visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_result_review__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT ck_result_review__version CHECK (version BETWEEN 1 AND 2147483647)
)
--;;
CREATE INDEX ix_result_review__patient_id ON result_review (patient_id)
--;;
CREATE INDEX ix_result_review__reviewed_at ON result_review (reviewed_at)
--;;
CREATE INDEX ix_result_review__visit_id ON result_review (visit_id)
