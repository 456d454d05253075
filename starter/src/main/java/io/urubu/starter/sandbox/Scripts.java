package io.urubu.starter.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;

/** The two shell texts that run inside a sandbox between bubblewrap and the program. */
record Scripts(String reporter, String launcher) {

  static Scripts load() throws IOException {
    return new Scripts(read("reporter.sh"), read("launcher.sh"));
  }

  private static String read(String name) throws IOException {
    try (InputStream stream = Scripts.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new NoSuchFileException(name, null, "the installation is incomplete");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
