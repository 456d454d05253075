/** Ads as XML, as HTCondor writes and reads them: an ad is an element {@code <c>}. */
@NullMarked
package io.urubu.classad.xml;

import org.jspecify.annotations.NullMarked;
