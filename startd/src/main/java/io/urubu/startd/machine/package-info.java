/** The machine as the pool sees it: its ads, and its owner's word about jobs. */
@NullMarked
package io.urubu.startd.machine;

import org.jspecify.annotations.NullMarked;
