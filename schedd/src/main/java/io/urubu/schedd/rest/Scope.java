package io.urubu.schedd.rest;

/** What the holder of a token may do. */
enum Scope {
  /** See the subject's own jobs, and the machines. */
  READ,
  /** Submit jobs as the subject. */
  SUBMIT,
  /** Change what the subject's own workstations lend. */
  OWNER,
  /** Everything, for everybody. */
  ADMIN
}
