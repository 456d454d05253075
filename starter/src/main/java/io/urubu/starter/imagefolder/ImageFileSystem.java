package io.urubu.starter.imagefolder;

import io.urubu.remotefile.fuse.Answer;
import io.urubu.remotefile.fuse.Errno;
import io.urubu.remotefile.fuse.Handler;
import io.urubu.remotefile.fuse.Header;
import io.urubu.remotefile.fuse.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Leads the kernel's requests to the runs' folders, which lie side by side in the root. */
final class ImageFileSystem implements Handler {
  private final Nodes nodes = new Nodes();
  private final Map<String, ImageFolder> folderByName = new ConcurrentHashMap<>();

  Nodes nodes() {
    return nodes;
  }

  /** False when there is one of that name. */
  boolean add(String name, ImageFolder folder) {
    return folderByName.putIfAbsent(name, folder) == null;
  }

  void remove(String name) {
    folderByName.remove(name);
  }

  List<ImageFolder> folders() {
    return List.copyOf(folderByName.values());
  }

  @Override
  public void serve(Request request, Answer answer) {
    switch (request) {
      case Request.Lookup(var header, var name) -> lookup(header, name, answer);
      case Request.GetAttributes(var header) -> describe(header, answer);
      case Request.ReadLink(var header) -> readLink(header, answer);
      case Request.MakeFolder(var header, var name, _) ->
          inFolder(header, answer, folder -> folder.makeFolder(header, name, answer));
      case Request.MakeLink(var header, var name, _) ->
          inFolder(header, answer, folder -> folder.makeLink(header, name, answer));
      case Request.Rename rename -> rename(rename, answer);
      case Request.Open(_, _, var isFolder) when isFolder -> answer.opened(0);
      case Request.Read(_, _, _, var size, var isFolder) when isFolder ->
          answer.folder(List.of(), size);
      case Request.Access _, Request.Release _, Request.Flush _, Request.Sync _ -> answer.done();
      case Request.StatFileSystem _ -> answer.statistics(0, 0, 0);
      case Request.Create _,
          Request.MakeNode _,
          Request.RemoveFile _,
          Request.RemoveFolder _,
          Request.HardLink _,
          Request.Open _,
          Request.Read _,
          Request.Write _ ->
          answer.refuse(Errno.EACCES);
      case Request.SetAttributes _ -> answer.refuse(Errno.EPERM);
      case Request.Other _ -> answer.unsupported(request);
    }
  }

  private void lookup(Header header, String name, Answer answer) {
    if (header.node() == Nodes.ROOT) {
      Optional.ofNullable(folderByName.get(name))
          .ifPresentOrElse(
              folder -> folder.entries().own(header, answer), () -> answer.refuse(Errno.ENOENT));
      return;
    }
    switch (nodes.find(header.node()).orElse(null)) {
      case null -> answer.refuse(Errno.ESTALE);
      case Nodes.Node.Folder(var folder) -> folder.lookup(header, name, answer);
      case Nodes.Node.Emptiness(var folder) -> folder.lookupInVoid(header, answer);
      case Nodes.Node.Link _ -> answer.refuse(Errno.ENOTDIR);
    }
  }

  private void describe(Header header, Answer answer) {
    if (header.node() == Nodes.ROOT) {
      Entries.describeFolder(header, answer);
      return;
    }
    switch (nodes.find(header.node()).orElse(null)) {
      case null -> answer.refuse(Errno.ESTALE);
      case Nodes.Node.Folder _, Nodes.Node.Emptiness _ -> Entries.describeFolder(header, answer);
      case Nodes.Node.Link(var text) -> Entries.describeLink(header, text, answer);
    }
  }

  private void readLink(Header header, Answer answer) {
    switch (nodes.find(header.node()).orElse(null)) {
      case null -> answer.refuse(Errno.ESTALE);
      case Nodes.Node.Link(var text) -> answer.linkText(text);
      case Nodes.Node.Folder _, Nodes.Node.Emptiness _ -> answer.refuse(Errno.EINVAL);
    }
  }

  private void rename(Request.Rename rename, Answer answer) {
    if (rename.newFolder() != rename.header().node() || rename.flags() != 0) {
      answer.refuse(Errno.EACCES);
      return;
    }
    inFolder(
        rename.header(), answer, folder -> folder.rename(rename.name(), rename.newName(), answer));
  }

  private void inFolder(Header header, Answer answer, Consumer<ImageFolder> work) {
    if (nodes.find(header.node()).orElse(null) instanceof Nodes.Node.Folder(var folder)) {
      work.accept(folder);
    } else {
      answer.refuse(Errno.EACCES);
    }
  }
}
