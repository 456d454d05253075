package io.urubu.cli.demo;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** What programs of the demonstration work on: as many lines as wanted, always the same ones. */
enum Input {
  /** Lines of made-up words, a few of which are frequent and most of which are rare. */
  WORDS("words.txt", 4000) {
    @Override
    void write(BufferedWriter file, long lines) throws IOException {
      Random random = new Random(SEED);
      List<String> vocabulary = vocabulary(random);
      for (long line = 0; line < lines; line++) {
        StringJoiner words = new StringJoiner(" ", "", "\n");
        for (int word = 5 + random.nextInt(8); word > 0; word--) {
          double rank = Math.pow(random.nextDouble(), -1.6);
          words.add(vocabulary.get((int) Math.min(rank, VOCABULARY) - 1));
        }
        file.write(words.toString());
      }
    }
  },

  /** One number in each line. */
  NUMBERS("numbers.txt", 500) {
    @Override
    void write(BufferedWriter file, long lines) throws IOException {
      Random random = new Random(SEED);
      for (long line = 0; line < lines; line++) {
        file.write(100_000 + random.nextInt(900_000) + "\n");
      }
    }
  };

  private static final long SEED = 20_261_121;
  private static final int VOCABULARY = 5000;
  private static final List<String> SYLLABLES =
      List.of(
          "ka", "lo", "mi", "ter", "sen", "va", "ro", "pi", "du", "ne", "ghi", "sto", "ral", "em");

  private final String fileName;
  private final long trial;

  Input(String fileName, long trial) {
    this.fileName = fileName;
    this.trial = trial;
  }

  abstract void write(BufferedWriter file, long lines) throws IOException;

  /** Writes so many lines into a file of the input's own name. */
  Path into(Path folder, long lines) throws IOException {
    Path file = folder.resolve(fileName);
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      write(writer, lines);
    }
    return file;
  }

  /** So many lines at least tell how fast a program is on the rest. */
  long trial() {
    return trial;
  }

  String fileName() {
    return fileName;
  }

  private static List<String> vocabulary(Random random) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < VOCABULARY; i++) {
      StringBuilder word = new StringBuilder();
      for (int syllable = 1 + random.nextInt(4); syllable > 0; syllable--) {
        word.append(SYLLABLES.get(random.nextInt(SYLLABLES.size())));
      }
      words.add(word.toString());
    }
    return words;
  }
}
