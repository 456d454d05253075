package io.urubu.matchmaker.accountant;

import java.time.Instant;

/** A user's usage as it was at a moment. */
record StoredUsage(String user, Usage usage, Instant at) {}
