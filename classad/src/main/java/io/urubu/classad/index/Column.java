package io.urubu.classad.index;

import io.urubu.classad.ast.Name;
import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Datum;
import io.urubu.classad.eval.Numbers;
import io.urubu.classad.eval.Program;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of one attribute in many ads: strings by hash, numbers in order. Immutable. */
final class Column {
  private final Map<String, BitSet> adsByText = new HashMap<>();
  private final BitSet open = new BitSet();
  private final double[] numbers; // different ones, in order
  private final int[] starts; // where the ads with each number begin in adsByNumber
  private final int[] adsByNumber;

  Column(String key, List<Attributes> ads) {
    double[] values = new double[ads.size()];
    BitSet numeric = new BitSet();
    for (int ad = 0; ad < ads.size(); ad++) {
      Attributes attributes = ads.get(ad);
      int slot = attributes.slot(key);
      if (attributes.redefinesScopes()) {
        open.set(ad); // what a name means there is for the program to find out
      } else if (slot >= 0 && sort(ad, attributes.program(slot))) {
        numeric.set(ad);
        values[ad] = Numbers.real((Datum) attributes.program(slot));
      }
    }
    numbers = different(values, numeric);
    starts = new int[numbers.length + 1];
    adsByNumber = new int[numeric.cardinality()];
    arrange(values, numeric);
  }

  /** Puts strings and what has to be run where they belong; whether the value is a number. */
  private boolean sort(int ad, Program program) {
    if (!(program instanceof Datum value)) {
      open.set(ad);
      return false;
    }
    if (value instanceof Datum.Text(String text)) {
      adsByText.computeIfAbsent(Name.key(text), _ -> new BitSet()).set(ad);
    }
    return Numbers.isNumber(value);
  }

  private static double[] different(double[] values, BitSet numeric) {
    double[] sorted = numeric.stream().mapToDouble(ad -> values[ad] + 0.0).sorted().toArray();
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || Double.compare(sorted[i], sorted[count - 1]) != 0) {
        sorted[count++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, count);
  }

  private void arrange(double[] values, BitSet numeric) {
    int[] places = new int[values.length];
    numeric.stream()
        .forEach(
            ad -> {
              places[ad] = Arrays.binarySearch(numbers, values[ad] + 0.0);
              starts[places[ad] + 1]++;
            });
    for (int i = 0; i < numbers.length; i++) {
      starts[i + 1] += starts[i];
    }
    int[] next = Arrays.copyOf(starts, numbers.length);
    numeric.stream().forEach(ad -> adsByNumber[next[places[ad]]++] = ad);
  }

  /** How many ads may meet the bound. */
  int count(Bound.Same same) {
    BitSet ads = adsByText.get(same.lowerCase());
    return open.cardinality() + (ads == null ? 0 : ads.cardinality());
  }

  void add(Bound.Same same, BitSet candidates) {
    candidates.or(open);
    BitSet ads = adsByText.get(same.lowerCase());
    if (ads != null) {
      candidates.or(ads);
    }
  }

  /** How many ads may meet the bound. */
  int count(Bound.Range range) {
    return open.cardinality() + starts[after(range.most())] - starts[from(range.least())];
  }

  void add(Bound.Range range, BitSet candidates) {
    candidates.or(open);
    int end = starts[after(range.most())];
    for (int i = starts[from(range.least())]; i < end; i++) {
      candidates.set(adsByNumber[i]);
    }
  }

  /** The first number not below this one. */
  private int from(double least) {
    int place = Arrays.binarySearch(numbers, least + 0.0);
    return place >= 0 ? place : -place - 1;
  }

  /** The first number above this one. */
  private int after(double most) {
    int place = Arrays.binarySearch(numbers, most + 0.0);
    int after = place >= 0 ? place + 1 : -place - 1;
    return Math.max(after, 0);
  }
}
