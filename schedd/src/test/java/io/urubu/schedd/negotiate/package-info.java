@NullMarked
package io.urubu.schedd.negotiate;

import org.jspecify.annotations.NullMarked;
