package io.urubu.classad.parse;

/** How strings are read. */
public enum Syntax {
  /** Backslash escapes as in C; strings side by side are one string. */
  NEW,
  /** A backslash is a backslash, except before a quote that does not end the text. */
  OLD
}
