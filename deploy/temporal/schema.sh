#!/bin/sh
# Temporal's two databases in their newest form; safe to repeat.
set -eu
SQL_PASSWORD="$(cat /run/secrets/temporal_password)"
export SQL_PASSWORD
for database in temporal temporal_visibility; do
  schema="$(echo "$database" | sed 's/^temporal_//')"
  temporal-sql-tool --db "$database" create
  temporal-sql-tool --db "$database" setup-schema -v 0.0 || true
  temporal-sql-tool --db "$database" update-schema -d "/etc/temporal/schema/postgresql/v12/$schema/versioned"
done
