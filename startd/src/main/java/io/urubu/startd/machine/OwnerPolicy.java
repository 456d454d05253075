package io.urubu.startd.machine;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Expression;
import io.urubu.classad.Value;
import io.urubu.config.Config;
import io.urubu.config.Knob;
import io.urubu.config.Knobs;
import io.urubu.startd.slot.PolicyRule;
import io.urubu.startd.slot.PolicyValues;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The owner's expressions, and what they say to a machine and a job. */
public final class OwnerPolicy {
  private static final String START_IS_FALSE = "START is false";
  private static final long MOST_SECONDS = 10L * 365 * 24 * 3600;
  private static final Map<PolicyRule, Knob<String>> KNOBS =
      Map.of(
          PolicyRule.START, Knobs.START,
          PolicyRule.WANT_SUSPEND, Knobs.WANT_SUSPEND,
          PolicyRule.SUSPEND, Knobs.SUSPEND,
          PolicyRule.CONTINUE, Knobs.CONTINUE,
          PolicyRule.PREEMPT, Knobs.PREEMPT,
          PolicyRule.WANT_VACATE, Knobs.WANT_VACATE,
          PolicyRule.KILL, Knobs.KILL,
          PolicyRule.PERIODIC_CHECKPOINT, Knobs.PERIODIC_CHECKPOINT);

  private final Map<PolicyRule, Expression> expressionByRule;
  private final Expression retirement;
  private final Duration vacate;
  private final InstantSource clock;

  private OwnerPolicy(
      Map<PolicyRule, Expression> expressionByRule,
      Expression retirement,
      Duration vacate,
      InstantSource clock) {
    this.expressionByRule = expressionByRule;
    this.retirement = retirement;
    this.vacate = vacate;
    this.clock = clock;
  }

  public static OwnerPolicy of(Config config, InstantSource clock) {
    Map<PolicyRule, Expression> expressions = new EnumMap<>(PolicyRule.class);
    KNOBS.forEach((rule, knob) -> expressions.put(rule, expression(knob, config)));
    return new OwnerPolicy(
        expressions,
        expression(Knobs.MAX_JOB_RETIREMENT_TIME, config),
        config.get(Knobs.MACHINE_MAX_VACATE_TIME),
        clock);
  }

  private static Expression expression(Knob<String> knob, Config config) {
    try {
      return Expression.parseOld(config.get(knob));
    } catch (ClassAdSyntaxException e) {
      throw new IllegalArgumentException(knob.name() + " is no expression: " + e.getMessage(), e);
    }
  }

  Expression start() {
    return of(PolicyRule.START);
  }

  private Expression of(PolicyRule rule) {
    Expression expression = expressionByRule.get(rule);
    if (expression == null) {
      throw new IllegalStateException("the policy has no " + rule);
    }
    return expression;
  }

  /**
   * Asks all rules.
   *
   * @param jobAd of the job in the slot; empty without one
   * @param notReady why the machine can run nothing, whatever its owner says
   * @param inUse why the machine counts as in use, whatever its sensors say
   */
  public Sight look(
      ClassAd machineAd, ClassAd jobAd, Optional<String> notReady, Optional<String> inUse) {
    Set<PolicyRule> holding = EnumSet.noneOf(PolicyRule.class);
    for (PolicyRule rule : PolicyRule.values()) {
      if (rule == PolicyRule.START ? mayBegin(machineAd) : holds(rule, machineAd, jobAd)) {
        holding.add(rule);
      }
    }
    if (inUse.isPresent()) {
      holding.removeAll(Set.of(PolicyRule.START, PolicyRule.CONTINUE));
      holding.add(PolicyRule.SUSPEND);
    }
    Optional<String> closed =
        holding.contains(PolicyRule.START) ? notReady : inUse.or(() -> Optional.of(START_IS_FALSE));
    return new Sight(
        new PolicyValues(
            closed,
            holding,
            seconds(retirement.evaluate(machineAd, jobAd, clock), Duration.ZERO),
            shorter(vacate, jobAd.value("JobMaxVacateTime"))),
        machineAd,
        jobAd);
  }

  /** Only what is false for every job closes the machine. */
  private boolean mayBegin(ClassAd machineAd) {
    return switch (start().evaluate(machineAd, ClassAd.empty(), clock)) {
      case Value.Bool(var may) -> may;
      case Value.Whole(var number) -> number != 0;
      case Value _ -> true;
    };
  }

  /**
   * What an expression leaves undefined is not so, as in HTCondor; but where it cannot be computed,
   * or refers to what neither machine nor job has, the owner's comfort decides.
   */
  private boolean holds(PolicyRule rule, ClassAd machineAd, ClassAd jobAd) {
    Expression expression = of(rule);
    return switch (expression.evaluate(machineAd, jobAd, clock)) {
      case Value.Undefined _ -> isMisspelt(expression, machineAd, jobAd) && isOwnersComfort(rule);
      case Value.Failed _, Value.Aborted _ -> isOwnersComfort(rule);
      case Value value -> value.isTrue();
    };
  }

  private static boolean isOwnersComfort(PolicyRule rule) {
    return switch (rule) {
      case WANT_SUSPEND, SUSPEND, PREEMPT, WANT_VACATE -> true;
      case START, CONTINUE, KILL, PERIODIC_CHECKPOINT -> false;
    };
  }

  /** Whether it refers to a name that stands in no ad, while there is a job to have it. */
  private static boolean isMisspelt(Expression expression, ClassAd machineAd, ClassAd jobAd) {
    return jobAd.size() > 0
        && expression.attributesRead().stream()
            .anyMatch(name -> !machineAd.has(name) && !jobAd.has(name))
        && !expression.toString().toLowerCase(Locale.ROOT).contains("target.");
  }

  private static Duration shorter(Duration machine, Value job) {
    Duration wanted = seconds(job, machine);
    return wanted.compareTo(machine) < 0 ? wanted : machine;
  }

  private static Duration seconds(Value value, Duration otherwise) {
    return switch (value) {
      case Value.Whole(var seconds) when seconds >= 0 && seconds < MOST_SECONDS ->
          Duration.ofSeconds(seconds);
      case Value.Real(var seconds) when seconds >= 0 && seconds < MOST_SECONDS ->
          Duration.ofMillis((long) (seconds * 1000));
      case Value _ -> otherwise;
    };
  }

  /** The rule as it was written, with the values of what it refers to. */
  public String grounds(PolicyRule rule, Sight sight) {
    Expression expression = of(rule);
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(expression.attributesRead());
    String seen =
        names.stream()
            .map(name -> name + "=" + shown(name, sight))
            .collect(Collectors.joining(", "));
    String text =
        rule + ": " + expression.toOldString() + (seen.isEmpty() ? "" : " (" + seen + ")");
    return rule == PolicyRule.START
        ? sight.values().closed().filter(why -> !why.equals(START_IS_FALSE)).orElse(text)
        : text;
  }

  private String shown(String name, Sight sight) {
    ClassAd ad = sight.machineAd().has(name) ? sight.machineAd() : sight.jobAd();
    return ad.has(name)
        ? switch (ad.value(name)) {
          case Value.Bool(var value) -> Boolean.toString(value);
          case Value.Whole(var value) -> Long.toString(value);
          case Value.Real(var value) -> Double.toString(value);
          case Value.Text(var value) -> bounded(value);
          case Value _ -> bounded(ad.expression(name).orElse("undefined"));
        }
        : "undefined";
  }

  private static String bounded(String text) {
    return text.substring(0, Math.min(100, text.length()));
  }
}
