package io.urubu.startd.starters;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Starts a starter so that it has a mount in its own folder, for its jobs' images. The process that
 * the command begins in becomes the starter.
 */
final class ImageMount {
  private static final String SCRIPT = "mount-images.sh";

  private ImageMount() {}

  /**
   * The command with the mount made first, and told of it by {@code --images-fd} or {@code
   * --no-images}.
   *
   * @param uid the account under which the command runs, when this process is root
   */
  static List<String> before(Path folder, OptionalInt uid, List<String> command)
      throws IOException {
    List<String> whole = new ArrayList<>(List.of("bash", "--noprofile", "--norc", "-c", script()));
    whole.addAll(List.of("mount-images", "enter", folder.toString()));
    whole.add(Integer.toString(uid.orElse(0)));
    whole.addAll(command);
    return whole;
  }

  private static String script() throws IOException {
    try (InputStream stream = ImageMount.class.getResourceAsStream(SCRIPT)) {
      if (stream == null) {
        throw new NoSuchFileException(SCRIPT, null, "the installation is incomplete");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
