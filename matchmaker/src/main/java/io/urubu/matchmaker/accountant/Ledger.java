package io.urubu.matchmaker.accountant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every user's usage. Usage is counted from the first moment, also before what was stored is read:
 * the average is linear, so the two are simply added then. Not for several threads.
 */
final class Ledger {
  /** More users than this are not counted: their names come from other machines. */
  static final int MAX_USERS = 100_000;

  private static final int MAX_NAME_LENGTH = 320;

  private final Duration halfLife;
  private final Map<String, Usage> usageByUser = new HashMap<>();
  private final Set<String> unsaved = new HashSet<>();

  Ledger(Duration halfLife) {
    this.halfLife = halfLife;
  }

  /** Counts what every user used for so long. */
  void count(Map<String, Integer> slotsByUser, Duration passed) {
    usageByUser.replaceAll(
        (user, usage) -> usage.after(slotsByUser.getOrDefault(user, 0), passed, halfLife));
    slotsByUser.forEach(
        (user, slots) -> {
          if (!usageByUser.containsKey(user) && isAcceptable(user)) {
            usageByUser.put(user, Usage.NONE.after(slots, passed, halfLife));
          }
          if (usageByUser.containsKey(user)) {
            unsaved.add(user);
          }
        });
  }

  private boolean isAcceptable(String user) {
    return !user.isEmpty()
        && user.length() <= MAX_NAME_LENGTH
        && user.chars().allMatch(Ledger::isNameCharacter)
        && usageByUser.size() < MAX_USERS;
  }

  /** One name that the database cannot store would keep every row from being saved. */
  private static boolean isNameCharacter(int character) {
    return character > ' ' && character != 0x7f && !Character.isSurrogate((char) character);
  }

  /** Adds what was used before this process began. */
  void add(List<StoredUsage> stored, Instant now) {
    for (StoredUsage before : stored) {
      Usage aged = before.usage().after(0, Duration.between(before.at(), now), halfLife);
      usageByUser.merge(before.user(), aged, Usage::plus);
    }
  }

  double effectivePriority(String user) {
    return usageByUser.getOrDefault(user, Usage.NONE).effectivePriority();
  }

  List<UserPriority> priorities() {
    List<UserPriority> priorities = new ArrayList<>();
    usageByUser.forEach(
        (user, usage) ->
            priorities.add(
                new UserPriority(
                    user,
                    Math.max(usage.priority(), Usage.LEAST_PRIORITY),
                    usage.effectivePriority(),
                    usage.slotSeconds())));
    priorities.sort((left, right) -> left.user().compareTo(right.user()));
    return priorities;
  }

  /** What changed since it was last handed out here. */
  List<StoredUsage> takeUnsaved(Instant now) {
    List<StoredUsage> taken =
        unsaved.stream()
            .sorted()
            .flatMap(
                user ->
                    Optional.ofNullable(usageByUser.get(user)).stream()
                        .map(usage -> new StoredUsage(user, usage, now)))
            .toList();
    unsaved.clear();
    return taken;
  }

  /** Takes back what could not be saved. */
  void untake(List<StoredUsage> rows) {
    rows.forEach(row -> unsaved.add(row.user()));
  }
}
