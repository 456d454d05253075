package io.urubu.shadow.transfer;

import io.urubu.shadow.runs.Fault;

/** The user's files do not allow what the job needs. */
public final class FaultException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  FaultException(Fault fault) {
    super(fault.reason());
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
