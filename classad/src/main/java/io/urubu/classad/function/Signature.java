package io.urubu.classad.function;

/** How a function is called: its name as it is usually spelled, and how many arguments it takes. */
public record Signature(String name, int fewest, int most) {
  public boolean takes(int arguments) {
    return arguments >= fewest && arguments <= most;
  }

  /** What messages say of a call with another number of arguments. */
  @Override
  public String toString() {
    return name + "() takes " + count();
  }

  private String count() {
    if (most == Table.MANY) {
      return "at least " + fewest + (fewest == 1 ? " argument" : " arguments");
    }
    return fewest == most
        ? fewest + (most == 1 ? " argument" : " arguments")
        : fewest + " to " + most + " arguments";
  }
}
