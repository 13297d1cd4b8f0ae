CREATE INDEX ix_queue_entry__day_service_point_state ON queue_entry (day, service_point, state)
