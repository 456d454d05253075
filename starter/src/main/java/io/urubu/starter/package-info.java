/** The starter: runs its user's jobs on one workstation. */
@NullMarked
package io.urubu.starter;

import org.jspecify.annotations.NullMarked;
