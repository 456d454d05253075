package io.urubu.starter.imagefolder;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the kernel's node numbers stand for. A number is never given twice. */
final class Nodes {
  static final long ROOT = 1;

  private final AtomicLong last = new AtomicLong(ROOT);
  private final Map<Long, Node> nodeByNumber = new ConcurrentHashMap<>();

  /** What a number can stand for. */
  sealed interface Node {
    /** A run's folder. */
    record Folder(ImageFolder folder) implements Node {}

    /** A folder that takes every name and keeps nothing. */
    record Emptiness(ImageFolder folder) implements Node {}

    /** A symbolic link. */
    record Link(String text) implements Node {}
  }

  long add(Node node) {
    long number = last.incrementAndGet();
    nodeByNumber.put(number, node);
    return number;
  }

  void remove(long number) {
    nodeByNumber.remove(number);
  }

  Optional<Node> find(long number) {
    return Optional.ofNullable(nodeByNumber.get(number));
  }
}
