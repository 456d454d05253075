package io.urubu.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("unit")
final class PoolErrorTest {
  private static final Path PROJECT = Path.of("..");

  @ParameterizedTest
  @EnumSource
  void everyCodeHasAPageThatTellsTheMend(PoolError error) throws IOException {
    List<String> lines = Files.readAllLines(PROJECT.resolve(error.page()));

    assertThat(lines.getFirst()).isEqualTo("# " + error.name());
    assertThat(lines).contains("## What to do");
  }

  @Test
  void everyPageHasItsCode() throws IOException {
    List<Path> known = Stream.of(PoolError.values()).map(each -> Path.of(each.page())).toList();

    try (Stream<Path> pages = Files.list(PROJECT.resolve("docs/errors"))) {
      assertThat(pages.map(PROJECT::relativize)).hasSameElementsAs(known);
    }
  }

  @Test
  void anErrorTravelsAsAnAd() {
    PoolException sent = new PoolException(PoolError.JOB_NOT_FOUND, "no job 3.1");

    PoolException received = PoolException.fromAd(sent.toAd());

    assertThat(received.code()).isEqualTo(PoolError.JOB_NOT_FOUND);
    assertThat(received).hasMessage("no job 3.1");
    assertThat(PoolError.named("FROM_A_LATER_VERSION")).isEqualTo(PoolError.INTERNAL);
  }
}
