package io.urubu.starter.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.urubu.starter.sandbox.Program;
import io.urubu.starter.sandbox.ProgramEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that can be saved starts and ends as any other. */
@Tag("module")
class SavableStartTest {
  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new Workbench(folder);
  }

  @AfterEach
  void close() throws Exception {
    if (bench != null) {
      bench.close();
    }
  }

  private ProgramEnd end(String... words) throws Exception {
    try (Workbench.Run run = bench.run()) {
      run.begin(run.checkpointer.fresh(Workbench.program(words)));
      return run.end();
    }
  }

  @Test
  void itsEndIsExact() throws Exception {
    for (int code : new int[] {0, 1, 99, 137, 255}) {
      assertThat(end("/bin/sh", "-c", "exit " + code)).isEqualTo(new ProgramEnd.Exited(code));
    }
    for (int signal : new int[] {9, 11, 15, 34}) {
      assertThat(end("/bin/bash", "-c", "kill -" + signal + " $$; sleep 9"))
          .isEqualTo(new ProgramEnd.Signalled(signal));
    }
    assertThat(end("/bin/sh", "-c", "kill -9 -1; sleep 10")).isEqualTo(new ProgramEnd.Signalled(9));
  }

  @Test
  void whatCannotBeExecutedIsNotAnExit() throws Exception {
    assertThat(end("/usr/bin/no-such-program"))
        .isEqualTo(
            new ProgramEnd.Unstarted("/usr/bin/no-such-program does not exist on this machine"));
  }

  @Test
  void aProgramThatCannotBeSavedIsNotChosenForIt() throws Exception {
    Checkpointers checkpointers =
        new Checkpointers(
            new Abilities(Set.of(Backend.values()), "here", Map.of()),
            InstantSource.system(),
            System::nanoTime);
    try (Workbench.Run run = bench.run()) {
      Path program = run.folders.scratch().resolve("program");
      Map<String, String> kinds =
          Map.of(
              "\u007fELFnonsense",
              "no whole program",
              "#!/usr/bin/env python3\n",
              "",
              "#!/bin/sh\n",
              "",
              "\u007fELF\2" + "\0".repeat(80),
              "another kind of machine",
              "\u007fELF\2" + "\0".repeat(13) + "\76" + "\0".repeat(80),
              "statically linked");
      for (Map.Entry<String, String> kind : kinds.entrySet()) {
        Files.writeString(program, kind.getKey());
        Choice choice =
            checkpointers.choose(
                Workbench.ORDER, Workbench.program("/scratch/program"), run.folders);
        assertThat(choice.reason()).contains(kind.getValue());
        assertThat(choice.backend())
            .as(kind + ": " + choice.reason())
            .isEqualTo(kind.getValue().isEmpty() ? Backend.DMTCP : Backend.NONE);
      }
    }
  }

  @Test
  void wordsAndVariablesArriveByteForByte() throws Exception {
    Map<String, String> variables =
        Map.of("A", "b c\n'\"$x`\\", "IFS", "x", "odd.name", "y", "U", "ä");
    String odd = "ä\n\t'\"\\c\\0101 $(id) * -n";
    Program plain = Workbench.program("/usr/bin/env", "-0");
    try (Workbench.Run run = bench.run();
        Workbench.Run other = bench.run()) {
      run.begin(run.checkpointer.fresh(with(plain, variables)));
      assertThat(run.end()).isEqualTo(new ProgramEnd.Exited(0));
      assertThat(run.text("out").split("\0", -1))
          .filteredOn(
              variable ->
                  !variable.matches(
                      "(_|SHLVL|LD_PRELOAD|DMTCP_\\w+|JALIB_\\w+|_JAVA_SR_SIGNUM)=.*"))
          .containsExactlyInAnyOrder("A=b c\n'\"$x`\\", "IFS=x", "odd.name=y", "U=ä", "");

      other.begin(
          other.checkpointer.fresh(
              Workbench.program("/usr/bin/printf", "%s|%s|%s", odd, "", "%s")));
      assertThat(other.end()).isEqualTo(new ProgramEnd.Exited(0));
      assertThat(other.text("out")).isEqualTo(odd + "||%s");
      assertThat(other.text("err")).isEmpty();
    }
  }

  private static Program with(Program program, Map<String, String> environment) {
    return new Program(
        program.words(),
        new HashMap<>(environment),
        program.input(),
        program.output(),
        program.error(),
        program.hostname(),
        program.sharedMemoryBytes());
  }
}
