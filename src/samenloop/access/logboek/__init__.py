"""Who looked or changed, and which processing of whose data; append-only and chained."""
