package io.urubu.schedd.rest;

import io.urubu.command.PoolException;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Machines, as the matchmaker knows them. */
@RestController
final class MachinesController {
  private static final Set<String> PARAMETERS = Set.of("constraint", "limit", "after");

  private final RestSources sources;

  MachinesController(RestSources sources) {
    this.sources = sources;
  }

  /** Slots in the order of their names. */
  @GetMapping(path = "/api/v1/machines", produces = MediaType.APPLICATION_JSON_VALUE)
  byte[] list(@RequestParam MultiValueMap<String, String> query) throws PoolException {
    Parameters parameters = Parameters.of(query, PARAMETERS);
    Optional<String> after = parameters.text("after");
    Page page = new Page("machines", parameters.limit());
    boolean[] isFull = {false};
    sources
        .machines()
        .read(
            parameters.text("constraint").orElse(""),
            ad -> {
              String name = ad.string("Name").orElse("");
              if (!isFull[0] && after.map(last -> name.compareTo(last) > 0).orElse(true)) {
                isFull[0] = !page.add(name, ad);
              }
            });
    return page.toJson();
  }
}
