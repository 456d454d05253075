/** What people ask for on the command socket. */
@NullMarked
package io.urubu.schedd.commands;

import org.jspecify.annotations.NullMarked;
