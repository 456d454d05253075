package io.urubu.classad.eval;

import io.urubu.classad.ast.Name;
import io.urubu.classad.ast.Node;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes of an ad in their order, by key. */
public final class Attributes {
  public static final Attributes NONE = new Attributes(new LinkedHashMap<>());

  private final Map<String, Attribute> byKey;

  private Attributes(Map<String, Attribute> byKey) {
    this.byKey = byKey;
  }

  /** Takes a copy. */
  public static Attributes of(Map<String, Attribute> byKey) {
    return byKey.isEmpty() ? NONE : new Attributes(new LinkedHashMap<>(byKey));
  }

  public int size() {
    return byKey.size();
  }

  public @Nullable Attribute find(String key) {
    return byKey.get(key);
  }

  public Map<String, Attribute> byKey() {
    return Collections.unmodifiableMap(byKey);
  }

  public Collection<Attribute> all() {
    return byKey().values();
  }

  /** One attribute: what was written and what it was planned to. */
  public record Attribute(Name name, Node node, Program program) {}
}
