package io.urubu.classad;

/** The two ways in which HTCondor writes values down. */
public enum Dialect {
  /** As {@code condor_status -af:V} prints: {@code 0.1}, quotes in strings escaped alone. */
  OLD,
  /** As {@code classad_eval} prints: {@code 1.000000000000000E-01}, escapes as in C. */
  NEW
}
