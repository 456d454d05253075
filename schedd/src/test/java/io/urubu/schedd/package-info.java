@NullMarked
package io.urubu.schedd;

import org.jspecify.annotations.NullMarked;
