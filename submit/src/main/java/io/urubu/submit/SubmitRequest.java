package io.urubu.submit;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.config.language.LogicalLine;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The jobs of one cluster, ready to be sent. */
public final class SubmitRequest {
  private final List<JobPart> parts;
  private final Map<String, LogicalLine> lineByAttribute;
  private final boolean checkFiles;

  SubmitRequest(List<JobPart> parts, Map<String, LogicalLine> lineByAttribute, boolean checkFiles) {
    this.parts = parts;
    this.lineByAttribute = lineByAttribute;
    this.checkFiles = checkFiles;
  }

  /** How many jobs the cluster has. */
  public long count() {
    return parts.getLast().end();
  }

  boolean checkFiles() {
    return checkFiles;
  }

  Map<String, LogicalLine> lineByAttribute() {
    return lineByAttribute;
  }

  /**
   * The request for the schedd's command socket.
   *
   * @param requestId the same for each attempt to send this request
   */
  public ClassAd toAd(String requestId) {
    ClassAd.Builder cluster = ClassAd.builder();
    ClassAd.Builder template = ClassAd.builder();
    for (String name : names()) {
      String text = merged(name);
      if (JobNumbers.varies(text)) {
        template.put(name, text);
      } else {
        putExpression(cluster, name, text);
      }
    }
    return ClassAd.builder()
        .put("Command", "Submit")
        .put("RequestId", requestId)
        .put("ClusterAd", cluster.build())
        .put("ProcTemplate", template.build())
        .put("Count", count())
        .build();
  }

  /** What the description says of one job. */
  public ClassAd ad(long cluster, long process) {
    JobPart part =
        parts.stream().filter(each -> process < each.end()).findFirst().orElse(parts.getLast());
    JobNumbers numbers = JobNumbers.of(cluster, process);
    ClassAd.Builder ad = ClassAd.builder();
    part.templates().forEach((name, text) -> putExpression(ad, name, numbers.fill(text)));
    return ad.build();
  }

  /** Whether the attribute is the same for all jobs of the cluster. */
  boolean isCommon(String attribute) {
    return !JobNumbers.varies(merged(attribute));
  }

  boolean variesWithCluster(String attribute) {
    return merged(attribute).contains("$(Cluster)");
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    parts.forEach(part -> names.addAll(part.templates().keySet()));
    return names;
  }

  /** One expression for all parts: where they differ, it chooses by the job's number. */
  private String merged(String name) {
    String text = parts.getLast().template(name);
    for (int i = parts.size() - 2; i >= 0; i--) {
      String own = parts.get(i).template(name);
      boolean same = true;
      for (JobPart later : parts.subList(i + 1, parts.size())) {
        same = same && own.equals(later.template(name));
      }
      if (!same) {
        text = "($(Process) < %d ? %s : %s)".formatted(parts.get(i).end(), own, text);
      }
    }
    return text;
  }

  private static void putExpression(ClassAd.Builder ad, String name, String text) {
    try {
      ad.putExpression(name, text);
    } catch (ClassAdSyntaxException e) {
      throw new IllegalStateException(name + " = " + text + " was an expression before", e);
    }
  }
}
