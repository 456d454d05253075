/** PostgreSQL for the daemons: connections, migrations, transactions. */
@NullMarked
package io.urubu.sql;

import org.jspecify.annotations.NullMarked;
