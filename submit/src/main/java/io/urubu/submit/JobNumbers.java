package io.urubu.submit;

/**
 * What {@code $(Cluster)} and {@code $(Process)} stand for while attributes are made. The numbers
 * are not known then, so two pairs of marks, which nobody writes by chance, take their place: an
 * attribute that comes out alike for both varies with the numbers only where the marks stand.
 */
record JobNumbers(String cluster, String process) {
  static final JobNumbers FIRST = new JobNumbers("6180339887498", "7320508075688");
  static final JobNumbers SECOND = new JobNumbers("5413252488491", "9160797830996");

  static JobNumbers of(long cluster, long process) {
    return new JobNumbers(Long.toString(cluster), Long.toString(process));
  }

  /** The text with macros where the marks stood. */
  String toTemplate(String text) {
    return text.replace(cluster, "$(Cluster)").replace(process, "$(Process)");
  }

  /** A text that a template becomes when the numbers are known. */
  String fill(String template) {
    return template.replace("$(Cluster)", cluster).replace("$(Process)", process);
  }

  static boolean varies(String template) {
    return template.contains("$(Cluster)") || template.contains("$(Process)");
  }
}
