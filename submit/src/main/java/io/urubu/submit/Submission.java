package io.urubu.submit;

import java.util.List;

/**
 * What a submit description asks for.
 *
 * @param requests one for each cluster, in order
 * @param warnings lines that the person should look at, with place and mend
 */
public record Submission(List<SubmitRequest> requests, List<String> warnings) {

  public Submission {
    requests = List.copyOf(requests);
    warnings = List.copyOf(warnings);
  }
}
