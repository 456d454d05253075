package io.urubu.config;

/**
 * Something that can be set, with the type of its value.
 *
 * @param <T> what {@link Config#get} answers
 */
public final class Knob<T> {
  private final String name;
  private final KnobType<T> type;
  private final String standard;
  private final String unit;
  private final String help;

  Knob(String name, KnobType<T> type, String standard, String unit, String help) {
    this.name = name;
    this.type = type;
    this.standard = standard;
    this.unit = unit;
    this.help = help;
  }

  public String name() {
    return name;
  }

  KnobType<T> type() {
    return type;
  }

  /** What a person calls its type. */
  public String typeName() {
    return type.name();
  }

  /** The text that holds when nobody sets it; may refer to other knobs. */
  public String standard() {
    return standard;
  }

  /** The unit of a plain number; empty where there is none. */
  public String unit() {
    return unit;
  }

  /** One line that tells what it is for. */
  public String help() {
    return help;
  }

  @Override
  public String toString() {
    return name;
  }
}
