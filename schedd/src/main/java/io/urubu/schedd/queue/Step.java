package io.urubu.schedd.queue;

import java.util.List;

/** The next life of a job, and what is to be done when it is durable. */
record Step(JobLife next, List<JobAction> actions) {
  Step {
    actions = List.copyOf(actions);
  }

  static Step to(JobLife next, JobAction... actions) {
    return new Step(next, List.of(actions));
  }
}
