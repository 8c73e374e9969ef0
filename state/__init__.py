"""What people write in the app: saved scenarios, and a line in the audit trail for each change."""
