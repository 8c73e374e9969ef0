"""The synthetic borough, borough profiles and small reference tables."""
