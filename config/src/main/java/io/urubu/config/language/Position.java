package io.urubu.config.language;

/**
 * A line of a file, for messages.
 *
 * @param source a file's name, or where else the text came from
 * @param line counted from 1; 0 when the source has no lines, as the environment
 */
public record Position(String source, int line) {

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line;
  }
}
