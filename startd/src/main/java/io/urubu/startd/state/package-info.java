/** What the startd must know again after it was killed: small files, fsynced, checked when read. */
@NullMarked
package io.urubu.startd.state;

import org.jspecify.annotations.NullMarked;
