/**
 * Who is who in a pool: the pool's authority, the certificates that it and its daemons sign, and
 * the secrets that open one claim or one run.
 */
@NullMarked
package io.urubu.identity;

import org.jspecify.annotations.NullMarked;
