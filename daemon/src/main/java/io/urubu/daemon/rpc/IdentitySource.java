package io.urubu.daemon.rpc;

import io.urubu.identity.Identity;
import io.urubu.identity.IdentityException;

/**
 * The process's identity as it is now: short-lived ones are renewed while channels and servers
 * stay.
 */
public final class IdentitySource {
  private volatile Identity current;

  public IdentitySource(Identity identity) {
    this.current = identity;
  }

  public Identity current() {
    return current;
  }

  /** New connections use the new certificates; those that are open keep theirs. */
  public void renew(String chainPem) throws IdentityException {
    current = current.renewed(chainPem);
  }
}
