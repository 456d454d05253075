/**
 * Regular expressions over bytes as PCRE2 has them, with a bound on the work and the memory of a
 * search, whatever the pattern: nothing here recurses on the text or waits on it.
 */
@NullMarked
package io.urubu.classad.regex;

import org.jspecify.annotations.NullMarked;
