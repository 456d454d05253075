package io.urubu.starter.scratch;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Reads the beginning of a tar file. */
final class TarHead {
  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE = 124;
  private static final int SIZE_LENGTH = 11;
  private static final int TYPE = 156;
  private static final int MOST_EXTENSIONS = 4;

  private TarHead() {}

  /** The first member's name, as its plain header has it; empty when there is none. */
  static String firstName(Path archive) throws IOException {
    try (InputStream file = Files.newInputStream(archive, LinkOption.NOFOLLOW_LINKS);
        DataInputStream blocks = new DataInputStream(file)) {
      byte[] header = new byte[BLOCK];
      for (int i = 0; i <= MOST_EXTENSIONS; i++) {
        blocks.readFully(header);
        if (header[TYPE] != 'x' && header[TYPE] != 'g') {
          return text(header, 0, NAME_LENGTH);
        }
        long size = Long.parseLong(text(header, SIZE, SIZE_LENGTH), 8);
        blocks.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
      }
      throw new IOException("it begins with nothing but extensions");
    } catch (EOFException | NumberFormatException e) {
      throw new IOException("it is no whole archive", e);
    }
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.ISO_8859_1);
  }
}
