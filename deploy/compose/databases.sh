#!/usr/bin/env bash
# Runs once, when PostgreSQL initialises its folder: a role and a database for each service, which no other role may enter.
set -euo pipefail
for service in registry education_attendance reporting assessment guardianship_intervention platform; do
    secret=$(<"/run/secrets/${service}_database_password")
    psql -v ON_ERROR_STOP=1 -v service="$service" -v secret="$secret" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
create role :"service" login password :'secret';
create database :"service" owner :"service";
revoke all on database :"service" from public;
SQL
done
