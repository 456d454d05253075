/** Ads as JSON, as HTCondor writes and reads them: an ad is an object. */
@NullMarked
package io.urubu.classad.json;

import org.jspecify.annotations.NullMarked;
