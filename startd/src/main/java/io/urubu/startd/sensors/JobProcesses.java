package io.urubu.startd.sensors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the starters of this machine and their descendants use of the processors. A starter is known
 * by a mark in its environment, which is looked at once per process.
 */
final class JobProcesses {
  static final double TICKS_A_SECOND = 100;

  // Places in /proc/PID/stat, counted behind the name's closing parenthesis.
  private static final int STATE = 0;
  private static final int PARENT = 1;
  private static final int USER_TICKS = 11;
  private static final int CHILDREN_SYSTEM_TICKS = 14;
  private static final int THREADS = 17;
  private static final int STARTED = 19;

  private final Path proc;
  private final byte[] mark;
  private Map<Birth, Boolean> isMarkedByBirth = new HashMap<>();

  /**
   * What they use.
   *
   * @param ticks of processor time since their start, ended and reaped children included
   * @param runnable threads that run or wait for a processor or a disk
   */
  record Usage(long ticks, int runnable) {}

  /** A number that is given to another process later is another birth. */
  private record Birth(long pid, long started) {}

  private record Entry(Birth birth, long parent, long ticks, boolean isRunnable, int threads) {}

  /**
   * Looks for starters.
   *
   * @param mark how the entry of a starter's environment begins
   */
  JobProcesses(Path proc, String mark) {
    this.proc = proc;
    this.mark = mark.getBytes(ISO_8859_1);
  }

  Usage usage() throws IOException {
    List<Entry> all = all();
    Map<Long, List<Entry>> childrenByParent = new HashMap<>();
    Map<Birth, Boolean> marked = new HashMap<>();
    Deque<Entry> open = new ArrayDeque<>();
    for (Entry entry : all) {
      childrenByParent.computeIfAbsent(entry.parent(), _ -> new ArrayList<>()).add(entry);
      Boolean known = isMarkedByBirth.get(entry.birth());
      boolean isMarked = known == null ? isMarked(entry.birth().pid()) : known;
      marked.put(entry.birth(), isMarked);
      if (isMarked) {
        open.add(entry);
      }
    }
    isMarkedByBirth = marked;
    long ticks = 0;
    int runnable = 0;
    Set<Birth> counted = new HashSet<>();
    while (!open.isEmpty()) {
      Entry entry = open.remove();
      if (counted.add(entry.birth())) {
        ticks += entry.ticks();
        runnable += runnable(entry);
        open.addAll(childrenByParent.getOrDefault(entry.birth().pid(), List.of()));
      }
    }
    return new Usage(ticks, runnable);
  }

  private List<Entry> all() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[1-9]*")) {
      for (Path folder : folders) {
        long pid = Long.parseLong(folder.getFileName().toString());
        read(folder.resolve("stat")).flatMap(stat -> entry(pid, stat)).ifPresent(entries::add);
      }
    }
    return entries;
  }

  private static Optional<Entry> entry(long pid, byte[] stat) {
    String text = new String(stat, ISO_8859_1);
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    if (fields.length <= STARTED) {
      return Optional.empty();
    }
    long ticks = 0;
    for (int place = USER_TICKS; place <= CHILDREN_SYSTEM_TICKS; place++) {
      ticks += Long.parseLong(fields[place]);
    }
    return Optional.of(
        new Entry(
            new Birth(pid, Long.parseLong(fields[STARTED])),
            Long.parseLong(fields[PARENT]),
            ticks,
            isRunnable(fields[STATE]),
            Integer.parseInt(fields[THREADS])));
  }

  private static boolean isRunnable(String state) {
    return state.equals("R") || state.equals("D");
  }

  private int runnable(Entry entry) throws IOException {
    if (entry.threads() <= 1) {
      return entry.isRunnable() ? 1 : 0;
    }
    int runnable = 0;
    Path tasks = proc.resolve(entry.birth().pid() + "/task");
    if (!Files.isDirectory(tasks)) {
      return 0;
    }
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        boolean runs =
            read(thread.resolve("stat"))
                .flatMap(stat -> entry(0, stat))
                .filter(Entry::isRunnable)
                .isPresent();
        runnable += runs ? 1 : 0;
      }
    } catch (IOException _) {
      // It has ended meanwhile.
    }
    return runnable;
  }

  private boolean isMarked(long pid) {
    return read(proc.resolve(pid + "/environ")).filter(this::containsMark).isPresent();
  }

  private boolean containsMark(byte[] environment) {
    String text = "\0" + new String(environment, ISO_8859_1);
    return text.contains("\0" + new String(mark, ISO_8859_1));
  }

  private static Optional<byte[]> read(Path file) {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException _) {
      // It has ended, or is none of ours to look at.
      return Optional.empty();
    }
  }
}
