package io.urubu.submit;

import io.urubu.config.language.LogicalLine;
import io.urubu.config.language.MacroException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** A submit description: lines of {@code key = value} and the queue statements between them. */
public final class SubmitDescription {
  private static final int MAX_LENGTH = 8 << 20;

  private final String source;
  private final List<Line> lines;

  private SubmitDescription(String source, List<Line> lines) {
    this.source = source;
    this.lines = lines;
  }

  /**
   * Reads a description's text.
   *
   * @param source the file's name, for messages
   * @throws SubmitException with every line that is none of the language
   */
  public static SubmitDescription parse(String source, String text) throws SubmitException {
    if (text.length() > MAX_LENGTH) {
      throw new SubmitException(
          List.of(source + ": longer than " + MAX_LENGTH + " characters; is it a submit file?"));
    }
    if (text.startsWith("\ufeff")) {
      throw new SubmitException(
          List.of(source + ":1: begins with a byte order mark; save it as plain UTF-8"));
    }
    List<Line> lines =
        LogicalLine.of(source, text, LogicalLine.Within.TEXT).stream().map(Line::of).toList();
    List<String> problems = new ArrayList<>();
    for (Line line : lines) {
      if (line instanceof Line.Invalid(var where, var problem)) {
        problems.add(Draft.problem(where, problem));
      }
    }
    if (!problems.isEmpty()) {
      throw new SubmitException(problems);
    }
    return new SubmitDescription(source, lines);
  }

  /**
   * Makes the jobs' ads.
   *
   * @throws SubmitException with everything that is wrong, apart from what files there are
   */
  public Submission plan(SubmitContext context) throws SubmitException {
    Values values = Values.empty(context, source);
    ClusterMaker maker = new ClusterMaker(source, context.maxJobs());
    Set<String> problems = new LinkedHashSet<>();
    boolean queued = false;
    for (Line line : lines) {
      switch (line) {
        case Line.Assign assign -> values.set(assign);
        case Line.Queue queue -> {
          queued = true;
          OptionalLong count = count(queue, values, problems);
          if (count.isPresent() && count.getAsLong() > 0) {
            maker.queue(values, queue.line(), count.getAsLong(), problems);
          }
        }
        case Line.Invalid _ -> throw new IllegalStateException("parse lets none through");
      }
    }
    if (!queued) {
      problems.add(source + ": no queue statement; write queue as the last line");
    }
    if (!problems.isEmpty()) {
      throw new SubmitException(List.copyOf(problems));
    }
    List<String> warnings = new ArrayList<>();
    for (Line.Assign assign : values.unread()) {
      warnings.add(Draft.problem(assign.line(), Key.whyUnused(assign.name())));
    }
    for (Line.Assign assign : values.customRequests()) {
      Key.doubt(assign.name())
          .ifPresent(doubt -> warnings.add(Draft.problem(assign.line(), doubt)));
    }
    List<SubmitRequest> requests = maker.requests();
    if (requests.isEmpty()) {
      warnings.add(source + ": only empty queue statements: no jobs are queued");
    }
    return new Submission(requests, warnings);
  }

  /** How many jobs a queue statement makes; empty when that is a problem. */
  private static OptionalLong count(Line.Queue queue, Values values, Set<String> problems) {
    try {
      String text = values.expand(queue.count());
      if (text.isEmpty()) {
        return OptionalLong.of(1);
      }
      OptionalLong count = ConstantText.integer(text);
      if (count.isPresent() && count.getAsLong() >= 0) {
        return count;
      }
      problems.add(
          Draft.problem(
              queue.line(), "this version knows queue and queue N, with N a number from 0 on"));
    } catch (MacroException e) {
      problems.add(Draft.problem(queue.line(), String.valueOf(e.getMessage())));
    }
    return OptionalLong.empty();
  }
}
