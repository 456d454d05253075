/**
 * The demonstration: a pool of its own, real jobs, owners who come back, results that are checked.
 */
@NullMarked
package io.urubu.cli.demo;

import org.jspecify.annotations.NullMarked;
