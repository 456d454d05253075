package io.urubu.classad.plan;

import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Program;
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
  private final String text;
  private final List<Name> names = new ArrayList<>();
  private final List<Program> programs = new ArrayList<>();

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
    Program program = program(skipBlanks(equals + 1, end), end);
    if (program == null || !Parser.isName(word) || names.size() >= Limits.ATTRIBUTES) {
      return false;
    }
    names.add(Name.of(word));
    programs.add(program);
    return true;
  }

  private @Nullable Program program(int from, int lineEnd) {
    int end = lineEnd;
    while (end > from && isBlank(text.charAt(end - 1))) {
      end--;
    }
    String right = text.substring(from, end);
    Program kept = Kept.find(right, Syntax.OLD);
    if (kept != null) {
      return kept;
    }
    try {
      return Kept.keep(right, Syntax.OLD, Parser.expression(right, Syntax.OLD));
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
