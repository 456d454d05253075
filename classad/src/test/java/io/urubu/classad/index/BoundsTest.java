package io.urubu.classad.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.parse.ParseException;
import io.urubu.classad.parse.Parser;
import io.urubu.classad.parse.Syntax;
import io.urubu.classad.plan.Formula;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class BoundsTest {
  private int names;

  @Test
  void alternativesWithinAlternativesAskForFewColumns() throws ParseException {
    assertThat(bounds(alternatives(1, 16)).all()).hasSize(1);
    assertThat(bounds(alternatives(2, 4)).all()).hasSize(1);
    assertThat(bounds(alternatives(2, 5)).all()).isEmpty();
    assertThat(bounds(alternatives(4, 16)).all()).isEmpty();
  }

  /** Attributes of different names, each but the outermost alternatives joined with one more. */
  private String alternatives(int depth, int width) {
    List<String> branches = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      branches.add(
          depth == 1 ? "n" + names++ + " == 1" : "((" + alternatives(depth - 1, width) + ") && z)");
    }
    return String.join(" || ", branches);
  }

  private static Bounds bounds(String text) throws ParseException {
    return Bounds.of(Formula.of(Parser.expression(text, Syntax.NEW)).plan(), false);
  }
}
