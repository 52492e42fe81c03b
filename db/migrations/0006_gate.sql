-- Staff see whether a person may be written to openly; the number itself stays out of their reach.
GRANT SELECT (gate_asked_at, open_since) ON phone TO utvag_staff;
