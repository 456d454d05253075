package io.urubu.classad.function;

import io.urubu.classad.ast.ByteText;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The accounts of this machine, as its password file has them at the moment. */
final class PasswordFile {
  private static final Path FILE = Path.of("/etc/passwd");
  private static final int NAME = 0;
  private static final int HOME = 5;

  private PasswordFile() {}

  /** The home folder of a user; empty if there is no such user. */
  static String home(String user) {
    String bytes = ByteText.bytes(user);
    try (BufferedReader lines = Files.newBufferedReader(FILE, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(":", -1);
        if (fields.length > HOME && fields[NAME].equals(bytes)) {
          return ByteText.text(fields[HOME]);
        }
      }
    } catch (IOException _) {
      return ""; // a machine without such a file has no such user
    }
    return "";
  }
}
