package io.urubu.classad;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Writes expressions that mostly mean something: operands fit their operators, names are those of
 * the ads that it writes. One in some places is wrong on purpose.
 */
final class RandomTexts {
  private static final List<String> COMPARISONS =
      List.of("==", "!=", "<", "<=", ">", ">=", "=?=", "=!=", "is", "isnt");
  private static final List<String> WORDS =
      List.of("a", "B", "ab", "linux", "X86_64", "", "1.5", "10", "a,b", "é", "x y", "i + 1");
  private static final List<String> PATTERNS =
      List.of("^a", "[a-c]+", "(l)(i)", "x|y", ".*", "\\\\d", "^$", "(");

  private final RandomGenerator random;

  RandomTexts(RandomGenerator random) {
    this.random = random;
  }

  /** An ad whose attributes are called after what they are, most of the time. */
  String ad() {
    List<String> fields = new ArrayList<>();
    for (String name : List.of("i", "j", "r", "b", "s", "t", "l", "n", "e", "f")) {
      if (random.nextInt(6) > 0) {
        fields.add((random.nextInt(30) == 0 ? "MY" : name) + " = " + of(name, 2));
      }
    }
    return "[" + String.join("; ", fields) + "]";
  }

  private String of(String name, int depth) {
    return switch (name) {
      case "i", "j" -> pick(integer(), integer(), whole(depth));
      case "r" -> pick("1.5", "-0.25", "1e10", real(depth));
      case "b" -> pick("true", "false", truth(depth));
      case "s", "t" -> pick(string(), string(), text(depth));
      case "l" -> list(depth);
      case "n" -> "[i = " + whole(1) + "; s = " + text(1) + "; k = " + any(1) + "]";
      default -> any(depth);
    };
  }

  /** Any expression. */
  String any(int depth) {
    return switch (random.nextInt(14)) {
      case 0, 1, 2, 3, 4 -> truth(depth);
      case 5, 6, 7 -> whole(depth);
      case 8 -> real(depth);
      case 9, 10 -> text(depth);
      case 11 -> list(depth);
      case 12 -> name("e", "f", "u", "MY", "TARGET", "n", "parent");
      default ->
          pick("undefined", "error", "[x = " + whole(depth - 1) + "]", "i + s", "absTime(5)");
    };
  }

  String truth(int depth) {
    if (depth <= 0) {
      return pick("true", "false", name("b"), whole(0) + " > " + whole(0));
    }
    return switch (random.nextInt(12)) {
      case 0, 1 -> truth(depth - 1) + " && " + truth(depth - 1);
      case 2, 3 -> truth(depth - 1) + " || " + truth(depth - 1);
      case 4 -> "!(" + truth(depth - 1) + ")";
      case 5, 6 -> whole(depth - 1) + " " + pick(COMPARISONS) + " " + whole(depth - 1);
      case 7 -> text(depth - 1) + " " + pick(COMPARISONS) + " " + text(depth - 1);
      case 8 -> pick("isUndefined(", "isError(", "isString(", "isList(") + any(depth - 1) + ")";
      case 9 -> "member(" + pick(whole(0), text(0)) + ", " + list(depth - 1) + ")";
      case 10 -> "regexp(\"" + pick(PATTERNS) + "\", " + text(depth - 1) + ")";
      default ->
          pick("stringListMember(", "stringListIMember(") + text(0) + ", " + text(depth - 1) + ")";
    };
  }

  String whole(int depth) {
    if (depth <= 0) {
      return pick(integer(), name("i", "j"), name("i"));
    }
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> "(" + whole(depth - 1) + pick(" + ", " - ", " * ") + whole(depth - 1) + ")";
      case 3 -> whole(depth - 1) + pick(" / ", " % ") + whole(0);
      case 4 -> "size(" + pick(text(depth - 1), list(depth - 1)) + ")";
      case 5 -> "int(" + pick(real(depth - 1), text(depth - 1)) + ")";
      case 6 -> pick("sum(", "min(", "max(") + list(depth - 1) + ")";
      case 7 -> list(depth - 1) + "[" + pick("0", "1", whole(0)) + "]";
      case 8 -> "(" + truth(depth - 1) + " ? " + whole(depth - 1) + " : " + whole(depth - 1) + ")";
      case 9 -> "(" + pick("-", "~", "+") + whole(depth - 1) + ")";
      case 10 -> "(" + whole(depth - 1) + pick(" & ", " | ", " ^ ", " << ") + whole(0) + ")";
      default -> pick("n.i", "n.k", "[i = 5; q = i].q", "quantize(i, 3)", "eval(\"i + 1\")");
    };
  }

  private String real(int depth) {
    return depth <= 0
        ? pick("1.5", "0.1", name("r"))
        : pick(
            "real(" + whole(depth - 1) + ")",
            real(depth - 1) + " * " + whole(0),
            "avg(" + list(depth - 1) + ")",
            "pow(" + whole(0) + ", 2)");
  }

  private String text(int depth) {
    if (depth <= 0) {
      return pick(string(), name("s", "t"));
    }
    return switch (random.nextInt(8)) {
      case 0, 1 -> "strcat(" + text(depth - 1) + ", " + any(depth - 1) + ")";
      case 2 -> "substr(" + text(depth - 1) + ", " + whole(0) + ", " + whole(0) + ")";
      case 3 -> pick("toUpper(", "toLower(", "string(") + text(depth - 1) + ")";
      case 4 -> "join(\"-\", " + list(depth - 1) + ")";
      case 5 -> "(" + text(depth - 1) + " ?: " + text(depth - 1) + ")";
      case 6 -> pick("n.s", "unparse(e)", "MY.s", "TARGET.s", "string(n)");
      default ->
          "ifThenElse(" + truth(depth - 1) + ", " + text(depth - 1) + ", " + text(depth - 1) + ")";
    };
  }

  private String list(int depth) {
    if (depth <= 0 || random.nextInt(4) == 0) {
      return pick(name("l"), "{1, i, 3}", "{\"a\", s}", "{}", "split(\"a b,c\")");
    }
    return pick(
        "{" + whole(depth - 1) + ", " + whole(depth - 1) + "}",
        "{" + text(depth - 1) + "}",
        "{[i = " + whole(0) + "], n}.i",
        "evalInEachContext(i + 1, {n, [i = 2]})",
        "split(" + text(depth - 1) + ")");
  }

  private String name(String... names) {
    return pick("", "", "", "MY.", "TARGET.", "MY.", "TARGET.") + pick(names);
  }

  private String integer() {
    return Integer.toString(random.nextInt(random.nextInt(5) == 0 ? 100_000 : 6));
  }

  private String string() {
    return "\"" + pick(WORDS) + "\"";
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
