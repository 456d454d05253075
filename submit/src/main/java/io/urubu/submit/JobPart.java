package io.urubu.submit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Jobs of a cluster with consecutive numbers that differ in nothing but their numbers.
 *
 * @param templates per attribute, in the ad's order, the expression with {@code $(Cluster)} and
 *     {@code $(Process)} where the numbers go
 */
record JobPart(long first, long count, Map<String, String> templates) {

  JobPart {
    templates = Collections.unmodifiableMap(new LinkedHashMap<>(templates));
  }

  /** The number after the last job's. */
  long end() {
    return first + count;
  }

  String template(String attribute) {
    return Objects.requireNonNullElse(templates.get(attribute), "undefined");
  }
}
