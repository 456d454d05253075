package io.urubu.starter.scratch;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a job's outputs beneath its scratch folder and opens them. Every step goes from an open
 * folder to a name in it and follows no link, so that a job cannot make this process read anything
 * else.
 */
public final class Collector implements AutoCloseable {
  /** So many outputs at most; a job with more packs them up. */
  public static final int MOST_OUTPUTS = 10_000;

  private static final int DEEPEST = 60;
  private static final int MOST_WARNINGS = 50;

  private final SecureDirectoryStream<Path> top;
  private final String device;
  private final Set<ScratchName> taken = new HashSet<>();
  private final List<Output> outputs = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();

  private Collector(SecureDirectoryStream<Path> top) throws IOException {
    this.top = top;
    this.device =
        device(top.getFileAttributeView(PosixFileAttributeView.class).readAttributes().fileKey());
  }

  public static Collector of(RunFolders folders) throws IOException {
    return new Collector(open(folders.scratch()));
  }

  @SuppressWarnings("StreamResourceLeak") // closed by the collector
  private static SecureDirectoryStream<Path> open(Path scratch) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(scratch);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new IOException("this Java runtime cannot open files beneath a folder");
  }

  /** Exactly those files and folders, the latter with all that is in them. */
  public Collection named(List<ScratchName> names) throws IOException {
    for (ScratchName name : names) {
      named(name);
    }
    return result();
  }

  /** Every regular file in the top that is new or changed. */
  public Collection changed(TopFiles before, Set<String> except) throws IOException {
    List<Path> entries = new ArrayList<>();
    top.forEach(entry -> entries.add(entry.getFileName()));
    for (Path entry : entries) {
      Optional<String> text = FileName.toText(entry);
      if (text.isPresent() && except.contains(text.get())) {
        continue;
      }
      PosixFileAttributes attributes = attributes(top, entry);
      if (attributes.isRegularFile()
          && !before.isUnchanged(entry, attributes)
          && text.isPresent()) {
        add(List.of(entry), ScratchName.of(text.get()), attributes);
      } else if (text.isEmpty()) {
        skip("a file whose name is no UTF-8 text");
      } else if (attributes.isSymbolicLink() || attributes.isOther()) {
        skip("'" + text.get() + "' is no regular file");
      }
    }
    return result();
  }

  private void named(ScratchName name) throws IOException {
    List<Path> path = name.parts().stream().map(FileName::toPath).toList();
    try (Folder folder = open(path.subList(0, path.size() - 1))) {
      PosixFileAttributes attributes = attributes(folder.stream(), path.getLast());
      if (attributes.isRegularFile()) {
        add(path, name, attributes);
      } else if (attributes.isDirectory()) {
        walk(folder.stream(), path, name);
      } else {
        missing.add(name + " (it is neither a file nor a folder: links are not followed)");
      }
    } catch (NoSuchFileException | NotDirectoryException _) {
      missing.add(name.toString());
    } catch (AccessDeniedException _) {
      missing.add(name + " (the job took the right to read it away)");
    } catch (IOException e) {
      if (isLink(e)) {
        missing.add(name + " (a folder on its way is a link: links are not followed)");
      } else {
        throw e;
      }
    }
  }

  private static boolean isLink(IOException e) {
    return String.valueOf(e.getMessage()).contains("Too many levels of symbolic links");
  }

  private void walk(SecureDirectoryStream<Path> parent, List<Path> path, ScratchName name)
      throws IOException {
    if (path.size() > DEEPEST) {
      skip("'" + name + "' lies too deep");
      return;
    }
    try (SecureDirectoryStream<Path> folder =
        parent.newDirectoryStream(path.getLast(), LinkOption.NOFOLLOW_LINKS)) {
      for (Path entry : folder) {
        Path last = entry.getFileName();
        Optional<String> text = FileName.toText(last);
        if (text.isEmpty()) {
          skip("a file in '" + name + "' whose name is no UTF-8 text");
          continue;
        }
        List<Path> below = new ArrayList<>(path);
        below.add(last);
        within(folder, below, extended(name, text.get()));
      }
    }
  }

  private void within(SecureDirectoryStream<Path> folder, List<Path> path, ScratchName name)
      throws IOException {
    PosixFileAttributes attributes = attributes(folder, path.getLast());
    if (attributes.isRegularFile()) {
      add(path, name, attributes);
    } else if (attributes.isDirectory()) {
      walk(folder, path, name);
    } else {
      skip("'" + name + "' is no regular file");
    }
  }

  private static ScratchName extended(ScratchName name, String part) {
    List<String> parts = new ArrayList<>(name.parts());
    parts.add(part);
    return new ScratchName(parts);
  }

  private void add(List<Path> path, ScratchName name, PosixFileAttributes attributes)
      throws IOException {
    if (outputs.size() >= MOST_OUTPUTS) {
      throw new TooManyOutputsException(
          "the job left more than " + MOST_OUTPUTS + " files; pack them into fewer");
    }
    if (!device(attributes.fileKey()).equals(device)) {
      skip("'" + name + "' lies on another file system");
      return;
    }
    if (!taken.add(name)) {
      return;
    }
    outputs.add(new Output(name, Modes.bits(attributes.permissions()), path, attributes.fileKey()));
  }

  /** The device's part of a file's key, which reads {@code (dev=…,ino=…)}. */
  private static String device(@Nullable Object key) {
    String text = String.valueOf(key);
    return text.substring(0, Math.max(0, text.indexOf(',')));
  }

  private void skip(String what) {
    if (skipped.size() < MOST_WARNINGS) {
      skipped.add(what);
    }
  }

  private Collection result() {
    return new Collection(outputs, missing, skipped);
  }

  private static PosixFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name)
      throws IOException {
    return folder
        .getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  /**
   * Opens an output for reading.
   *
   * @throws NoSuchFileException when another file is there now
   */
  public SeekableByteChannel open(Output output) throws IOException {
    List<Path> path = output.path();
    try (Folder folder = open(path.subList(0, path.size() - 1))) {
      Path last = path.getLast();
      check(attributes(folder.stream(), last), output);
      SeekableByteChannel channel =
          folder.stream()
              .newByteChannel(last, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
      try {
        // The same before and after opening: it is what was opened.
        check(attributes(folder.stream(), last), output);
        return channel;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
  }

  private static void check(PosixFileAttributes attributes, Output output)
      throws NoSuchFileException {
    if (!attributes.isRegularFile()
        || attributes.fileKey() == null
        || !attributes.fileKey().equals(output.key())) {
      throw new NoSuchFileException(output.name().toString(), null, "it was replaced");
    }
  }

  /** A folder on the way to an output; the top itself stays open. */
  private record Folder(SecureDirectoryStream<Path> stream, boolean isTop)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      if (!isTop) {
        stream.close();
      }
    }
  }

  private Folder open(List<Path> parts) throws IOException {
    Folder folder = new Folder(top, true);
    for (Path part : parts) {
      try (Folder parent = folder) {
        folder =
            new Folder(parent.stream().newDirectoryStream(part, LinkOption.NOFOLLOW_LINKS), false);
      }
    }
    return folder;
  }

  @Override
  public void close() throws IOException {
    top.close();
  }
}
