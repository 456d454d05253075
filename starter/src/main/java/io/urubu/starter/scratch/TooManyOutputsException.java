package io.urubu.starter.scratch;

import java.io.IOException;

/** The job left more files than are collected. */
public final class TooManyOutputsException extends IOException {
  private static final long serialVersionUID = 1L;

  TooManyOutputsException(String message) {
    super(message);
  }
}
