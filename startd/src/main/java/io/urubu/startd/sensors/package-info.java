/**
 * What the machine and its owner are doing, as attributes of the machine ad: one small class per
 * source.
 */
@NullMarked
package io.urubu.startd.sensors;

import org.jspecify.annotations.NullMarked;
