"""The published snapshot's tables. None holds a row about any one child."""

from __future__ import annotations

from models.observation import OBSERVATION_DDL
from models.outlook import OUTLOOK, ddl

SNAPSHOT_VERSION = 2

READABLE = ("1", str(SNAPSHOT_VERSION))
"""Versions this program reads. A snapshot of version 1 has no marks, and looks ahead in none of its
tables: it is read as if those columns and tables were there and empty."""

TABLES: tuple[str, ...] = (
    "create table info (key varchar primary key, value varchar not null)",
    OBSERVATION_DDL.format(name="observation"),
    "alter table observation add column marks varchar",
    "create table metric (metric_id varchar primary key, priority varchar not null,"
    " seq integer not null, document varchar not null)",
    "create table area (area_kind varchar not null, area_id varchar not null,"
    " name varchar not null, parent_id varchar, phase varchar, tier varchar not null)",
    "create table area_shape (area_kind varchar not null, area_id varchar not null,"
    " ring integer not null, seq integer not null, lon double not null, lat double not null)",
    "create table series (series varchar primary key, title varchar not null,"
    " publisher varchar not null, unit varchar, decimals integer, polarity varchar, topic varchar,"
    " source varchar not null, source_date varchar)",
    "create table published (series varchar not null, area_code varchar not null,"
    " area_name varchar not null, area_kind varchar not null, breakdown varchar not null,"
    " category varchar not null, period_label varchar not null, period_start date not null,"
    " period_end date not null, period_kind varchar not null, value double, raw varchar,"
    " symbol varchar, status varchar not null, flag varchar)",
    "create table load (load_id varchar primary key, file varchar not null,"
    " content_hash varchar not null, extract varchar not null, period varchar,"
    " rows_read bigint not null, rows_accepted bigint not null, rows_quarantined bigint not null,"
    " loaded_at timestamp not null, synthetic boolean not null, note varchar)",
    "create table quality (extract varchar not null, label varchar not null,"
    " severity varchar not null, passed boolean not null, found bigint, unit varchar,"
    " action varchar, owner varchar, check_id varchar, facts varchar, accepted varchar)",
    "create table unrecognised (file varchar not null, why varchar not null)",
    "create table signal (metric_id varchar not null, period_start date not null,"
    " period_end date not null, value double not null, mean double not null, lpl double not null,"
    " upl double not null, special_cause varchar not null, direction varchar not null,"
    " phase integer not null)",
    "create table signal_summary (metric_id varchar primary key, period_kind varchar not null,"
    " points integer not null, variation varchar, assurance varchar, sentence varchar not null,"
    " note varchar not null)",
    "create table funnel (metric_id varchar not null, period_start date not null,"
    " period_end date not null, phase varchar not null, schools integer not null, target double,"
    " phi double, adjusted boolean not null, note varchar not null, tier varchar not null)",
    "create table funnel_point (metric_id varchar not null, period_start date not null,"
    " period_end date not null, phase varchar not null, urn varchar not null,"
    " denominator double not null, value double not null, z double,"
    " outside_95 boolean not null, outside_998 boolean not null, tier varchar not null)",
    "create table funnel_limit (metric_id varchar not null, period_start date not null,"
    " period_end date not null, phase varchar not null, adjusted boolean not null,"
    " denominator double not null, target double, lower_95 double, upper_95 double,"
    " lower_998 double, upper_998 double, tier varchar not null)",
    *(ddl(name) for name in OUTLOOK),
)
"""`metric.document` is JSON: the Metric's fields plus `numerator`, `denominator` (the sentences),
`sql` (the file's SQL) and `examples` (its executable specification: tables in, observations out).
`info` holds snapshot_version, snapshot_id, created_at, data_to, synthetic ('true'/'false'),
synthetic_note, code_version, profile (JSON of the borough profile) with profile_hash, thresholds
(JSON), definitions_hash (of all documents), not_published (rows left out, by reason), and of the
file itself content_hash, table_hashes (JSON), follows (what was live before) and audit (JSON).
`quality.facts` names the fact tables a check speaks of, divided by commas; `accepted` is who
accepted a failed check that held publication, when and why.
`signal` and `signal_summary` are the XmR charts of the borough's own months and terms; `funnel`,
`funnel_point` and `funnel_limit` those of schools. All come from protected observations. What
looks ahead is described in `models.outlook`."""
