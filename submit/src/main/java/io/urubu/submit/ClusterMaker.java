package io.urubu.submit;

import io.urubu.classad.ClassAd;
import io.urubu.config.language.LogicalLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers what queue statements make into clusters: jobs of the same executable share one, as long
 * as no other comes between.
 */
final class ClusterMaker {
  /** Beyond this many different kinds of job in one cluster the request would be too large. */
  private static final int MAX_PARTS = 100;

  private final String source;
  private final int maxJobs;
  private final List<SubmitRequest> finished = new ArrayList<>();
  private final List<JobPart> parts = new ArrayList<>();
  private final Map<String, LogicalLine> lineByAttribute = new HashMap<>();
  private String command = "";
  private boolean checkFiles = true;
  private long jobs;

  ClusterMaker(String source, int maxJobs) {
    this.source = source;
    this.maxJobs = maxJobs;
  }

  /** Adds the jobs of one queue statement, or what is wrong with them. */
  void queue(Values values, LogicalLine statement, long count, Set<String> problems) {
    jobs += count;
    if (jobs > maxJobs) {
      problems.add(
          Draft.problem(
              statement,
              "%d jobs, at most %d are allowed in one submission".formatted(jobs, maxJobs)));
      return;
    }
    long first = parts.isEmpty() ? 0 : parts.getLast().end();
    List<JobPart> made = make(values, first, count, problems);
    String newCommand = made.isEmpty() ? command : made.getFirst().template("Cmd");
    if (!parts.isEmpty() && !newCommand.equals(command)) {
      finish();
      made = make(values, 0, count, problems);
    }
    command = newCommand;
    parts.addAll(made);
    if (parts.size() > MAX_PARTS) {
      problems.add(
          Draft.problem(
              statement,
              "more than %d different kinds of job in one cluster; submit several descriptions"
                  .formatted(MAX_PARTS)));
    }
  }

  private List<JobPart> make(Values values, long first, long count, Set<String> problems) {
    Set<String> ofAll = new LinkedHashSet<>();
    Optional<Map<String, String>> common =
        templates(values, JobNumbers.FIRST, JobNumbers.SECOND, first, count, ofAll);
    if (common.isPresent()) {
      return List.of(new JobPart(first, count, common.get()));
    }
    if (count > MAX_PARTS) {
      problems.addAll(ofAll);
      return List.of();
    }
    List<JobPart> each = new ArrayList<>();
    for (long process = first; process < first + count; process++) {
      String number = Long.toString(process);
      Set<String> ofOne = new LinkedHashSet<>();
      Optional<Map<String, String>> own =
          templates(
              values,
              new JobNumbers(JobNumbers.FIRST.cluster(), number),
              new JobNumbers(JobNumbers.SECOND.cluster(), number),
              first,
              count,
              ofOne);
      if (own.isEmpty()) {
        problems.addAll(ofOne);
        return List.of();
      }
      each.add(new JobPart(process, 1, own.get()));
    }
    return each;
  }

  /** One text per attribute that holds for both pairs of numbers; empty when something is wrong. */
  private Optional<Map<String, String>> templates(
      Values values,
      JobNumbers one,
      JobNumbers other,
      long first,
      long count,
      Set<String> problems) {
    Map<String, String> templates = templates(values, one, first, count, problems);
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> second = templates(values, other, first, count, problems);
    for (var entry : templates.entrySet()) {
      if (!entry.getValue().equals(second.get(entry.getKey()))) {
        LogicalLine line = lineByAttribute.get(entry.getKey());
        String problem =
            "%s depends on the job's number in a way that needs a submission of at most %d jobs"
                .formatted(entry.getKey(), MAX_PARTS);
        problems.add(line == null ? source + ": " + problem : Draft.problem(line, problem));
      }
    }
    return problems.isEmpty() ? Optional.of(templates) : Optional.empty();
  }

  private Map<String, String> templates(
      Values values, JobNumbers numbers, long first, long count, Set<String> problems) {
    Draft draft = new Draft(values.with(numbers, first, count));
    ClassAd ad = new JobAd(draft).make(values.with(JobNumbers.of(1, first), first, count));
    checkFiles = !draft.bool(Key.SKIP_FILECHECKS, false);
    problems.addAll(draft.problems());
    lineByAttribute.putAll(draft.lineByAttribute());
    Map<String, String> templates = new LinkedHashMap<>();
    for (String name : ad.names()) {
      templates.put(name, numbers.toTemplate(ad.expression(name).orElseThrow()));
    }
    templates.put("JobSubmitFile", quoted(source));
    return templates;
  }

  private static String quoted(String text) {
    return ClassAd.builder().put("Text", text).build().expression("Text").orElseThrow();
  }

  private void finish() {
    finished.add(new SubmitRequest(List.copyOf(parts), Map.copyOf(lineByAttribute), checkFiles));
    parts.clear();
    lineByAttribute.clear();
  }

  /** One request per cluster, in the order of the description. */
  List<SubmitRequest> requests() {
    if (!parts.isEmpty()) {
      finish();
    }
    return List.copyOf(finished);
  }
}
