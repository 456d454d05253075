/** Texts of many ads, cut into those of one ad each: what is not yet read takes no memory. */
@NullMarked
package io.urubu.classad.form;

import org.jspecify.annotations.NullMarked;
