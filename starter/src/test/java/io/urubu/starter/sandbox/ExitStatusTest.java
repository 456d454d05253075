package io.urubu.starter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("module")
class ExitStatusTest {
  @TempDir Path folder;
  private Box box;

  @BeforeEach
  void open() throws IOException {
    box = new Box(folder);
  }

  @AfterEach
  void close() {
    box.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 126, 127, 128, 129, 137, 143, 162, 192, 254, 255})
  void anExitCodeIsTheProgramsOwn(int code) throws Exception {
    assertThat(box.run("/bin/sh", "-c", "exit " + code)).isEqualTo(new ProgramEnd.Exited(code));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 9, 11, 13, 15, 34, 64})
  void aSignalIsToldFromItsExitCode(int signal) throws Exception {
    assertThat(box.run("/usr/bin/perl", "-e", "kill " + signal + ", $$; sleep 10"))
        .isEqualTo(new ProgramEnd.Signalled(signal));
  }

  @Test
  void aJobIgnoresNoSignalThatWhoeverStartedThePoolIgnored() throws Exception {
    // Signals 32 and 33 are the C library's own.
    assertThat(box.output("grep SigIgn /proc/self/status")).containsPattern("[08]0000000\\s*$");
  }

  @Test
  void aProgramThatKillsEverythingItSeesWasKilled() throws Exception {
    assertThat(box.run("/bin/sh", "-c", "kill -9 -1; sleep 10"))
        .isEqualTo(new ProgramEnd.Signalled(9));
  }

  @Test
  void aMissingProgramIsNotAnExit() throws Exception {
    assertThat(box.run("/usr/bin/no-such-program"))
        .isEqualTo(
            new ProgramEnd.Unstarted("/usr/bin/no-such-program does not exist on this machine"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"#!/no/interpreter\n", "#!/bin/sh\r\n", "just text\n", "\u007fELFnonsense"})
  void whatCannotBeExecutedIsNotAnExit(String content) throws Exception {
    Path program = box.places.scratch().resolve("program");
    Files.writeString(program, content);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(box.run("/scratch/program")).isInstanceOf(ProgramEnd.Unstarted.class);
  }

  @Test
  void aProgramWithoutTheRightToExecuteIsNotAnExit() throws Exception {
    Files.writeString(box.places.scratch().resolve("program"), "#!/bin/sh\n");

    assertThat(box.run("/scratch/program"))
        .isEqualTo(new ProgramEnd.Unstarted("/scratch/program is not executable"));
  }

  @Test
  void stoppingAndGoingOnIsNoEnd() throws Exception {
    assertThat(box.run("/bin/sh", "-c", "(sleep 0.3; kill -CONT $$) & kill -STOP $$; exit 5"))
        .isEqualTo(new ProgramEnd.Exited(5));
  }

  @Test
  void theProgramGetsNoDescriptorButItsStreams() throws Exception {
    assertThat(box.output("ls /proc/self/fd | wc -l").strip())
        .as("0, 1, 2 and that of ls itself")
        .isEqualTo("4");
  }
}
