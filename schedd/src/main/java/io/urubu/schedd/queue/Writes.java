package io.urubu.schedd.queue;

import io.urubu.protocol.id.JobId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one transaction writes; also again, when it did not get through. */
final class Writes {

  /** A submission's answer, kept for a client that asks again. */
  record Submission(String owner, String requestId, int cluster, int jobs) {}

  final List<Submission> submissions = new ArrayList<>();
  final Map<Integer, Cluster> newClusters = new LinkedHashMap<>();
  final List<Integer> endedClusters = new ArrayList<>();
  final Map<JobId, Job> newJobs = new LinkedHashMap<>();
  final Map<JobId, Job> changedJobs = new LinkedHashMap<>();
  final Map<JobId, Job> endedJobs = new LinkedHashMap<>();
  final List<LogEvent> events = new ArrayList<>();
  final Map<List<String>, LogMark> logMarks = new LinkedHashMap<>();

  boolean isEmpty() {
    return submissions.isEmpty()
        && newClusters.isEmpty()
        && newJobs.isEmpty()
        && changedJobs.isEmpty()
        && endedJobs.isEmpty()
        && events.isEmpty()
        && logMarks.isEmpty();
  }
}
