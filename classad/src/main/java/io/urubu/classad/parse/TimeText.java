package io.urubu.classad.parse;

import io.urubu.classad.ast.Literal;
import io.urubu.classad.ast.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of times; a malformed one is null. A moment without a zone is one of the
 * machine's zone.
 */
final class TimeText {
  private static final int LONGEST = 1200;
  private static final Pattern ZONE = Pattern.compile("([+-])(\\d\\d):?(\\d\\d)$");
  private static final Pattern MOMENT =
      Pattern.compile(
          "\\D*+(\\d{4})(?:\\D*+(\\d\\d)(?:\\D*+(\\d\\d)(?:\\D*+(\\d\\d)(?:\\D*+(\\d\\d)(?:\\D*+"
              + "(\\d\\d))?)?)?)?)?\\D*+");

  private TimeText() {}

  static Literal.@Nullable Moment moment(String text, Span span) {
    if (text.length() > LONGEST) {
      return null;
    }
    String rest = text;
    Integer offset = null;
    Matcher zone = ZONE.matcher(text);
    if (text.endsWith("Z") || text.endsWith("z")) {
      rest = text.substring(0, text.length() - 1);
      offset = 0;
    } else if (zone.find()) {
      rest = text.substring(0, zone.start());
      int seconds = Integer.parseInt(zone.group(2)) * 3600 + Integer.parseInt(zone.group(3)) * 60;
      offset = zone.group(1).equals("-") ? -seconds : seconds;
    }
    Matcher parts = MOMENT.matcher(rest);
    if (!parts.matches()) {
      return null;
    }
    long local = seconds(parts);
    int given = offset == null ? offset(local) : offset;
    // One second before 1970 is how C says that a time is none.
    return local == -1 ? null : new Literal.Moment(local - given, given, span);
  }

  private static long seconds(Matcher parts) {
    LocalDate day =
        LocalDate.of(part(parts, 1, 0), 1, 1)
            .plusMonths(part(parts, 2, 1) - 1L)
            .plusDays(part(parts, 3, 0) - 1L);
    return day.toEpochDay() * 86_400
        + part(parts, 4, 0) * 3600L
        + part(parts, 5, 0) * 60L
        + part(parts, 6, 0);
  }

  /** The machine's offset when its clock, put to standard time, shows this. */
  private static int offset(long local) {
    ZoneRules rules = ZoneId.systemDefault().getRules();
    int standard = rules.getStandardOffset(Instant.ofEpochSecond(local)).getTotalSeconds();
    return rules.getOffset(Instant.ofEpochSecond(local - standard)).getTotalSeconds();
  }

  private static int part(Matcher parts, int group, int missing) {
    return parts.group(group) == null ? missing : Integer.parseInt(parts.group(group));
  }
}
