package io.urubu.remotefile.fuse;

import java.nio.ByteBuffer;

/**
 * What the kernel wants of a file system. Names and link texts are bytes: each char of theirs is
 * one byte (ISO 8859-1). Numbers are Linux's own (flags of open, modes, masks).
 */
public sealed interface Request {
  Header header();

  /** Finds a name in the folder that the header names. */
  record Lookup(Header header, String name) implements Request {}

  /** Tells what a node is. */
  record GetAttributes(Header header) implements Request {}

  /**
   * Changes what is said of a node.
   *
   * @param valid which of the fields count: FATTR_ bits
   * @param size FATTR_SIZE, 8
   * @param accessed seconds, FATTR_ATIME, 16
   * @param modified seconds, FATTR_MTIME, 32
   * @param mode FATTR_MODE, 1
   */
  record SetAttributes(
      Header header,
      int valid,
      long handle,
      long size,
      long accessed,
      int accessedNanos,
      long modified,
      int modifiedNanos,
      int mode,
      int uid,
      int gid)
      implements Request {}

  /** Reads the text of a symbolic link. */
  record ReadLink(Header header) implements Request {}

  /** Makes a symbolic link. */
  record MakeLink(Header header, String name, String text) implements Request {}

  /** Makes a plain or special file without opening it. */
  record MakeNode(Header header, String name, int mode, int device) implements Request {}

  record MakeFolder(Header header, String name, int mode) implements Request {}

  record RemoveFile(Header header, String name) implements Request {}

  record RemoveFolder(Header header, String name) implements Request {}

  /**
   * Renames within the mount.
   *
   * @param flags of renameat2
   */
  record Rename(Header header, String name, long newFolder, String newName, int flags)
      implements Request {}

  /** Gives the node {@code of} another name. */
  record HardLink(Header header, long of, String name) implements Request {}

  record Open(Header header, int flags, boolean isFolder) implements Request {}

  /** Makes a file and opens it. */
  record Create(Header header, String name, int flags, int mode) implements Request {}

  /** Reads a file's bytes or a folder's entries; of those the offset is the kernel's cookie. */
  record Read(Header header, long handle, long offset, int size, boolean isFolder)
      implements Request {}

  /**
   * Writes into a file.
   *
   * @param data valid until the handler returns
   */
  record Write(Header header, long handle, long offset, ByteBuffer data) implements Request {}

  /** A descriptor is closed; there may be others of the same open. */
  record Flush(Header header, long handle) implements Request {}

  /** The last descriptor of an open is closed. */
  record Release(Header header, long handle, boolean isFolder) implements Request {}

  record Sync(Header header, long handle, boolean dataOnly, boolean isFolder) implements Request {}

  /** Asks whether something may be done, as access(2). */
  record Access(Header header, int mask) implements Request {}

  record StatFileSystem(Header header) implements Request {}

  /** What this protocol knows and this package does not read: locks, extended attributes, ... */
  record Other(Header header, int opcode) implements Request {}
}
