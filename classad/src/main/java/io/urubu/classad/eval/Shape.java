package io.urubu.classad.eval;

import io.urubu.classad.ast.Name;
import io.urubu.classad.intern.Interner;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of an ad's attributes in their order. Ads of one kind share one shape. Immutable. */
final class Shape {
  /** Ads with more names than this are no kind of ad that comes again and again. */
  private static final int SHARED_NAMES = 1000;

  /** Names that are farther from their place were chosen to have the same hash. */
  private static final int FARTHEST = 100;

  // Shared by all ads of the process: what is in it is immutable, and that it is there shows only
  // in the memory that is saved.
  private static final Interner<List<Name>, Shape> SHARED = new Interner<>(1024);

  private final Name[] names;
  private final String[] keys;
  private final int[] places;
  private final @Nullable Map<String, Integer> crowded;
  private final boolean redefinesScopes;

  private Shape(List<Name> names) {
    this.names = names.toArray(Name[]::new);
    this.keys = names.stream().map(Name::key).toArray(String[]::new);
    this.places = new int[Math.max(4, Integer.highestOneBit(this.names.length * 2) * 2)];
    boolean redefines = false;
    int farthest = 0;
    for (int slot = 0; slot < this.names.length; slot++) {
      redefines |= ScopeName.of(keys[slot]) != ScopeName.NONE;
      farthest = Math.max(farthest, place(slot));
    }
    this.crowded = farthest > FARTHEST ? slots() : null;
    this.redefinesScopes = redefines;
  }

  /** The shape of these names, which differ in their keys. */
  static Shape of(List<Name> names) {
    return names.size() > SHARED_NAMES ? new Shape(names) : SHARED.get(names, Shape::new);
  }

  /** Puts the slot into the first free place from its start on; how far from there that is. */
  private int place(int slot) {
    int at = start(keys[slot]);
    int steps = 0;
    while (places[at] != 0) {
      at = (at + 1) & (places.length - 1);
      steps++;
    }
    places[at] = slot + 1;
    return steps;
  }

  private Map<String, Integer> slots() {
    Map<String, Integer> slots = HashMap.newHashMap(keys.length);
    for (int slot = 0; slot < keys.length; slot++) {
      slots.put(keys[slot], slot);
    }
    return slots;
  }

  private int start(String key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 15)) & (places.length - 1);
  }

  int size() {
    return names.length;
  }

  Name name(int slot) {
    return names[slot];
  }

  List<Name> names() {
    return Arrays.asList(names);
  }

  /** Where the value of the attribute with this key is; -1 if there is none. */
  int slot(String key) {
    if (crowded != null) {
      return crowded.getOrDefault(key, -1);
    }
    int at = start(key);
    while (true) {
      int slot = places[at] - 1;
      if (slot < 0 || keys[slot].equals(key)) {
        return slot;
      }
      at = (at + 1) & (places.length - 1);
    }
  }

  /** Whether an attribute is called MY, TARGET or another name that has a meaning of its own. */
  boolean redefinesScopes() {
    return redefinesScopes;
  }
}
