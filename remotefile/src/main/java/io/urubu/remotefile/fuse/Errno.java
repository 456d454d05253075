package io.urubu.remotefile.fuse;

/** Why the kernel's request was refused, by Linux's number. */
public record Errno(int number) {
  public static final Errno EPERM = new Errno(1);
  public static final Errno ENOENT = new Errno(2);
  public static final Errno EINTR = new Errno(4);
  public static final Errno EIO = new Errno(5);
  public static final Errno EAGAIN = new Errno(11);
  public static final Errno EACCES = new Errno(13);
  public static final Errno EEXIST = new Errno(17);
  public static final Errno ENODEV = new Errno(19);
  public static final Errno ENOTDIR = new Errno(20);
  public static final Errno EISDIR = new Errno(21);
  public static final Errno EINVAL = new Errno(22);
  public static final Errno ENOSPC = new Errno(28);
  public static final Errno EROFS = new Errno(30);
  public static final Errno ENAMETOOLONG = new Errno(36);
  public static final Errno ENOSYS = new Errno(38);
  public static final Errno EPROTO = new Errno(71);
  public static final Errno ESTALE = new Errno(116);

  private static final int LARGEST = 511;

  public Errno {
    // Beyond that the kernel refuses the whole answer and the program waits for ever.
    if (number <= 0 || number > LARGEST) {
      throw new IllegalArgumentException(number + " is no error number");
    }
  }
}
