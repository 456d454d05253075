/** {@code urubu classad}: ads and expressions without a pool. */
@NullMarked
package io.urubu.cli.classad;

import org.jspecify.annotations.NullMarked;
