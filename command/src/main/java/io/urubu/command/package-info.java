/**
 * Commands over a Unix socket: frames that carry ClassAds, with the peer's account verified by the
 * kernel, and the errors that a person can get back. Light on purpose: the command line and the
 * daemons share it, without gRPC and Spring.
 */
@NullMarked
package io.urubu.command;

import org.jspecify.annotations.NullMarked;
