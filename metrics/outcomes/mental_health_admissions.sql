/*
title: Hospital admissions of children for mental health
priority: outcomes
question: How many children are admitted to hospital for mental health?
kind: count
unit: "admissions"
polarity: low
period: financial_year
breakdowns: [sex, age_band]
no_comparator: The published figure is a rate per 100,000 children for the authority; a number of admissions grows with its size. See Other boroughs for the rate.
sources: [hospital_admission]
population: Children under 18 living in the borough admitted to hospital with a mental health condition as main diagnosis.
caveats:
  - Until the integrated care board sends admissions (child, day, age, home area, main diagnosis for mental health) this is not available.
decimals: 0
*/
-- numerator: admissions in the year of children under 18 with a mental health condition as main diagnosis
select admitted_date as on_date, person_id, age, sex
from live_hospital_admission
where mental_health and age < 18
