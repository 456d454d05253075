package io.urubu.schedd.queue;

import java.util.ArrayList;
import java.util.List;

/** The next life of a job, and what is to be done when it is durable. */
record Step(JobLife next, List<JobAction> actions) {
  Step {
    actions = List.copyOf(actions);
  }

  static Step to(JobLife next, JobAction... actions) {
    return new Step(next, List.of(actions));
  }

  /** This step's actions, and the other step. */
  Step then(Step other) {
    List<JobAction> both = new ArrayList<>(actions);
    both.addAll(other.actions());
    return new Step(other.next(), both);
  }
}
