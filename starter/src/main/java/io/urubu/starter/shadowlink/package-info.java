/** The starter's side of the shadow's service: the run's stream, its lease, inputs and outputs. */
@NullMarked
package io.urubu.starter.shadowlink;

import org.jspecify.annotations.NullMarked;
