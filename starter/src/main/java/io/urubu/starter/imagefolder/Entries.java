package io.urubu.starter.imagefolder;

import io.urubu.remotefile.fuse.Answer;
import io.urubu.remotefile.fuse.Attributes;
import io.urubu.remotefile.fuse.Header;
import java.time.Duration;
import java.time.Instant;

/**
 * The nodes of one run's folder, as the kernel hears of them. Everything belongs to whoever asks:
 * the kernel lets nobody ask but the starter's own account.
 */
final class Entries {
  private static final Duration FOLDERS_STAY = Duration.ofSeconds(1);
  private static final int OWN_FOLDER = Attributes.FOLDER | 0700;
  private static final int OPEN_LINK = Attributes.LINK | 0777;

  private final Nodes nodes;
  private final Links links;
  private final long number;
  private final long voidNumber;

  Entries(ImageFolder folder, Nodes nodes, int mostLinks) {
    this.nodes = nodes;
    this.links = new Links(nodes, mostLinks);
    this.number = nodes.add(new Nodes.Node.Folder(folder));
    this.voidNumber = nodes.add(new Nodes.Node.Emptiness(folder));
  }

  /** The folder itself. */
  void own(Header header, Answer answer) {
    answer.entry(folder(number, header), FOLDERS_STAY, FOLDERS_STAY);
  }

  /** What it leads to may be another thing the next time. */
  void link(Header header, String text, Answer answer) {
    answer.entry(link(links.numberOf(text), text, header), Duration.ZERO, Duration.ZERO);
  }

  void voidFolder(Header header, Answer answer) {
    answer.entry(folder(voidNumber, header), Duration.ZERO, Duration.ZERO);
  }

  static void describeFolder(Header header, Answer answer) {
    answer.attributes(folder(header.node(), header), FOLDERS_STAY);
  }

  static void describeLink(Header header, String text, Answer answer) {
    answer.attributes(link(header.node(), text, header), Duration.ZERO);
  }

  private static Attributes folder(long number, Header header) {
    return new Attributes(number, OWN_FOLDER, 2, header.uid(), header.gid(), 0, Instant.EPOCH);
  }

  private static Attributes link(long number, String text, Header header) {
    return new Attributes(
        number, OPEN_LINK, 1, header.uid(), header.gid(), text.length(), Instant.EPOCH);
  }

  void clear() {
    nodes.remove(number);
    nodes.remove(voidNumber);
    links.clear();
  }
}
