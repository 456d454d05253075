package io.urubu.starter.imagefolder;

/** What the names mean that DMTCP uses in the folder for images. */
enum ImageName {
  /** {@code ckpt_<program>_<id>.dmtcp}, written as {@code ….dmtcp.temp}: one process's memory. */
  IMAGE,
  /** {@code ckpt_<program>_<id>_files}: copies of files that the process has open and deleted. */
  FILES,
  /** A script that would restart the job: of no use here, but DMTCP insists on writing it. */
  SCRIPT,
  /** A link to the newest script, made anew each time. */
  NEWEST_SCRIPT,
  /** Anything else. */
  STRANGE,
  TOO_LONG;

  static final String UNFINISHED = ".temp";

  private static final int LONGEST = 255;
  private static final String IMAGE_END = ".dmtcp";
  private static final String SCRIPT_START = "dmtcp_restart_script";
  private static final String SCRIPT_END = ".sh";

  /** Of a name in bytes, one per char. */
  static ImageName of(String name) {
    if (name.length() > LONGEST) {
      return TOO_LONG;
    }
    if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '/')) {
      return STRANGE;
    }
    if (name.startsWith("ckpt_")) {
      if (name.endsWith(IMAGE_END) || name.endsWith(IMAGE_END + UNFINISHED)) {
        return IMAGE;
      }
      return name.endsWith("_files") ? FILES : STRANGE;
    }
    if (name.equals(SCRIPT_START + SCRIPT_END)) {
      return NEWEST_SCRIPT;
    }
    return name.startsWith(SCRIPT_START + "_") && name.endsWith(SCRIPT_END) ? SCRIPT : STRANGE;
  }

  /** True when the first is the second before it is complete. */
  static boolean completes(String unfinished, String image) {
    return of(image) == IMAGE && unfinished.equals(image + UNFINISHED);
  }
}
