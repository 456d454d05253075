/** Carries out what the runs' decider decides: journal, files, streams, answers. */
@NullMarked
package io.urubu.shadow.desk;

import org.jspecify.annotations.NullMarked;
