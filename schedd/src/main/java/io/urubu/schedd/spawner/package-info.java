/** A small program of root's that starts shadows under their users' accounts. */
@NullMarked
package io.urubu.schedd.spawner;

import org.jspecify.annotations.NullMarked;
