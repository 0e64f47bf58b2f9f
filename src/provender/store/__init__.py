"""The diary kept in a database: tables without science; rows to core values and back."""
