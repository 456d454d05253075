package io.urubu.starter.shadowlink;

import com.google.protobuf.ByteString;
import io.urubu.identity.Secret;
import io.urubu.protocol.id.RunRef;

/** A run and the ticket that opens it. */
public record RunKey(RunRef run, Secret ticket, String slot) {
  ByteString ticketBytes() {
    return ByteString.copyFrom(ticket.bytes());
  }
}
