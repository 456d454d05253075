package io.urubu.schedd.dispatch;

import io.urubu.schedd.claim.ClaimNews;
import io.urubu.schedd.negotiate.MatchNews;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings a slot's offer and the matchmaker's word of it together; either may come first. Belongs to
 * the queue's thread.
 */
final class Matches {
  /** No more of each wait at a time. */
  private static final int MAX_WAITING = 20_000;

  private record Waiting<T>(T what, long since) {}

  private final DispatchSettings settings;
  private final Map<String, Waiting<MatchNews.Matched>> matches = new HashMap<>();
  private final Map<String, Waiting<ClaimNews.Offered>> offers = new HashMap<>();

  Matches(DispatchSettings settings) {
    this.settings = settings;
  }

  /** The match that the offer is about, if it is known; otherwise the offer waits. */
  Optional<MatchNews.Matched> offered(ClaimNews.Offered offer) {
    Waiting<MatchNews.Matched> match = matches.remove(offer.ticket().toHex());
    if (match != null) {
      return Optional.of(match.what());
    }
    if (offers.size() < MAX_WAITING) {
      offers.put(offer.ticket().toHex(), new Waiting<>(offer, settings.now()));
    } else {
      offer.line().send(ClaimMessages.refused("too many offers wait for a match"));
    }
    return Optional.empty();
  }

  /** The offer that waits for this match, if there is one; otherwise the match waits. */
  Optional<ClaimNews.Offered> matched(MatchNews.Matched match) {
    Waiting<ClaimNews.Offered> offer = offers.remove(match.ticket().toHex());
    if (offer != null) {
      return Optional.of(offer.what());
    }
    if (matches.size() < MAX_WAITING) {
      matches.put(match.ticket().toHex(), new Waiting<>(match, settings.now()));
    }
    return Optional.empty();
  }

  /** Drops what has waited too long. */
  void expire(Consumer<MatchNews.Matched> lost) {
    Iterator<Waiting<MatchNews.Matched>> match = matches.values().iterator();
    while (match.hasNext()) {
      Waiting<MatchNews.Matched> waiting = match.next();
      if (settings.isOver(waiting.since(), settings.matchTimeout())) {
        match.remove();
        lost.accept(waiting.what());
      }
    }
    Iterator<Waiting<ClaimNews.Offered>> offer = offers.values().iterator();
    while (offer.hasNext()) {
      Waiting<ClaimNews.Offered> waiting = offer.next();
      if (settings.isOver(waiting.since(), settings.ticketPatience())) {
        offer.remove();
        waiting.what().line().send(ClaimMessages.refused("no match has this ticket"));
      }
    }
  }
}
