package io.urubu.cli.queue;

import io.urubu.classad.ClassAd;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which jobs a command means. */
final class JobSelection {
  @Parameters(
      paramLabel = "ID",
      arity = "0..*",
      description = "A job (41.3) or a whole cluster (41).")
  private List<String> ids = List.of();

  @Option(
      names = "--constraint",
      paramLabel = "EXPR",
      description = "Jobs for whose ad this ClassAd expression is true.")
  private String constraint = "";

  boolean isEmpty() {
    return ids.isEmpty() && constraint.isEmpty();
  }

  ClassAd.Builder request(String command) {
    ClassAd.Builder request = ClassAd.builder().put("Command", command).put("Ids", ids);
    return constraint.isEmpty() ? request : request.put("Constraint", constraint);
  }
}
