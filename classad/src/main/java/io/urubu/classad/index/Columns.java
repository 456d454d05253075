package io.urubu.classad.index;

import io.urubu.classad.eval.Attributes;
import io.urubu.classad.plan.Plan;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The columns of many ads, each made when first asked for. Any number of threads may ask. */
public final class Columns {
  /** Constraints come from anybody; columns are kept for this many attributes only. */
  private static final int MOST_COLUMNS = 64;

  private final List<Attributes> ads;
  private final Map<String, Column> columnByKey = new ConcurrentHashMap<>();

  public Columns(List<Attributes> ads) {
    this.ads = List.copyOf(ads);
  }

  /** All ads for which the plan can be true in a match with them, by their number. */
  public BitSet theirs(Plan plan) {
    return candidates(Bounds.of(plan, true));
  }

  /** All ads in which the plan can be true, by their number. */
  public BitSet mine(Plan plan) {
    return candidates(Bounds.of(plan, false));
  }

  /** The ads that meet the bound which the fewest ads meet: the program decides about the rest. */
  private BitSet candidates(List<Bound> bounds) {
    BitSet candidates = new BitSet(ads.size());
    int fewest = ads.size();
    Bound best = null;
    for (Bound bound : bounds) {
      int count = count(bound);
      if (count < fewest) {
        fewest = count;
        best = bound;
      }
    }
    if (best == null) {
      candidates.set(0, ads.size());
    } else {
      add(best, candidates);
    }
    return candidates;
  }

  private int count(Bound bound) {
    return switch (bound) {
      case Bound.Same same -> has(same.key()) ? column(same.key()).count(same) : ads.size();
      case Bound.Range range -> has(range.key()) ? column(range.key()).count(range) : ads.size();
      case Bound.Either(List<Bound> branches) -> {
        long sum = 0;
        for (Bound branch : branches) {
          sum += count(branch);
        }
        yield (int) Math.min(sum, ads.size());
      }
    };
  }

  private void add(Bound bound, BitSet candidates) {
    switch (bound) {
      case Bound.Same same -> column(same.key()).add(same, candidates);
      case Bound.Range range -> column(range.key()).add(range, candidates);
      case Bound.Either(List<Bound> branches) -> {
        for (Bound branch : branches) {
          add(branch, candidates);
        }
      }
    }
  }

  private boolean has(String key) {
    return columnByKey.containsKey(key) || columnByKey.size() < MOST_COLUMNS;
  }

  private Column column(String key) {
    return columnByKey.computeIfAbsent(key, wanted -> new Column(wanted, ads));
  }
}
