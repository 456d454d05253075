package io.urubu.classad.eval;

import io.urubu.classad.ast.Node;

/** A program that knows the tree that it was made from. */
public interface Written extends Program {
  Node node();
}
