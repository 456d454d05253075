package io.urubu.schedd.rest;

import io.urubu.classad.ClassAd;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Ads as one JSON object: an array of them, and where to go on when there are more. Bounded by
 * number and by size. Not for several threads.
 */
final class Page {
  private static final int MAX_CHARACTERS = 4 << 20;

  private final String name;
  private final int limit;
  private final StringBuilder ads = new StringBuilder();
  private int count;
  private String last = "";
  private Optional<String> next = Optional.empty();

  /**
   * An empty page.
   *
   * @param name of the array
   */
  Page(String name, int limit) {
    this.name = name;
    this.limit = limit;
  }

  /** False when the ad has no room any more: the page is full then. */
  boolean add(String id, ClassAd ad) {
    if (count >= limit || (count > 0 && ads.length() > MAX_CHARACTERS)) {
      next = Optional.of(last);
      return false;
    }
    ads.append(count == 0 ? "" : ",").append(ad.toJson());
    count++;
    last = id;
    return true;
  }

  byte[] toJson() {
    StringBuilder json = new StringBuilder(ads.length() + 100);
    json.append("{\"").append(name).append("\":[").append(ads).append("],\"next\":");
    if (next.isPresent()) {
      String quoted = ClassAd.builder().put("n", next.get()).build().toJson();
      json.append(quoted, quoted.indexOf(':') + 1, quoted.lastIndexOf('}'));
    } else {
      json.append("null");
    }
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }
}
