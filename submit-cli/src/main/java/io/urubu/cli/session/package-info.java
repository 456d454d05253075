/** What every command is given: where it prints, which pool it means, how it prints ads. */
@NullMarked
package io.urubu.cli.session;

import org.jspecify.annotations.NullMarked;
