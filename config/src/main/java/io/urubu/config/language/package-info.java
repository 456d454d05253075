/**
 * What the configuration language and the submit language have in common: lines that continue,
 * places in files, macros, and the guess at what a mistyped name was meant to be. Knows no knob and
 * no key.
 */
@NullMarked
package io.urubu.config.language;

import org.jspecify.annotations.NullMarked;
