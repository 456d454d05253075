@NullMarked
package io.urubu.schedd.spawner;

import org.jspecify.annotations.NullMarked;
