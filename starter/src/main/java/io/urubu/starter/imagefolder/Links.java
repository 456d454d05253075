package io.urubu.starter.imagefolder;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The links that one run's folder has shown, the newest of them: the kernel asks for a name again
 * each time that it is used, so an older one is not missed.
 */
final class Links {
  private final Nodes nodes;
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();

  /** In the order of use; guarded by {@code lock}. */
  private final LinkedHashMap<String, Long> numberByText = new LinkedHashMap<>(16, 0.75f, true);

  Links(Nodes nodes, int most) {
    this.nodes = nodes;
    this.most = most;
  }

  /** The number of a link with that text. */
  long numberOf(String text) {
    lock.lock();
    try {
      Long known = numberByText.get(text);
      if (known != null) {
        return known;
      }
      if (numberByText.size() >= most) {
        Map.Entry<String, Long> oldest = numberByText.firstEntry();
        numberByText.remove(oldest.getKey());
        nodes.remove(oldest.getValue());
      }
      long number = nodes.add(new Nodes.Node.Link(text));
      numberByText.put(text, number);
      return number;
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      numberByText.values().forEach(nodes::remove);
      numberByText.clear();
    } finally {
      lock.unlock();
    }
  }
}
