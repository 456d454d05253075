/**
 * gRPC between the pool's processes: mutual TLS always, the peer's proven subject at hand in every
 * call.
 */
@NullMarked
package io.urubu.daemon.rpc;

import org.jspecify.annotations.NullMarked;
