/** What starters call: the life of a run, its input, its output. */
@NullMarked
package io.urubu.shadow.serve;

import org.jspecify.annotations.NullMarked;
