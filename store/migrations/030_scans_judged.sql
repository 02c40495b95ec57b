-- When the create of this case, or of the one it follows, had read every scan of its parcel: it judged those, the case counts what
-- came from then on. Null in cases begun before this column: `evidence_from`.
alter table intercepts add column scans_judged_at timestamptz(3);
