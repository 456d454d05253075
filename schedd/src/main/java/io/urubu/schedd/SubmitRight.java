package io.urubu.schedd;

import java.util.List;
import java.util.function.Predicate;

/**
 * Whose jobs are taken.
 *
 * @param allowed accounts, or {@code *} for all
 * @param anyAccount whether shadows can run under other accounts than the schedd's
 * @param own the schedd's account
 */
record SubmitRight(List<String> allowed, boolean anyAccount, String own)
    implements Predicate<String> {

  @Override
  public boolean test(String account) {
    boolean listed = allowed.contains("*") || allowed.contains(account);
    return listed && (anyAccount || account.equals(own));
  }
}
