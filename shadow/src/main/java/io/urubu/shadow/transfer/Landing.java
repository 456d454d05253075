package io.urubu.shadow.transfer;

import io.urubu.shadow.runs.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Where an output will be put.
 *
 * @param folder the nearest folder that exists, in which it waits: on the same file system
 * @param target its place; folders in between are made when it is put there
 */
record Landing(Path folder, Path target) {

  static Landing of(OutputPlan.Place.Stream stream) throws FaultException {
    Path target = stream.target();
    try {
      if (Files.isSymbolicLink(target) && Files.exists(target)) {
        target = target.toRealPath();
      }
    } catch (IOException e) {
      throw unusable(target, e.toString());
    }
    checkReplaceable(target);
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw unusable(target, "its folder does not exist");
    }
    return new Landing(folder, target);
  }

  /** No link is followed beneath the initial directory: it could lead out of it. */
  static Landing of(OutputPlan.Place.Beneath beneath, Path iwd) throws FaultException {
    Path target = beneath.target();
    Path folder = iwd;
    for (Path part : iwd.relativize(target.resolveSibling("").normalize())) {
      Path next = folder.resolve(part);
      if (part.toString().isEmpty() || !Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
        break;
      }
      if (!Files.isDirectory(next, LinkOption.NOFOLLOW_LINKS)) {
        throw unusable(target, next + " is no folder (links are not followed)");
      }
      folder = next;
    }
    checkReplaceable(target);
    return new Landing(folder, target);
  }

  private static void checkReplaceable(Path target) throws FaultException {
    try {
      var attributes =
          Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile() && !attributes.isSymbolicLink()) {
        throw unusable(target, "something that is no file has that name");
      }
    } catch (IOException _) {
      // Nothing is there yet.
    }
  }

  static FaultException unusable(Path target, String problem) {
    return JobFiles.fault(
        Fault.OUTPUT,
        "%s: the output cannot be put there: %s; mend it and release the job"
            .formatted(target, problem));
  }
}
