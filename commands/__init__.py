"""The verbs of the `semh` command, by what they are about."""
