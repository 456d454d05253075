/**
 * What crosses the pool's gRPC streams beyond the generated messages: the ClassAd codec and the
 * greeting.
 */
@NullMarked
package io.urubu.protocol;

import org.jspecify.annotations.NullMarked;
