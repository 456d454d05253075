package io.urubu.classad.parse;

/** A place in a text as people count: lines and columns from 1, columns in code points. */
record Place(int line, int column) {
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
