/** A PostgreSQL server of our own for pools that have no other. */
@NullMarked
package io.urubu.sql.personal;

import org.jspecify.annotations.NullMarked;
