package io.urubu.starter.checkpoint;

import io.urubu.classad.ClassAd;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which backends this machine has.
 *
 * @param platform what must be equal on a machine that restarts an image of this one; empty without
 *     {@link Backend#DMTCP}
 * @param missing why it lacks the others, and what mends it
 */
public record Abilities(Set<Backend> backends, String platform, Map<Backend, String> missing) {
  public Abilities {
    backends = Set.copyOf(backends);
    missing = Map.copyOf(missing);
  }

  boolean has(Backend backend) {
    return backends.contains(backend);
  }

  /** As {@code --self-test} prints it. */
  public ClassAd toAd() {
    List<String> labels =
        List.of(Backend.values()).stream().filter(this::has).map(Backend::label).toList();
    List<String> reasons =
        List.of(Backend.values()).stream()
            .filter(missing::containsKey)
            .map(backend -> backend.label() + ": " + missing.get(backend))
            .toList();
    return ClassAd.builder()
        .put("Backends", labels)
        .put("CheckpointPlatform", platform)
        .put("Missing", reasons)
        .build();
  }
}
