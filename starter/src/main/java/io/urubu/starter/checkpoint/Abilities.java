package io.urubu.starter.checkpoint;

import io.urubu.classad.ClassAd;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /**
   * What this machine seems to have, without a trial.
   *
   * @param noImages why there is no folder for images; empty when there is
   */
  public static Abilities look(Optional<String> noImages) throws InterruptedException {
    Optional<DmtcpInstallation> dmtcp = DmtcpInstallation.find();
    if (dmtcp.isEmpty()) {
      return without(
          "it is not installed: install DMTCP 3 or newer (Fedora, EPEL and Arch package it;"
              + " elsewhere see dmtcp.sourceforge.io) so that its programs lie in /usr/bin or"
              + " /usr/local/bin");
    }
    if (noImages.isPresent()) {
      return without(noImages.get());
    }
    try {
      return new Abilities(
          Set.of(Backend.DMTCP, Backend.SELF, Backend.NONE), dmtcp.get().platform(), Map.of());
    } catch (IOException e) {
      return without("it cannot be tried: " + e.getMessage());
    }
  }

  static Abilities without(String whyNoDmtcp) {
    return new Abilities(Set.of(Backend.SELF, Backend.NONE), "", Map.of(Backend.DMTCP, whyNoDmtcp));
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
