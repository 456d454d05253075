/** The kernel's protocol for file systems in user space, spoken on an open {@code /dev/fuse}. */
@NullMarked
package io.urubu.remotefile.fuse;

import org.jspecify.annotations.NullMarked;
