package io.urubu.classad.index;

import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Numbers;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of one attribute in many ads: strings by hash, numbers in order. Immutable. */
final class Column {
  private static final int NONE = -1;

  private final BitSet open = new BitSet();
  private final Map<String, Integer> groupByText = new HashMap<>();
  private final Groups texts;
  private final double[] numbers; // different ones, in order; the place is the group
  private final Groups adsByNumber;

  Column(String key, List<Attributes> ads) {
    int[] textGroups = new int[ads.size()];
    Arrays.fill(textGroups, NONE);
    double[] values = new double[ads.size()];
    BitSet numeric = new BitSet();
    for (int ad = 0; ad < ads.size(); ad++) {
      Datum value = known(key, ads.get(ad), ad);
      if (value instanceof Datum.Text(String text)) {
        textGroups[ad] = groupByText.computeIfAbsent(Name.key(text), _ -> groupByText.size());
      } else if (value != null && Numbers.isNumber(value)) {
        numeric.set(ad);
        values[ad] = Numbers.real(value) + 0.0; // there is one zero only
      }
    }
    texts = new Groups(textGroups, groupByText.size());
    numbers = different(values, numeric);
    int[] numberGroups = new int[ads.size()];
    for (int ad = 0; ad < numberGroups.length; ad++) {
      numberGroups[ad] = numeric.get(ad) ? Arrays.binarySearch(numbers, values[ad]) : NONE;
    }
    adsByNumber = new Groups(numberGroups, numbers.length);
  }

  /** The value in this ad; null if there is none or only the program can tell, which is noted. */
  private @Nullable Datum known(String key, Attributes ad, int number) {
    int slot = ad.slot(key);
    if (!ad.redefinesScopes() && slot < 0) {
      return null;
    }
    if (!ad.redefinesScopes() && ad.program(slot) instanceof Datum value && !isRounded(value)) {
      return value;
    }
    open.set(number);
    return null;
  }

  /** Whether the order of reals is not the order of these integers. */
  private static boolean isRounded(Datum value) {
    return value instanceof Datum.Int(long number) && Math.abs((double) number) >= 0x1p53;
  }

  private static double[] different(double[] values, BitSet numeric) {
    double[] sorted = numeric.stream().mapToDouble(ad -> values[ad]).sorted().toArray();
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || Double.compare(sorted[i], sorted[count - 1]) != 0) {
        sorted[count++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, count);
  }

  /** The ads of which only the program can tell. */
  BitSet open() {
    return open;
  }

  /** How many ads may meet the bound. */
  int count(Bound.Same same) {
    Integer group = groupByText.get(same.lowerCase());
    return open.cardinality() + (group == null ? 0 : texts.count(group, group + 1));
  }

  void add(Bound.Same same, BitSet candidates) {
    candidates.or(open);
    Integer group = groupByText.get(same.lowerCase());
    if (group != null) {
      texts.add(group, group + 1, candidates);
    }
  }

  /** How many ads may meet the bound. */
  int count(Bound.Range range) {
    return open.cardinality() + adsByNumber.count(from(range.least()), after(range.most()));
  }

  void add(Bound.Range range, BitSet candidates) {
    candidates.or(open);
    adsByNumber.add(from(range.least()), after(range.most()), candidates);
  }

  /** The first number not below this one. */
  private int from(double least) {
    int place = Arrays.binarySearch(numbers, least + 0.0);
    return place >= 0 ? place : -place - 1;
  }

  /** The first number above this one. */
  private int after(double most) {
    int place = Arrays.binarySearch(numbers, most + 0.0);
    return place >= 0 ? place + 1 : -place - 1;
  }
}
