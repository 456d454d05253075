package io.urubu.classad;

import io.urubu.classad.eval.Attributes;
import io.urubu.classad.eval.Scope;
import io.urubu.classad.index.Candidates;
import io.urubu.classad.index.Columns;
import io.urubu.classad.plan.Plan;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Many ads to be searched by constraints. Comparisons of an attribute with a constant, alone or
 * joined by {@code &&} and {@code ||}, are answered from an index (a hash for strings, an order for
 * numbers) that is made when an attribute is first asked for; the ads that are left are tried one
 * by one. The answers are those of trying every ad. The ads do not change; any number of threads
 * may search.
 *
 * @param <T> what has an ad
 */
public final class AdIndex<T> {
  private final List<T> items;
  private final List<ClassAd> ads;
  private final Columns columns;

  private AdIndex(List<T> items, List<ClassAd> ads) {
    this.items = items;
    this.ads = ads;
    List<Attributes> attributes = new ArrayList<>(ads.size());
    ads.forEach(ad -> attributes.add(ad.attributes()));
    this.columns = new Columns(attributes);
  }

  public static AdIndex<ClassAd> of(List<ClassAd> ads) {
    return of(ads, ad -> ad);
  }

  /** The items, each with the ad that this function gives for it. */
  public static <T> AdIndex<T> of(List<T> items, Function<? super T, ClassAd> ad) {
    List<ClassAd> ads = new ArrayList<>(items.size());
    items.forEach(item -> ads.add(ad.apply(item)));
    return new AdIndex<>(List.copyOf(items), ads);
  }

  public int size() {
    return items.size();
  }

  /** Those in whose ad the constraint is true or a number other than zero, in their order. */
  public List<T> where(Expression constraint) {
    return where(constraint, InstantSource.system());
  }

  /** The same at the time of this clock. */
  public List<T> where(Expression constraint, InstantSource clock) {
    Candidates candidates = columns.mine(constraint.plan());
    BitSet all = candidates.all();
    List<T> found = new ArrayList<>();
    for (int i = all.nextSetBit(0); i >= 0; i = all.nextSetBit(i + 1)) {
      if (candidates.certain().get(i)
          || Run.isTrue(constraint.program(), Scope.of(ads.get(i).attributes()), clock)) {
        found.add(items.get(i));
      }
    }
    return found;
  }

  /**
   * Those that match, each side accepting the other, in their order. Each is tried when the stream
   * comes to it.
   */
  public Stream<T> matching(Matcher matcher) {
    Plan plan = matcher.plan();
    if (plan == null) {
      return Stream.empty();
    }
    Candidates candidates = columns.theirs(plan);
    return candidates.all().stream()
        .filter(
            i ->
                candidates.certain().get(i)
                    ? matcher.isAcceptedBy(ads.get(i))
                    : matcher.matches(ads.get(i)))
        .mapToObj(items::get);
  }
}
