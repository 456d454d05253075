/** Tests of the REST API, over HTTP. */
@NullMarked
package io.urubu.schedd.rest;

import org.jspecify.annotations.NullMarked;
