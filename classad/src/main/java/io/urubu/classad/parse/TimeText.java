package io.urubu.classad.parse;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Span;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the texts of times; a malformed one is null. A moment without a zone is UTC. */
final class TimeText {
  private static final int LONGEST = 1200;
  private static final Pattern ZONE = Pattern.compile("([+-])(\\d\\d):?(\\d\\d)$");
  private static final Pattern MOMENT =
      Pattern.compile(
          "\\D*+(\\d{4})(?:\\D*+(\\d\\d)(?:\\D*+(\\d\\d)(?:\\D*+(\\d\\d)(?:\\D*+(\\d\\d)(?:\\D*+"
              + "(\\d\\d))?)?)?)?)?\\D*+");
  private static final Pattern CLOCK =
      Pattern.compile(
          "\\s*(-?)\\s*(?:(\\d+)\\+)?(?:(?:(\\d+):)?(\\d+):)?(\\d+(?:\\.\\d*)?|\\.\\d+)\\s*");
  private static final Pattern UNITS =
      Pattern.compile(
          "\\s*(-?)\\s*(?:(\\d+)\\s*[dD]\\s*)?(?:(\\d+)\\s*[hH]\\s*)?(?:(\\d+)\\s*[mM]\\s*)?"
              + "(?:(\\d+(?:\\.\\d*)?|\\.\\d+)\\s*[sS]\\s*)?");

  private TimeText() {}

  static Literal.@Nullable Moment moment(String text, Span span) {
    if (text.length() > LONGEST) {
      return null;
    }
    int offset = 0;
    String rest = text;
    Matcher zone = ZONE.matcher(text);
    if (text.endsWith("Z") || text.endsWith("z")) {
      rest = text.substring(0, text.length() - 1);
    } else if (zone.find()) {
      rest = text.substring(0, zone.start());
      int seconds = Integer.parseInt(zone.group(2)) * 3600 + Integer.parseInt(zone.group(3)) * 60;
      offset = zone.group(1).equals("-") ? -seconds : seconds;
    }
    Matcher parts = MOMENT.matcher(rest);
    if (!parts.matches()) {
      return null;
    }
    LocalDate day =
        LocalDate.of(part(parts, 1, 0), 1, 1)
            .plusMonths(part(parts, 2, 1) - 1L)
            .plusDays(part(parts, 3, 0) - 1L);
    long seconds =
        day.toEpochDay() * 86_400
            + part(parts, 4, 0) * 3600L
            + part(parts, 5, 0) * 60L
            + part(parts, 6, 0);
    long instant = seconds - offset;
    return instant == -1 ? null : new Literal.Moment(instant, offset, span);
  }

  static Literal.@Nullable Interval interval(String text, Span span) {
    if (text.length() > LONGEST) {
      return null;
    }
    Matcher parts = CLOCK.matcher(text);
    if (!parts.matches()) {
      parts = UNITS.matcher(text);
      if (!parts.matches()) {
        return null;
      }
    }
    double seconds =
        number(parts, 2) * 86_400
            + number(parts, 3) * 3600
            + number(parts, 4) * 60
            + number(parts, 5);
    return new Literal.Interval(parts.group(1).equals("-") ? -seconds : seconds, span);
  }

  private static int part(Matcher parts, int group, int missing) {
    return parts.group(group) == null ? missing : Integer.parseInt(parts.group(group));
  }

  private static double number(Matcher parts, int group) {
    return parts.group(group) == null ? 0 : Double.parseDouble(parts.group(group));
  }
}
