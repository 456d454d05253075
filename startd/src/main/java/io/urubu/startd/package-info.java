/** The startd: the daemon of one workstation, wired together. */
@NullMarked
package io.urubu.startd;

import org.jspecify.annotations.NullMarked;
