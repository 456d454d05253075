package io.urubu.classad.index;

import io.urubu.classad.eval.Attributes;
import io.urubu.classad.plan.Plan;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The columns of many ads, each made when first asked for. Any number of threads may ask. */
public final class Columns {
  /** Constraints come from anybody; columns are kept for this many attributes only. */
  private static final int MOST_COLUMNS = 64;

  /** To try so few ads costs less than to look at one more column. */
  private static final int FEW_ADS = 64;

  private final List<Attributes> ads;
  private final Map<String, Column> columnByKey = new ConcurrentHashMap<>();

  public Columns(List<Attributes> ads) {
    this.ads = List.copyOf(ads);
  }

  /** The ads for which the plan can be true in a match with them. */
  public Candidates theirs(Plan plan) {
    return candidates(Bounds.of(plan, true));
  }

  /** The ads in which the plan can be true. */
  public Candidates mine(Plan plan) {
    return candidates(Bounds.of(plan, false));
  }

  private Candidates candidates(Bounds bounds) {
    BitSet all = new BitSet(ads.size());
    all.set(0, ads.size());
    boolean exact = bounds.exact() && ads.size() >= FEW_ADS;
    BitSet open = new BitSet();
    int left = ads.size();
    for (Bound bound : ads.size() < FEW_ADS ? List.<Bound>of() : byCount(bounds.all())) {
      if (!has(bound)) {
        exact = false;
        continue;
      }
      boolean worthIt = left >= FEW_ADS && count(bound) < ads.size() - ads.size() / 8;
      if (!exact && !worthIt) {
        break; // and neither are the bounds behind it, which more ads meet
      }
      BitSet met = new BitSet(ads.size());
      add(bound, met, open);
      all.and(met);
      left = all.cardinality();
    }
    BitSet certain = new BitSet();
    if (exact) {
      certain.or(all);
      certain.andNot(open);
    }
    return new Candidates(all, certain);
  }

  /** Those that the fewest ads meet come first. */
  private List<Bound> byCount(List<Bound> bounds) {
    return bounds.size() < 2
        ? bounds
        : bounds.stream().sorted(Comparator.comparingInt(this::count)).toList();
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

  private void add(Bound bound, BitSet met, BitSet open) {
    switch (bound) {
      case Bound.Same same -> {
        column(same.key()).add(same, met);
        open.or(column(same.key()).open());
      }
      case Bound.Range range -> {
        column(range.key()).add(range, met);
        open.or(column(range.key()).open());
      }
      case Bound.Either(List<Bound> branches) -> {
        for (Bound branch : branches) {
          add(branch, met, open);
        }
      }
    }
  }

  private boolean has(Bound bound) {
    return switch (bound) {
      case Bound.Same same -> has(same.key());
      case Bound.Range range -> has(range.key());
      case Bound.Either(List<Bound> branches) -> branches.stream().allMatch(this::has);
    };
  }

  private boolean has(String key) {
    return columnByKey.containsKey(key) || columnByKey.size() < MOST_COLUMNS;
  }

  private Column column(String key) {
    return columnByKey.computeIfAbsent(key, wanted -> new Column(wanted, ads));
  }
}
