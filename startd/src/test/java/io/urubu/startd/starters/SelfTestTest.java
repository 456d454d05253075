package io.urubu.startd.starters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SelfTestTest {

  @Test
  void theAdTellsWhatTheMachineCanSaveJobsWith() {
    SelfTestResult result =
        SelfTest.fit(
            """
            [Backends = {"self","none"}; CheckpointPlatform = ""; Missing = {"dmtcp: install it"}]
            """);

    assertThat(result)
        .isEqualTo(
            new SelfTestResult.Fit(List.of("self", "none"), "", Optional.of("dmtcp: install it")));
  }

  @Test
  void aStarterThatTellsNothingHasThePlainBackends() {
    SelfTestResult.Fit plain =
        new SelfTestResult.Fit(List.of("self", "none"), "", Optional.empty());

    assertThat(SelfTest.fit("jobs can be boxed in here\n")).isEqualTo(plain);
    assertThat(SelfTest.fit("[Backends = {\"self\"")).isEqualTo(plain);
    assertThat(SelfTest.fit("")).isEqualTo(plain);
  }
}
