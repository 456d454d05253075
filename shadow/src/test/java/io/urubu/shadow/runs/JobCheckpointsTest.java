package io.urubu.shadow.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.classad.ClassAd;
import io.urubu.protocol.id.JobId;
import io.urubu.protocol.id.RunRef;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class JobCheckpointsTest {
  private static final RunRef RUN = new RunRef("schedd", new JobId(41, 3), 2);
  private static final RunRef NEXT = new RunRef("schedd", new JobId(41, 3), 3);

  private static Generation generation(int number) {
    return new Generation(number, 2, "dmtcp", "", 7, 0, Sha256.hash(new byte[] {(byte) number}));
  }

  private static Prepared prepared(int number) {
    return new Prepared(RUN, number + 10, generation(number), ClassAd.empty());
  }

  private static Verdict accepted(int number, Integer... kept) {
    return new Verdict(RUN, number, true, "", List.of(kept));
  }

  @Test
  void acceptedGenerationIsTheNewestAndOnlyTheKeptStay() {
    JobCheckpoints before =
        JobCheckpoints.NONE
            .admitted(RUN, List.of(generation(4), generation(3)))
            .prepared(prepared(5))
            .prepared(prepared(6));

    JobCheckpoints now = before.settled(prepared(5), accepted(5, 5, 4));

    assertThat(now.committed()).containsExactly(generation(5), generation(4));
    assertThat(now.newest()).hasValue(generation(5));
    assertThat(now.pending()).containsExactly(prepared(6));
    assertThat(now.numbers()).containsExactly(4, 5, 6);
    assertThat(now.answered(RUN, 15)).hasValue(new Answer(RUN, 15, 5, ""));
    assertThat(now.answered(NEXT, 15)).isEmpty();
  }

  @Test
  void refusedGenerationChangesNothingThatCounts() {
    JobCheckpoints before =
        JobCheckpoints.NONE.admitted(RUN, List.of(generation(4))).prepared(prepared(5));

    JobCheckpoints now =
        before.settled(prepared(5), new Verdict(RUN, 5, false, "held", List.of(4)));

    assertThat(now.committed()).containsExactly(generation(4));
    assertThat(now.pending()).isEmpty();
    assertThat(now.answered(RUN, 15)).hasValue(Answer.refused(RUN, 15, "held"));
  }

  @Test
  void verdictOnAnotherRunsGenerationOfThatNumberIsNotTaken() {
    JobCheckpoints known = JobCheckpoints.NONE.prepared(prepared(5));

    assertThat(known.pending(new Verdict(NEXT, 5, false, "", List.of()))).isEmpty();
    assertThat(known.pending(accepted(6, 6))).isEmpty();
    assertThat(known.pending(accepted(5, 5))).hasValue(prepared(5));
  }

  @Test
  void nextRunForgetsAnswersAndTakesTheScheddsWordForWhatIsCommitted() {
    JobCheckpoints before =
        JobCheckpoints.NONE
            .prepared(prepared(5))
            .settled(prepared(5), accepted(5, 5))
            .prepared(prepared(6));

    JobCheckpoints now = before.admitted(NEXT, List.of(generation(4)));

    assertThat(now.committed()).containsExactly(generation(4));
    assertThat(now.pending()).containsExactly(prepared(6));
    assertThat(now.answered()).isEmpty();
  }

  @Test
  void fewAnswersAreRemembered() {
    JobCheckpoints known = JobCheckpoints.NONE;
    for (int number = 1; number <= 50; number++) {
      known = known.prepared(prepared(number)).settled(prepared(number), accepted(number, number));
    }

    assertThat(known.answered()).hasSize(4);
    assertThat(known.answered(RUN, 60)).isPresent();
    assertThat(known.committed()).containsExactly(generation(50));
  }
}
