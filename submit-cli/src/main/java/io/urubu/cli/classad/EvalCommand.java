package io.urubu.cli.classad;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Dialect;
import io.urubu.classad.Expression;
import io.urubu.classad.Value;
import io.urubu.cli.session.JsonArray;
import io.urubu.cli.session.Refusal;
import io.urubu.cli.session.Session;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "eval",
    description = "Prints what expressions evaluate to, one line for each ad.",
    mixinStandardHelpOptions = true)
final class EvalCommand implements Callable<Integer> {
  private final Session session;
  private final AdFiles files;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "EXPR",
      arity = "1..*",
      description = "The expressions; -- goes before one that begins with -.")
  private List<String> texts = List.of();

  @Option(
      names = "--ads",
      paramLabel = "FILE",
      description = "Evaluates in each ad of this file (-: standard input); else in an empty ad.")
  private @Nullable String ads;

  @Option(
      names = "--target",
      paramLabel = "FILE",
      description = "The ad that TARGET means, alone in this file.")
  private @Nullable String target;

  @Option(
      names = "--old",
      description = "The expressions are in old syntax, as submit files have them.")
  private boolean old;

  @Option(
      names = "--new",
      description = "Prints as classad_eval does; else as condor_status -af:V does.")
  private boolean newDialect;

  @Option(names = "--raw", description = "Prints strings without their quotes.")
  private boolean raw;

  @Option(names = "--json", description = "An object for each ad, as a JSON array.")
  private boolean json;

  EvalCommand(Session session, AdFiles files) {
    this.session = session;
    this.files = files;
  }

  @Override
  public Integer call() throws Exception {
    List<Expression> expressions =
        texts.stream().map(text -> Given.expression(text, old, spec.commandLine())).toList();
    ClassAd other = target == null ? null : files.only(target).ad();
    Line line = json ? new Objects(expressions, other) : new Line(expressions, other);
    if (ads == null) {
      line.use(new NamedAd(ClassAd.empty(), "the empty ad"));
    } else {
      files.each(List.of(ads), line);
    }
    line.end();
    return line.ended ? 0 : Refusal.REFUSED;
  }

  /** Prints the values in one ad after the other. */
  private class Line implements AdFiles.Use {
    final List<Expression> expressions;
    final @Nullable ClassAd other;
    final InstantSource clock = InstantSource.system();
    boolean ended = true;

    /** Why there is an error is told once, not for each of a thousand ads. */
    private final Set<Expression> explained = new HashSet<>();

    Line(List<Expression> expressions, @Nullable ClassAd other) {
      this.expressions = expressions;
      this.other = other;
    }

    @Override
    public void use(NamedAd ad) throws IOException, ClassAdSyntaxException {
      StringJoiner values = new StringJoiner(" ");
      for (Expression expression : expressions) {
        values.add(shown(expression, ad));
      }
      session.out().println(values);
    }

    void end() {}

    private String shown(Expression expression, NamedAd ad) {
      if (raw && value(expression, ad.ad()) instanceof Value.Text(String text)) {
        return text;
      }
      return printed(expression, ad, newDialect ? Dialect.NEW : Dialect.OLD).orElse("");
    }

    final Value value(Expression expression, ClassAd ad) {
      return other == null ? expression.evaluate(ad, clock) : expression.evaluate(ad, other, clock);
    }

    /** What has no end has no value; a person is told why. */
    final Optional<String> printed(Expression expression, NamedAd ad, Dialect dialect) {
      Optional<String> text =
          other == null
              ? expression.print(ad.ad(), clock, dialect)
              : expression.print(ad.ad(), other, clock, dialect);
      if (text.isEmpty()) {
        ended = false;
        tell(expression, ad, "no value");
      } else if (text.get().equals("error") && explained.add(expression)) {
        tell(expression, ad, "error");
      }
      return text;
    }

    private void tell(Expression expression, NamedAd ad, String what) {
      String reason =
          switch (value(expression, ad.ad())) {
            case Value.Aborted(String why) -> ": " + why;
            case Value.Failed(String why) -> ": " + why;
            default -> "";
          };
      session.err().println("urubu: " + ad.name() + ": " + expression + ": " + what + reason);
    }
  }

  /** Prints the values in each ad as an object; what has no end is not in it. */
  private final class Objects extends Line {
    private final JsonArray array = new JsonArray(session.out());

    Objects(List<Expression> expressions, @Nullable ClassAd other) {
      super(expressions, other);
    }

    @Override
    public void use(NamedAd ad) throws IOException, ClassAdSyntaxException {
      ClassAd.Builder object = ClassAd.builder();
      for (int i = 0; i < expressions.size(); i++) {
        Expression expression = expressions.get(i);
        Optional<String> text = printed(expression, ad, Dialect.NEW);
        if (text.isPresent()) {
          put(object, texts.get(i), value(expression, ad.ad()), text.get());
        }
      }
      array.add(object.build());
    }

    private static void put(ClassAd.Builder object, String name, Value value, String text)
        throws ClassAdSyntaxException {
      switch (value) {
        case Value.Whole(long number) -> object.put(name, number);
        case Value.Real(double number) -> object.put(name, number);
        case Value.Text(String string) -> object.put(name, string);
        default -> object.putExpression(name, text);
      }
    }

    @Override
    void end() {
      array.end();
    }
  }
}
