"""Where measurements live: schema, SQLite, export and import."""
