-- One row per scale with a reliable-change threshold: the smallest change in score that counts, and
-- which way is better (1 higher, -1 lower). CYP-IAPT 2015 set, as NHS England uses it; RCADS in
-- T-scores. Codes are tool, rater (P parent, S self) and scale.
select 'SDQ-P-CONDUCT' as tool, 4 as threshold, -1 as better
union all select 'SDQ-P-EMOTIONAL', 4, -1
union all select 'SDQ-P-HYPERACTIVITY', 4, -1
union all select 'SDQ-P-IMPACT', 3, -1
union all select 'SDQ-P-PEER', 3, -1
union all select 'SDQ-P-PROSOCIAL', 3, 1
union all select 'SDQ-S-CONDUCT', 4, -1
union all select 'SDQ-S-EMOTIONAL', 4, -1
union all select 'SDQ-S-HYPERACTIVITY', 4, -1
union all select 'SDQ-S-IMPACT', 3, -1
union all select 'SDQ-S-PEER', 5, -1
union all select 'SDQ-S-PROSOCIAL', 4, 1
union all select 'RCADS-S-DEPRESSION-T', 17.73, -1
union all select 'RCADS-S-GAD-T', 14.91, -1
union all select 'RCADS-S-OCD-T', 16.35, -1
union all select 'RCADS-S-PANIC-T', 18.29, -1
union all select 'RCADS-S-SEPARATION-T', 22.95, -1
union all select 'RCADS-S-SOCIAL-T', 13.99, -1
union all select 'RCADS-P-DEPRESSION-T', 22.87, -1
union all select 'RCADS-P-GAD-T', 18.3, -1
union all select 'RCADS-P-OCD-T', 24.06, -1
union all select 'RCADS-P-PANIC-T', 40.93, -1
union all select 'RCADS-P-SEPARATION-T', 28, -1
union all select 'RCADS-P-SOCIAL-T', 16.63, -1
union all select 'CORS', 10, 1
union all select 'ORS', 6.6, 1
union all select 'CGAS', 11, 1
union all select 'GBO', 3, 1
union all select 'WEMWBS', 9, 1
union all select 'SWEMWBS', 3, 1
union all select 'GAD-7', 4, -1
union all select 'PHQ-9', 6, -1
union all select 'CORE-10', 5, -1
union all select 'YP-CORE', 8, -1
union all select 'SCORE-15', 10, -1
union all select 'HoNOSCA', 2, -1
