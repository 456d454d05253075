package io.urubu.cli.classad;

import io.urubu.classad.AdReader;
import io.urubu.classad.Ads;
import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.cli.session.Refusal;
import io.urubu.cli.session.Session;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files that a command reads; {@code -} is the standard input. */
final class AdFiles {
  static final String STANDARD_INPUT = "-";

  private final Session session;
  private boolean standardInputTaken;

  AdFiles(Session session) {
    this.session = session;
  }

  /** What is done with each ad. */
  @FunctionalInterface
  interface Use {
    void use(NamedAd ad) throws IOException, ClassAdSyntaxException;
  }

  /** Opens a file of ads in whatever form. */
  AdReader open(String file) throws IOException {
    return Ads.open(bytes(file), name(file));
  }

  /** Hands over the ads of these files one by one, in order. */
  void each(List<String> files, Use use) throws IOException, ClassAdSyntaxException {
    for (String file : files) {
      try (AdReader reader = open(file)) {
        int number = 0;
        Optional<ClassAd> ad = reader.next();
        while (ad.isPresent()) {
          number++;
          use.use(NamedAd.of(ad.get(), name(file), number));
          session.checkOutput();
          ad = reader.next();
        }
      }
    }
  }

  /** The ad of a file that has one. */
  NamedAd only(String file) throws IOException, ClassAdSyntaxException {
    try (AdReader reader = open(file)) {
      ClassAd ad =
          reader.next().orElseThrow(() -> refusal(file, "there is no ad in it, one is needed"));
      if (reader.next().isPresent()) {
        throw refusal(file, "there is more than one ad in it, one is needed");
      }
      return NamedAd.of(ad, name(file), 1);
    }
  }

  /** All of a file as text. */
  String text(String file) throws IOException {
    try (InputStream in = bytes(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What messages call the file. */
  static String name(String file) {
    return file.equals(STANDARD_INPUT) ? "standard input" : file;
  }

  private InputStream bytes(String file) throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      if (standardInputTaken) {
        throw refusal(file, "it can be read only once; name it (-) once");
      }
      standardInputTaken = true;
      return new NamedInput(session.in(), STANDARD_INPUT);
    }
    try {
      return new NamedInput(Files.newInputStream(Path.of(file)), file);
    } catch (NoSuchFileException _) {
      throw refusal(file, "no such file; mend the name");
    } catch (AccessDeniedException _) {
      throw refusal(file, "you may not read it; ask its owner, or change its permissions");
    } catch (InvalidPathException e) {
      throw refusal(file, "no name of a file here: " + e.getReason() + " (set LC_ALL=C.UTF-8)");
    } catch (IOException e) {
      throw refusal(file, "cannot be read: " + e.getMessage());
    }
  }

  private static Refusal refusal(String file, String problem) {
    return new Refusal(Refusal.REFUSED, "FILE_NOT_USABLE: " + name(file) + ": " + problem);
  }

  /** Names the file when it cannot be read further, as a folder cannot from the beginning. */
  private static final class NamedInput extends FilterInputStream {
    private final String file;

    NamedInput(InputStream in, String file) {
      super(in);
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        throw refusal(file, "cannot be read: " + e.getMessage());
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (IOException e) {
        throw refusal(file, "cannot be read: " + e.getMessage());
      }
    }
  }
}
