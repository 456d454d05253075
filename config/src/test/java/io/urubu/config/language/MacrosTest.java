package io.urubu.config.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
final class MacrosTest implements Macros.Scope {
  private final Map<String, String> definitions = new HashMap<>();

  @Override
  public Optional<String> definition(String name) {
    return Optional.ofNullable(definitions.get(name.toUpperCase(Locale.ROOT)));
  }

  @Override
  public Optional<String> function(String name, String argument, Macros macros)
      throws MacroException {
    return name.equals("UP")
        ? Optional.of(macros.expand(argument).toUpperCase(Locale.ROOT))
        : Optional.empty();
  }

  private String expand(String text) throws MacroException {
    return new Macros(this).expand(text);
  }

  @Test
  void namesDefaultsAndFunctions() throws MacroException {
    definitions.put("A", "a$(B)");
    definitions.put("B", "b");

    assertThat(expand("$(A) $( a ) $(C) $(C:x$(B)) $UP(q$(B))")).isEqualTo("ab ab  xb QB");
    assertThat(expand("$(DOLLAR)(A)")).isEqualTo("$(A)");
  }

  @Test
  void whatIsNoReferenceStays() throws MacroException {
    String text = "$ $5 $() $(a b) $(open $$(Memory) $$([TARGET.Cpus]) $NOPE(x) a$";

    assertThat(expand(text)).isEqualTo(text);
  }

  @Test
  void aCircleIsNamed() {
    definitions.put("A", "$(B)");
    definitions.put("B", "$(C)");
    definitions.put("C", "$(B)");

    assertThatThrownBy(() -> expand("$(A)"))
        .isInstanceOf(MacroException.class)
        .hasMessageContaining("B -> C -> B");
  }

  @Test
  void aTextThatDoublesItselfIsStopped() {
    definitions.put("M0", "0123456789abcdef");
    for (int i = 1; i < 40; i++) {
      definitions.put("M" + i, "$(M" + (i - 1) + ")$(M" + (i - 1) + ")");
    }

    assertThatThrownBy(() -> expand("$(M39)")).hasMessageContaining("more than 1048576 characters");
  }

  @Test
  void lastLinesWithoutEndAreRead() {
    List<LogicalLine> lines =
        LogicalLine.of("f", "\ufeffa\r\n\n# c\nb \\\n c\\", LogicalLine.Within.TEXT);

    assertThat(lines)
        .containsExactly(
            new LogicalLine(new Position("f", 1), "a"),
            new LogicalLine(new Position("f", 4), "b c"));
  }

  @Test
  void nearestNames() {
    List<String> known = List.of("executable", "output", "error");

    assertThat(Nearest.to("excutable", known)).contains("executable");
    assertThat(Nearest.to("OUPTUT", known)).contains("output");
    assertThat(Nearest.to("zebra", known)).isEmpty();
  }
}
