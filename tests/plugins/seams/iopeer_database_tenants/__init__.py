"""Row-level security on PostgreSQL: a caller meets the rows that he made, whatever the code above asks for."""
