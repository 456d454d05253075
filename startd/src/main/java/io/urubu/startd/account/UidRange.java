package io.urubu.startd.account;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The user ids that may be lent, both ends included. */
public record UidRange(int first, int last) {
  private static final Pattern TEXT = Pattern.compile("\\s*(\\d{1,9})\\s*-\\s*(\\d{1,9})\\s*");

  public UidRange {
    if (first < 1000 || last < first) {
      throw new IllegalArgumentException(
          "LENT_UIDS: "
              + first
              + "-"
              + last
              + " is no range of user ids from 1000 on: set it as in 70000-70999");
    }
  }

  /** Reads {@code 70000-70999}. */
  public static UidRange parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "LENT_UIDS: " + text + " is no range: set it as in 70000-70999");
    }
    return new UidRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  boolean contains(int uid) {
    return uid >= first && uid <= last;
  }

  IntStream stream() {
    return IntStream.rangeClosed(first, last);
  }
}
