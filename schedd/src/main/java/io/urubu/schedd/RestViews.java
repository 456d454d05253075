package io.urubu.schedd;

import io.urubu.command.PoolException;
import io.urubu.schedd.commands.JobQueries;
import io.urubu.schedd.commands.JobTarget;
import io.urubu.schedd.commands.Principal;
import io.urubu.schedd.rest.RestSources;
import java.util.List;

/** What the REST API shows of this schedd: the same as the command socket. */
record RestViews(JobQueries queries, RestSources.Machines machines) {

  RestSources sources() {
    return new RestSources(
        (question, reader) -> queries.live(principal(question), question(question), reader),
        (question, reader) -> queries.ended(principal(question), question(question), reader),
        machines);
  }

  private static Principal principal(RestSources.Question question) {
    return new Principal(question.account(), question.isAdministrator());
  }

  /** The reader ends it: how much is shown is the API's business. */
  private static JobQueries.Question question(RestSources.Question question) throws PoolException {
    return new JobQueries.Question(
        JobTarget.parse(question.id().stream().toList(), question.constraint()),
        question.isAdministrator(),
        Integer.MAX_VALUE,
        List.of());
  }
}
