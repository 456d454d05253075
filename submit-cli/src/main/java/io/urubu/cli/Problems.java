package io.urubu.cli;

import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.cli.session.Refusal;
import io.urubu.command.PoolError;
import io.urubu.command.PoolException;
import io.urubu.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What went wrong, in one line for a person and one number for a script. */
final class Problems {
  private static final int REFUSED = 1;
  private static final int USAGE = 2;
  private static final int UNREACHABLE = 3;
  private static final int BUG = 70;
  private static final int CONFIGURATION = 78;

  private final PrintWriter err;
  private final boolean trace;

  Problems(PrintWriter err, boolean trace) {
    this.err = err;
    this.trace = trace;
  }

  /** A wrong option or argument: the message, a near miss, the synopsis. */
  int wrongUse(ParameterException e, String[] arguments) {
    CommandLine where = e.getCommandLine();
    err.println(where.getCommandSpec().qualifiedName() + ": " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.print(where.getHelp().fullSynopsis());
    err.println("See '" + where.getCommandSpec().qualifiedName() + " --help'.");
    return USAGE;
  }

  int failed(Exception e) {
    if (trace) {
      e.printStackTrace(err);
    }
    return switch (e) {
      case PoolException pool -> say(pool.code() + ": " + pool.getMessage(), status(pool.code()));
      case Refusal refusal -> say(String.valueOf(refusal.getMessage()), refusal.status());
      case ConfigException config -> say(String.valueOf(config.getMessage()), CONFIGURATION);
      case ClassAdSyntaxException syntax -> say(String.valueOf(syntax.getMessage()), REFUSED);
      case IOException io -> say(io.toString(), REFUSED);
      default ->
          say("this is a bug of Urubu: " + e + " (run again with --trace, and report it)", BUG);
    };
  }

  private int say(String message, int status) {
    err.println("urubu: " + message);
    return status;
  }

  private static int status(PoolError code) {
    return switch (code) {
      case POOL_UNREACHABLE -> UNREACHABLE;
      case INTERNAL -> BUG;
      case SUBMIT_DESCRIPTION_INVALID,
          FILE_NOT_USABLE,
          EXPRESSION_INVALID,
          REQUEST_INVALID,
          JOB_NOT_FOUND,
          PERMISSION_DENIED,
          LIMIT_EXCEEDED,
          DISK_FULL,
          DATABASE_UNAVAILABLE,
          MATCHMAKER_UNAVAILABLE,
          VERSION_MISMATCH,
          START_FAILED ->
          REFUSED;
    };
  }
}
