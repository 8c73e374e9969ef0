"""What is measured: one file per metric, and the engine that counts."""
