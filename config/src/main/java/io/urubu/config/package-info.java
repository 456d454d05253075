/**
 * The configuration: the language of its files, the registry of everything that can be set, and the
 * values that hold for one process.
 */
@NullMarked
package io.urubu.config;

import org.jspecify.annotations.NullMarked;
