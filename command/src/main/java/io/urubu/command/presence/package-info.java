/**
 * How a daemon shows on its host that it runs: its run folder with process mark, address and
 * command socket.
 */
@NullMarked
package io.urubu.command.presence;

import org.jspecify.annotations.NullMarked;
