package io.urubu.starter.scratch;

import io.urubu.classad.ClassAd;
import java.math.BigInteger;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The top of a scratch folder at one moment. */
public record TopFiles(Map<Path, Stamp> stampByName) {
  private static final String FILES = "Files";

  public TopFiles {
    stampByName = Map.copyOf(stampByName);
  }

  /**
   * What tells whether a file is still the same.
   *
   * @param key device and inode; null when it came back from a checkpoint, which keeps the rest
   */
  record Stamp(long size, FileTime modified, @Nullable Object key) {
    static Stamp of(BasicFileAttributes attributes) {
      return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }
  }

  boolean isUnchanged(Path name, BasicFileAttributes now) {
    Stamp before = stampByName.get(name);
    Stamp after = Stamp.of(now);
    return before != null
        && before.size() == after.size()
        && before.modified().equals(after.modified())
        && (before.key() == null || before.key().equals(after.key()));
  }

  /** As it outlives this machine: names that are no text are left out. */
  public ClassAd toAd() {
    List<String> files = new ArrayList<>();
    stampByName.forEach(
        (path, stamp) ->
            FileName.toText(path)
                .ifPresent(name -> files.add(stamp.size() + " " + nanos(stamp) + " " + name)));
    return ClassAd.builder().put(FILES, files).build();
  }

  /** Reads {@link #toAd}; what is not as it should be is left out, and counts as changed. */
  public static TopFiles of(ClassAd ad) {
    Map<Path, Stamp> stamps = new HashMap<>();
    for (String file : ad.strings(FILES)) {
      String[] parts = file.split(" ", 3);
      if (file.matches("(?s)\\d{1,18} -?\\d{1,19} [^/]+")) {
        long nanos = new BigInteger(parts[1]).longValue();
        FileTime time = FileTime.from(nanos, TimeUnit.NANOSECONDS);
        stamps.put(FileName.toPath(parts[2]), new Stamp(Long.parseLong(parts[0]), time, null));
      }
    }
    return new TopFiles(stamps);
  }

  private static long nanos(Stamp stamp) {
    return stamp.modified().to(TimeUnit.NANOSECONDS);
  }
}
