package io.urubu.starter.checkpoint;

import io.urubu.starter.sandbox.Places;
import io.urubu.starter.sandbox.Program;
import io.urubu.starter.sandbox.ProgramEnd;
import io.urubu.starter.sandbox.SandboxProcess;
import java.nio.file.Path;
import java.time.Duration;

/** For jobs that start over when they must leave. */
final class NoCheckpointer implements Checkpointer {
  @Override
  public Backend backend() {
    return Backend.NONE;
  }

  @Override
  public String platform() {
    return "";
  }

  @Override
  public Places shown(Places plain) {
    return plain;
  }

  @Override
  public Program fresh(Program job) {
    return job;
  }

  @Override
  public void unpack(Path generation, Duration limit) throws RestartException {
    throw new RestartException(
        "this job is not saved here, and its checkpoint cannot be used", false);
  }

  @Override
  public Program restarted(Program job, Path generation) {
    throw new IllegalStateException("nothing was unpacked");
  }

  @Override
  public void awaitRestarted(SandboxProcess process, Duration limit) {}

  @Override
  public Taken take(SandboxProcess process, int number, Duration limit) throws CheckpointException {
    throw new CheckpointException("this job cannot be saved: it starts over when it must leave");
  }

  @Override
  public ProgramEnd ended(SandboxProcess process, ProgramEnd end) {
    return end;
  }

  @Override
  public boolean isCheckpoint(ProgramEnd end) {
    return false;
  }

  @Override
  public Taken takeAtRest(int number) throws CheckpointException {
    throw new CheckpointException("this job cannot be saved: it starts over when it must leave");
  }

  @Override
  public void discard(int number) {}

  @Override
  public void close() {}
}
