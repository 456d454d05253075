@NullMarked
package io.urubu.sql.personal;

import org.jspecify.annotations.NullMarked;
