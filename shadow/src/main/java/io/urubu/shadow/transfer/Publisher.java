package io.urubu.shadow.transfer;

import io.urubu.shadow.runs.Rename;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Puts outputs in their places. Done twice, it does nothing the second time. */
public final class Publisher {

  private Publisher() {}

  /**
   * Every output is durably in its place on return.
   *
   * @throws FaultException naming the one that cannot be put there
   */
  public static void publish(List<Rename> renames) throws FaultException {
    Set<Path> touched = new LinkedHashSet<>();
    for (Rename rename : renames) {
      try {
        if (Files.isRegularFile(rename.from(), LinkOption.NOFOLLOW_LINKS)) {
          makeFolders(rename, touched);
          Files.move(rename.from(), rename.to(), StandardCopyOption.ATOMIC_MOVE);
        } else if (!hasArrived(rename)) {
          throw Landing.unusable(rename.to(), "its content has vanished from " + rename.from());
        }
        touched.add(rename.fromFolder());
        touched.add(rename.toFolder());
      } catch (IOException e) {
        throw Landing.unusable(rename.to(), Folders.problem(rename.fromFolder(), e));
      }
    }
    for (Path folder : touched) {
      try {
        Folders.force(folder);
      } catch (IOException e) {
        throw Landing.unusable(folder, Folders.problem(folder, e));
      }
    }
  }

  private static void makeFolders(Rename rename, Set<Path> touched) throws IOException {
    Path folder = rename.fromFolder();
    for (Path part : folder.relativize(rename.toFolder())) {
      if (part.toString().isEmpty()) {
        return;
      }
      touched.add(folder);
      folder = folder.resolve(part);
      try {
        Files.createDirectory(folder);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          throw e;
        }
      }
    }
  }

  /** True when a crash came after the rename: the place holds exactly the content. */
  private static boolean hasArrived(Rename rename) throws IOException {
    return Files.isRegularFile(rename.to())
        && Files.size(rename.to()) == rename.size()
        && Content.hash(rename.to()).equals(rename.sha256());
  }
}
