/**
 * The REST API: read-only, on the loopback interface, for holders of a token. Tokens are signed
 * with a key that only the schedd reads; whoever removes the key's file and starts the schedd anew
 * makes all of them worthless.
 */
@NullMarked
package io.urubu.schedd.rest;

import org.jspecify.annotations.NullMarked;
