package io.urubu.cli.classad;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Expression;
import io.urubu.classad.Match;
import io.urubu.classad.explain.Explanation;
import io.urubu.classad.explain.MatchExplanation;
import io.urubu.cli.session.JsonArray;
import io.urubu.cli.session.Session;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    description = "Tells condition by condition why two ads match or not, and with which values.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  private final Session session;
  private final AdFiles files;
  private final InstantSource clock = InstantSource.system();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "MY",
      description = "An ad (a job's, often), alone in this file (-: standard input).")
  private String my = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TARGETS",
      description = "Files of ads that it meets; without any it is alone.")
  private List<String> targets = List.of();

  @Option(
      names = {"-e", "--expression"},
      paramLabel = "EXPR",
      description = "Explains this in MY, instead of the Requirements of both sides.")
  private @Nullable String text;

  @Option(names = "--old", description = "EXPR is in old syntax, as submit files have it.")
  private boolean old;

  @Option(names = "--json", description = "An object for each explanation, as a JSON array.")
  private boolean json;

  ExplainCommand(Session session, AdFiles files) {
    this.session = session;
    this.files = files;
  }

  @Override
  public Integer call() throws Exception {
    Expression expression =
        text == null
            ? Expression.parse("MY.Requirements")
            : Given.expression(text, old, spec.commandLine());
    NamedAd mine = files.only(my);
    Told told = json ? new Objects() : new Told();
    if (targets.isEmpty()) {
      told.one(mine.name(), "", expression.explain(mine.ad(), clock));
    } else if (text == null) {
      files.each(targets, target -> told.both(mine, target));
    } else {
      files.each(
          targets,
          target ->
              told.one(
                  mine.name(), target.name(), expression.explain(mine.ad(), target.ad(), clock)));
    }
    told.end();
    return 0;
  }

  /** Tells in lines. */
  private class Told {
    private boolean first = true;

    void one(String name, String other, Explanation why)
        throws IOException, ClassAdSyntaxException {
      paragraph(name + (other.isEmpty() ? "" : " with " + other) + ":", why);
    }

    void both(NamedAd mine, NamedAd target) throws IOException, ClassAdSyntaxException {
      MatchExplanation why = Match.explain(mine.ad(), target.ad(), clock);
      paragraph(mine.name() + verb(why.left()) + target.name() + ":", why.left());
      paragraph(target.name() + verb(why.right()) + mine.name() + ":", why.right());
    }

    void end() {}

    private void paragraph(String title, Explanation why) {
      if (!first) {
        session.out().println();
      }
      first = false;
      session.out().println(title);
      session.out().print(why.toText().indent(2));
    }

    private static String verb(Explanation why) {
      return why.holds() ? " accepts " : " refuses ";
    }
  }

  /** Tells as objects. */
  private final class Objects extends Told {
    private final JsonArray array = new JsonArray(session.out());

    @Override
    void one(String name, String other, Explanation why) throws ClassAdSyntaxException {
      ClassAd.Builder object = ClassAd.builder().put("My", name);
      if (!other.isEmpty()) {
        object.put("Target", other);
      }
      array.add(object.put("Explanation", ExplanationAd.of(why)).build());
    }

    @Override
    void both(NamedAd mine, NamedAd target) throws ClassAdSyntaxException {
      MatchExplanation why = Match.explain(mine.ad(), target.ad(), clock);
      one(mine.name(), target.name(), why.left());
      one(target.name(), mine.name(), why.right());
    }

    @Override
    void end() {
      array.end();
    }
  }
}
