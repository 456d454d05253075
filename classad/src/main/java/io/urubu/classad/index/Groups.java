package io.urubu.classad.index;

import java.util.BitSet;

/** Ads in numbered groups, each ad in one group at most: one array for all of them. Immutable. */
final class Groups {
  private final int[] starts; // where each group begins in ads; one more at the end
  private final int[] ads;

  /** Puts each ad into the group that stands at its number; -1 stands for none. */
  Groups(int[] groupByAd, int count) {
    starts = new int[count + 1];
    int members = 0;
    for (int group : groupByAd) {
      if (group >= 0) {
        starts[group + 1]++;
        members++;
      }
    }
    for (int group = 0; group < count; group++) {
      starts[group + 1] += starts[group];
    }
    ads = new int[members];
    int[] next = starts.clone();
    for (int ad = 0; ad < groupByAd.length; ad++) {
      if (groupByAd[ad] >= 0) {
        ads[next[groupByAd[ad]]++] = ad;
      }
    }
  }

  /** How many ads are in the groups from the first up to but not including the last. */
  int count(int from, int to) {
    return to <= from ? 0 : starts[to] - starts[from];
  }

  /** Adds the ads of the groups from the first up to but not including the last. */
  void add(int from, int to, BitSet found) {
    int end = to <= from ? starts[from] : starts[to];
    for (int i = starts[from]; i < end; i++) {
      found.set(ads[i]);
    }
  }
}
