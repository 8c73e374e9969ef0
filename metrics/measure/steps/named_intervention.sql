-- One row per procedure code whose effect is measured: its name, and whether it is usual care, which
-- the others are held against. The codes here are the synthetic borough's; a service that codes its
-- named interventions in SNOMED CT adds them.
select 'SYN0001' as procedure, 'Guided parent programme' as name, false as usual
union all select 'SYN0002', 'Mindfulness sessions', false
union all select 'SYN0003', 'Usual care', true
