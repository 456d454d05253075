package io.urubu.identity;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** A key and certificates in PEM, in the order in which they stand. */
record Pem(Optional<PrivateKey> key, List<X509Certificate> certificates) {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";

  Pem {
    certificates = List.copyOf(certificates);
  }

  static Pem parse(String text) throws IdentityException {
    Optional<PrivateKey> key = Optional.empty();
    List<X509Certificate> certificates = new ArrayList<>();
    try (PemReader reader = new PemReader(new StringReader(text))) {
      for (PemObject object = reader.readPemObject();
          object != null;
          object = reader.readPemObject()) {
        switch (object.getType()) {
          case CERTIFICATE -> certificates.add(Certificates.parse(object.getContent()));
          case PRIVATE_KEY ->
              key =
                  Optional.of(
                      KeyFactory.getInstance("EC")
                          .generatePrivate(new PKCS8EncodedKeySpec(object.getContent())));
          default -> throw new IdentityException("unexpected in PEM: " + object.getType());
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IdentityException("not readable as PEM: " + e.getMessage(), e);
    }
    return new Pem(key, certificates);
  }

  String format() {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      if (key.isPresent()) {
        writer.writeObject(new PemObject(PRIVATE_KEY, key.get().getEncoded()));
      }
      for (X509Certificate certificate : certificates) {
        writer.writeObject(new PemObject(CERTIFICATE, certificate.getEncoded()));
      }
    } catch (IOException | CertificateEncodingException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return text.toString();
  }
}
