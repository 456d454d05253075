package io.urubu.remotefile.fuse;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the kernel's structures. Each method begins behind the request's header. */
final class RequestReader {
  static final int HEADER_BYTES = 40;

  private final ByteBuffer in;
  private final Header header;

  private RequestReader(ByteBuffer in, Header header) {
    this.in = in;
    this.header = header;
  }

  /**
   * The request whose header was read already.
   *
   * @param in in the machine's byte order, from behind the header to the request's end
   * @throws MalformedRequestException when it is shorter than its kind
   */
  static Request read(int opcode, Header header, ByteBuffer in) throws MalformedRequestException {
    try {
      return new RequestReader(in, header).read(opcode);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new MalformedRequestException("request " + opcode + " of the kernel is too short", e);
    }
  }

  private Request read(int opcode) {
    return switch (opcode) {
      case Opcode.LOOKUP -> new Request.Lookup(header, text());
      case Opcode.GETATTR -> new Request.GetAttributes(header);
      case Opcode.SETATTR -> setAttributes();
      case Opcode.READLINK -> new Request.ReadLink(header);
      case Opcode.SYMLINK -> new Request.MakeLink(header, text(), text());
      case Opcode.MKNOD -> makeNode();
      case Opcode.MKDIR -> makeFolder();
      case Opcode.UNLINK -> new Request.RemoveFile(header, text());
      case Opcode.RMDIR -> new Request.RemoveFolder(header, text());
      case Opcode.RENAME -> rename(false);
      case Opcode.RENAME2 -> rename(true);
      case Opcode.LINK -> new Request.HardLink(header, in.getLong(), text());
      case Opcode.OPEN -> new Request.Open(header, in.getInt(), false);
      case Opcode.OPENDIR -> new Request.Open(header, in.getInt(), true);
      case Opcode.CREATE -> create();
      case Opcode.READ -> readBytes(false);
      case Opcode.READDIR -> readBytes(true);
      case Opcode.WRITE -> write();
      case Opcode.FLUSH -> new Request.Flush(header, in.getLong());
      case Opcode.RELEASE -> new Request.Release(header, in.getLong(), false);
      case Opcode.RELEASEDIR -> new Request.Release(header, in.getLong(), true);
      case Opcode.FSYNC -> sync(false);
      case Opcode.FSYNCDIR -> sync(true);
      case Opcode.ACCESS -> new Request.Access(header, in.getInt());
      case Opcode.STATFS -> new Request.StatFileSystem(header);
      default -> new Request.Other(header, opcode);
    };
  }

  private Request setAttributes() {
    int valid = in.getInt();
    skip(4);
    long handle = in.getLong();
    long size = in.getLong();
    skip(8);
    long accessed = in.getLong();
    long modified = in.getLong();
    skip(8);
    int accessedNanos = in.getInt();
    int modifiedNanos = in.getInt();
    skip(4);
    int mode = in.getInt();
    skip(4);
    int uid = in.getInt();
    int gid = in.getInt();
    return new Request.SetAttributes(
        header,
        valid,
        handle,
        size,
        accessed,
        accessedNanos,
        modified,
        modifiedNanos,
        mode,
        uid,
        gid);
  }

  private Request makeNode() {
    int mode = in.getInt();
    int device = in.getInt();
    // The umask is in the mode already.
    skip(8);
    return new Request.MakeNode(header, text(), mode, device);
  }

  private Request makeFolder() {
    int mode = in.getInt();
    skip(4);
    return new Request.MakeFolder(header, text(), mode);
  }

  private Request rename(boolean hasFlags) {
    long folder = in.getLong();
    int flags = 0;
    if (hasFlags) {
      flags = in.getInt();
      skip(4);
    }
    String name = text();
    return new Request.Rename(header, name, folder, text(), flags);
  }

  private Request create() {
    int flags = in.getInt();
    int mode = in.getInt();
    skip(8);
    return new Request.Create(header, text(), flags, mode);
  }

  private Request readBytes(boolean isFolder) {
    long handle = in.getLong();
    long offset = in.getLong();
    return new Request.Read(header, handle, offset, in.getInt(), isFolder);
  }

  private Request write() {
    long handle = in.getLong();
    long offset = in.getLong();
    int size = in.getInt();
    skip(20);
    return new Request.Write(header, handle, offset, in.slice(in.position(), checked(size)));
  }

  private int checked(int size) {
    if (size < 0 || size > in.remaining()) {
      throw new BufferUnderflowException();
    }
    return size;
  }

  private Request sync(boolean isFolder) {
    long handle = in.getLong();
    return new Request.Sync(header, handle, (in.getInt() & 1) != 0, isFolder);
  }

  private void skip(int bytes) {
    in.position(in.position() + bytes);
  }

  /** A text up to its zero byte. */
  private String text() {
    int begin = in.position();
    while (in.get() != 0) {
      // The kernel ends every text.
    }
    byte[] bytes = new byte[in.position() - 1 - begin];
    in.get(begin, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
