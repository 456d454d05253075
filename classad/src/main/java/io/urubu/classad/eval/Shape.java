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

  /** Ads with longer names, taken together, are no such kind either. */
  private static final int SHARED_CHARS = 20_000;

  /** More names in a row, with no free place between, were chosen for their hashes. */
  private static final int LONGEST_ROW = 100;

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
    for (int slot = 0; slot < this.names.length; slot++) {
      redefines |= ScopeName.of(keys[slot]) != ScopeName.NONE;
      place(slot);
    }
    this.crowded = longestRow() > LONGEST_ROW ? slots() : null;
    this.redefinesScopes = redefines;
  }

  /** The shape of these names, which differ in their keys. */
  static Shape of(List<Name> names) {
    return isCommon(names) ? SHARED.get(names, Shape::new) : new Shape(names);
  }

  /** Whether the shape may be kept when the ads are gone. */
  private static boolean isCommon(List<Name> names) {
    return names.size() <= SHARED_NAMES
        && names.stream().mapToInt(name -> name.text().length()).sum() <= SHARED_CHARS;
  }

  /** Puts the slot into the first free place from its start on. */
  private void place(int slot) {
    int at = start(keys[slot]);
    while (places[at] != 0) {
      at = (at + 1) & (places.length - 1);
    }
    places[at] = slot + 1;
  }

  /** How many places may have to be looked at before a name is known to be missing. */
  private int longestRow() {
    int longest = 0;
    int row = 0;
    for (int i = 0; i < 2 * places.length; i++) { // twice: the first place follows the last
      row = places[i & (places.length - 1)] == 0 ? 0 : row + 1;
      longest = Math.max(longest, row);
    }
    return longest;
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
