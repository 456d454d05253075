package io.urubu.matchmaker.collector;

/**
 * What the matchmaker keeps at most, whatever its peers send.
 *
 * @param startds startds that are connected or in their grace
 * @param slotsPerStartd slots that one startd advertises
 * @param attributesPerAd attributes of one machine ad
 * @param bytesPerAd length of one machine ad or one demand's ad as text
 * @param schedds schedds that are connected
 * @param demandsPerSchedd autoclusters that one schedd speaks of
 * @param significantAttributes names of job attributes told to the schedds
 */
public record Limits(
    int startds,
    int slotsPerStartd,
    int attributesPerAd,
    int bytesPerAd,
    int schedds,
    int demandsPerSchedd,
    int significantAttributes) {

  /** Enough for a pool of ten thousand workstations. */
  public static Limits standard() {
    return new Limits(20_000, 4_096, 1_000, 256 << 10, 200, 50_000, 500);
  }
}
