package io.urubu.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a job's files take on the disk, each rounded up to full KB; a file that is not there takes
 * nothing.
 */
record FileSizes(long executable, long all) {

  static FileSizes of(Path executable, Path folder, List<String> inputs) {
    long own = kilobytes(executable);
    long all = own;
    for (String input : inputs) {
      if (!Words.isUrl(input)) {
        all += kilobytes(resolve(folder, input));
      }
    }
    return new FileSizes(own, all);
  }

  private static long kilobytes(Path file) {
    try {
      return (Files.size(file) + 1023) / 1024;
    } catch (IOException _) {
      // Whether the file must be there is for FileChecks to say.
      return 0;
    }
  }

  /** The file that a name means; the folder itself for what cannot be a name. */
  static Path resolve(Path folder, String name) {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException _) {
      return folder;
    }
  }
}
