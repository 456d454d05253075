package io.urubu.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A recipe as lines of printable ASCII; a version's form never changes. */
final class RecipeText {
  static final String FILE = "recipe";
  static final int MAX_BYTES = 8 << 20;

  private static final String MAGIC = "urubu-checkpoint-recipe";
  private static final int VERSION = 1;
  private static final String END = "end";

  private RecipeText() {}

  static byte[] write(Recipe recipe) {
    StringBuilder text = new StringBuilder();
    line(text, MAGIC, VERSION);
    line(text, "schedd", Names.escape(recipe.job().schedd()));
    line(text, "job", recipe.job().cluster() + " " + recipe.job().proc());
    line(text, "generation", recipe.generation());
    line(text, "run", recipe.cut().run());
    line(text, "backend", Names.escape(recipe.cut().backend()));
    line(text, "platform", Names.escape(recipe.cut().platform()));
    line(text, "cut", recipe.cut().at());
    line(text, "files", recipe.files().size());
    for (StoredFile file : recipe.files()) {
      text.append("%s %d %s\n".formatted(file.sha256(), file.size(), Names.escape(file.name())));
    }
    text.append(END).append('\n');
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void line(StringBuilder text, String word, Object value) {
    text.append(word).append(' ').append(value).append('\n');
  }

  /** Takes lines off the front. */
  private static final class Lines {
    private final String[] lines;
    private int next;

    Lines(byte[] text) {
      this.lines = new String(text, StandardCharsets.ISO_8859_1).split("\n", -1);
    }

    String take() throws DamagedException {
      if (next == lines.length) {
        throw new DamagedException("ends early");
      }
      return lines[next++];
    }

    String value(String word) throws DamagedException {
      String line = take();
      if (!line.startsWith(word + " ")) {
        throw new DamagedException("line %d does not say '%s'".formatted(next, word));
      }
      return line.substring(word.length() + 1);
    }

    String text(String word) throws DamagedException {
      return text(word, value(word));
    }

    String text(String word, String escaped) throws DamagedException {
      return Names.unescape(escaped).orElseThrow(() -> wrong(word));
    }

    long number(String word) throws DamagedException {
      return number(word, value(word));
    }

    long number(String word, String digits) throws DamagedException {
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException _) {
        throw wrong(word);
      }
    }

    int small(String word) throws DamagedException {
      return small(word, value(word));
    }

    int small(String word, String digits) throws DamagedException {
      try {
        return Integer.parseInt(digits);
      } catch (NumberFormatException _) {
        throw wrong(word);
      }
    }

    DamagedException wrong(String word) {
      return new DamagedException("line %d: wrong '%s'".formatted(next, word));
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws DamagedException when no shadow wrote it so
   * @throws StoreException when a newer one did
   */
  static Recipe read(byte[] text) throws DamagedException, StoreException {
    Lines lines = new Lines(text);
    int version = lines.small(MAGIC);
    if (version != VERSION) {
      throw new StoreException(
          "is of version %d, this shadow reads version %d; start the shadow that wrote it"
              .formatted(version, VERSION));
    }
    String schedd = lines.text("schedd");
    String[] id = lines.value("job").split(" ", -1);
    if (id.length != 2) {
      throw lines.wrong("job");
    }
    JobName job = new JobName(schedd, lines.small("job", id[0]), lines.small("job", id[1]));
    int generation = lines.small("generation");
    Cut cut =
        new Cut(
            lines.small("run"), lines.text("backend"), lines.text("platform"), lines.number("cut"));
    return new Recipe(job, generation, cut, files(lines));
  }

  private static List<StoredFile> files(Lines lines) throws DamagedException {
    int count = lines.small("files");
    if (count < 1 || count > Recipe.MAX_FILES) {
      throw lines.wrong("files");
    }
    List<StoredFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String[] fields = lines.take().split(" ", -1);
      if (fields.length != 3 || !Hashes.isHash(fields[0])) {
        throw lines.wrong("file");
      }
      files.add(
          new StoredFile(
              lines.text("file", fields[2]), lines.number("file", fields[1]), fields[0]));
    }
    if (!lines.take().equals(END)) {
      throw lines.wrong(END);
    }
    return files;
  }
}
