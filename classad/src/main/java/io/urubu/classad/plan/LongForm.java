package io.urubu.classad.plan;

import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Program;
import io.urubu.classad.intern.Interner;
import io.urubu.classad.limit.Limits;
import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.SourceText;
import io.urubu.classad.parse.Syntax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads ads in lines of {@code Name = expression}, old syntax. A line that looks like those of ads
 * before it is not read again; one that looks unusual leaves the whole text to the parser, which
 * also has the words for what is wrong with it.
 */
public final class LongForm {
  // The line that each name had last: ads of one kind have most of their lines in common. Shared by
  // all of the process, immutable, and of bounded size.
  private static final Interner<String, Line> LINES = new Interner<>(1 << 11);

  private final String text;
  private final List<Name> names = new ArrayList<>();
  private final List<Program> programs = new ArrayList<>();

  /** A line: its name, what stands right of the equals sign, and what ads keep of that. */
  private record Line(Name name, String right, Program program) {}

  private LongForm(String text) {
    this.text = text;
  }

  public static Attributes attributes(SourceText source) throws ParseException {
    String text = source.text();
    LongForm form = new LongForm(text);
    // A longer text might have too many tokens, which the parser counts.
    return text.length() <= Limits.TOKENS && form.lines()
        ? form.whole()
        : Kept.attributes(Parser.lines(source, Syntax.OLD));
  }

  private Attributes whole() {
    Map<String, Attributes.Attribute> byKey = LinkedHashMap.newLinkedHashMap(names.size());
    for (int i = 0; i < names.size(); i++) {
      byKey.merge(
          names.get(i).key(),
          new Attributes.Attribute(names.get(i), programs.get(i)),
          (first, later) -> new Attributes.Attribute(first.name(), later.program()));
    }
    return byKey.size() == names.size()
        ? Attributes.of(List.copyOf(names), programs)
        : Attributes.of(byKey);
  }

  private boolean lines() {
    int from = 0;
    while (from < text.length()) {
      int newline = text.indexOf('\n', from);
      int end = newline < 0 ? text.length() : newline;
      if (!line(from, end)) {
        return false;
      }
      from = end + 1;
    }
    return true;
  }

  /** Whether the line is an attribute as usual, or none. */
  private boolean line(int from, int end) {
    int start = skipBlanks(from, end);
    if (start == end || text.charAt(start) == '#') {
      return true;
    }
    int nameEnd = start;
    while (nameEnd < end && isWord(text.charAt(nameEnd))) {
      nameEnd++;
    }
    int equals = skipBlanks(nameEnd, end);
    if (nameEnd == start || equals == end || text.charAt(equals) != '=') {
      return false;
    }
    String word = text.substring(start, nameEnd);
    Line line = line(word, skipBlanks(equals + 1, end), end);
    if (line == null || names.size() >= Limits.ATTRIBUTES) {
      return false;
    }
    names.add(line.name);
    programs.add(line.program);
    return true;
  }

  /** What the word is defined as; null if the parser has to look at it. */
  private @Nullable Line line(String word, int from, int lineEnd) {
    int end = lineEnd;
    while (end > from && isBlank(text.charAt(end - 1))) {
      end--;
    }
    boolean onlyReturn = lineEnd - end == 1 && text.charAt(end) == '\r';
    if (end < lineEnd && !onlyReturn && end - from > 1 && text.charAt(end - 2) == '\\') {
      return null; // with blanks behind it a quote may not end the string
    }
    Line before = LINES.find(word);
    if (before != null
        && before.right.length() == end - from
        && text.startsWith(before.right, from)) {
      return before;
    }
    if (before == null && !Parser.isName(word)) {
      return null;
    }
    String right = text.substring(from, end);
    try {
      Name name = before == null ? Name.of(word) : before.name;
      Line line = new Line(name, right, Kept.of(right, Syntax.OLD));
      return word.length() + right.length() > Kept.SHARED_LENGTH ? line : LINES.keep(word, line);
    } catch (ParseException _) {
      return null;
    }
  }

  private int skipBlanks(int from, int end) {
    int at = from;
    while (at < end && isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
