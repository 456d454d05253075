package io.urubu.cli.classad;

import io.urubu.classad.AdForm;
import io.urubu.classad.AdReader;
import io.urubu.classad.AdWriter;
import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.classad.Expression;
import io.urubu.classad.check.Finding;
import io.urubu.cli.session.Refusal;
import io.urubu.cli.session.Session;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "fmt",
    description = "Prints ads in another form, or says what is wrong with them.",
    mixinStandardHelpOptions = true)
final class FormatCommand implements Callable<Integer> {
  private final Session session;
  private final AdFiles files;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Files of ads in any form (usual: -, the standard input).")
  private List<String> names = List.of(AdFiles.STANDARD_INPUT);

  @ArgGroup private @Nullable Form form;

  @Option(
      names = "--expression",
      description = "Each file holds one expression instead; --old and --new tell its syntax.")
  private boolean expression;

  @Option(names = "--sort", description = "Sorts the attributes of each ad by name.")
  private boolean sort;

  /** At most one of these. */
  private static final class Form {
    @Option(names = "--old", description = "Lines of Name = value.")
    boolean old;

    @Option(names = "--new", description = "[ Name = value; ... ]")
    boolean brackets;

    @Option(names = "--json", description = "JSON, as condor_q -json prints.")
    boolean json;

    @Option(names = "--xml", description = "XML, as condor_q -xml prints.")
    boolean xml;

    @Option(
        names = "--check",
        description = "Prints no ads, only what can hardly be meant; status 1 if there is any.")
    boolean check;

    /** The form that was asked for, if any. */
    Optional<AdForm> ads() {
      return old
          ? Optional.of(AdForm.LONG)
          : brackets
              ? Optional.of(AdForm.NEW)
              : json ? Optional.of(AdForm.JSON) : xml ? Optional.of(AdForm.XML) : Optional.empty();
    }
  }

  FormatCommand(Session session, AdFiles files) {
    this.session = session;
    this.files = files;
  }

  @Override
  public Integer call() throws Exception {
    Form asked = form == null ? new Form() : form;
    if (expression && (asked.json || asked.xml)) {
      throw new ParameterException(
          spec.commandLine(), "an expression has no JSON or XML form: use --old or --new");
    }
    if (expression) {
      return expressions(asked);
    }
    return asked.check ? check() : format(asked);
  }

  private int format(Form asked) throws IOException, ClassAdSyntaxException {
    AdWriter writer = null;
    for (String name : names) {
      try (AdReader reader = files.open(name)) {
        if (writer == null) {
          writer = new AdWriter(asked.ads().orElse(reader.form()));
        }
        for (Optional<ClassAd> ad = reader.next(); ad.isPresent(); ad = reader.next()) {
          session.out().print(writer.add(sort ? ad.get().sorted() : ad.get()));
          session.checkOutput();
        }
      }
    }
    if (writer != null) {
      session.out().print(writer.end());
    }
    return 0;
  }

  private int check() throws IOException, ClassAdSyntaxException {
    int[] found = {0};
    files.each(
        names,
        ad -> {
          for (Finding finding : ad.ad().check()) {
            session.out().println(ad.name() + ": " + finding);
            found[0]++;
          }
        });
    return found[0] == 0 ? 0 : Refusal.REFUSED;
  }

  private int expressions(Form asked) throws IOException, ClassAdSyntaxException {
    int found = 0;
    for (String name : names) {
      String text = files.text(name);
      String source = AdFiles.name(name);
      if (asked.check) {
        List<Finding> findings = Expression.check(text, source);
        findings.forEach(session.out()::println);
        found += findings.size();
      } else if (asked.old) {
        session.out().println(Expression.parseOld(text, source).toOldString());
      } else {
        session.out().println(Expression.parse(text, source));
      }
    }
    return found == 0 ? 0 : Refusal.REFUSED;
  }
}
