/** ClassAds: ordered maps from case-insensitive names to expressions. */
@NullMarked
package io.urubu.classad;

import org.jspecify.annotations.NullMarked;
