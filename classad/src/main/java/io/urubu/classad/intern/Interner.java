package io.urubu.classad.intern;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives equal keys the same value, most of the time: thousands of ads have the same names, strings
 * and expressions, and keep one copy of each. Each key has one place in a table of fixed size, so
 * that a flood of different keys costs copies and never memory. Any number of threads may use it
 * without a lock: a place holds one immutable entry or none, and an entry seen late is made anew.
 *
 * @param <K> what is looked up, with equals and hashCode
 * @param <V> what is kept; immutable
 */
public final class Interner<K, V> {
  private final @Nullable Entry<K, V>[] table;

  private record Entry<K, V>(K key, V value) {}

  /** A table of this many places, a power of two. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // there is no other way to make an array of these
  public Interner(int size) {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("an interner of " + size + " places: not a power of two");
    }
    this.table = new Entry[size];
  }

  /** The value kept for this key, or else the one made now, which is kept. */
  public V get(K key, Function<? super K, ? extends V> make) {
    V kept = find(key);
    return kept != null ? kept : keep(key, make.apply(key));
  }

  /** The value kept for this key; null if there is none. */
  public @Nullable V find(K key) {
    Entry<K, V> entry = table[place(key)];
    return entry != null && entry.key.equals(key) ? entry.value : null;
  }

  /** Keeps this value for this key. */
  public V keep(K key, V value) {
    table[place(key)] = new Entry<>(key, value);
    return value;
  }

  private int place(K key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16) ^ (hash >>> 8)) & (table.length - 1);
  }
}
