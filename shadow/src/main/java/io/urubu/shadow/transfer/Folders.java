package io.urubu.shadow.transfer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What concerns a folder as a whole. */
final class Folders {
  private Folders() {}

  /** Makes the names in the folder durable. */
  static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Why a write failed, for people, with the room that is left. */
  static String problem(Path folder, IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return folder + " may not be written";
    }
    String room = "";
    try {
      FileStore disk = Files.getFileStore(folder);
      room =
          " (%d of %d bytes are free there)".formatted(disk.getUsableSpace(), disk.getTotalSpace());
    } catch (IOException _) {
      // The folder is gone; the cause says so.
    }
    return cause.getMessage() + room;
  }
}
