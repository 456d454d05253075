/**
 * The submit language: what a submit description says, and the ads that it makes. Shared by the
 * command line and whatever else submits; reads files, never talks to the pool.
 */
@NullMarked
package io.urubu.submit;

import org.jspecify.annotations.NullMarked;
