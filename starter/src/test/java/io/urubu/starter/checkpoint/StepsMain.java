package io.urubu.starter.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

/** A program that tests move: prints, writes a file, and ends with 5. */
final class StepsMain {
  private static final int STEPS = 150;
  private static final int CODE = 5;

  private StepsMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int random = new SecureRandom().nextInt(1 << 30);
    System.out.println("random " + random);
    Path file = Path.of("steps");
    Files.writeString(file, "");
    for (int i = 0; i < STEPS; i++) {
      System.out.println("step " + i);
      Files.writeString(file, "step " + i + "\n", StandardOpenOption.APPEND);
      Thread.sleep(7);
    }
    System.out.println("random " + random);
    System.exit(CODE);
  }
}
