package io.urubu.submit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a job needs: cores, memory, disk, its files, and the requirements that follow from them. */
final class Needs {
  private static final String MEMORY_SO_FAR =
      "ifThenElse(MemoryUsage =!= undefined,MemoryUsage,(ImageSize + 1023) / 1024)";

  private final Draft draft;

  Needs(Draft draft) {
    this.draft = draft;
  }

  /** Puts all of it into the ad; sizes are those of the sample's files. */
  void put(Values sample) {
    sizes(sample);
    requirements();
  }

  private void sizes(Values sample) {
    Path own = draft.values().context().folder();
    List<String> files = new ArrayList<>();
    draft.value(sample, Key.TRANSFER_INPUT_FILES).map(Words::files).ifPresent(files::addAll);
    draft.value(sample, Key.INPUT).filter(name -> !name.equals("/dev/null")).ifPresent(files::add);
    Path executable = FileSizes.resolve(own, draft.value(sample, Key.EXECUTABLE).orElse(""));
    FileSizes sizes = FileSizes.of(executable, draft.folder(sample), files);
    draft.ad().put("ExecutableSize", sizes.executable());
    draft.ad().put("ImageSize", sizes.executable());
    draft.ad().put("DiskUsage", sizes.all());
  }

  private void requirements() {
    String own = draft.value(Key.REQUIREMENTS).orElse("");
    if (!own.isEmpty() && !draft.parses(own, Key.REQUIREMENTS)) {
      return;
    }
    RequirementsText text = new RequirementsText(own);
    requestDisk(text);
    requestMemory(text);
    String cpus = draft.value(Key.REQUEST_CPUS).orElse("1");
    if (!cpus.equalsIgnoreCase("undefined")) {
      draft.expression(cpus, "RequestCpus", Key.REQUEST_CPUS);
      if (!cpus.equals("1")) {
        text.add("TARGET.Cpus >= RequestCpus");
      }
    }
    for (Line.Assign request : draft.values().customRequests()) {
      String resource = request.name().substring("request_".length());
      draft.custom("Request" + resource, request);
      text.add("TARGET.%s >= Request%s".formatted(resource, resource));
    }
    transfer(text);
    new Checkpoints(draft).put(text);
    draft.put("Requirements", text.toString(), draft.lineOf(Key.REQUIREMENTS));
  }

  private void requestDisk(RequirementsText text) {
    String disk = draft.value(Key.REQUEST_DISK).orElse("DiskUsage");
    if (disk.equalsIgnoreCase("undefined")) {
      text.add("TARGET.Disk >= DiskUsage");
      return;
    }
    var size = Amount.in("K", disk);
    draft.expression(
        size.isPresent() ? Long.toString(size.getAsLong()) : disk, "RequestDisk", Key.REQUEST_DISK);
    text.add("TARGET.Disk >= RequestDisk");
  }

  private void requestMemory(RequirementsText text) {
    String memory = draft.value(Key.REQUEST_MEMORY).orElse(MEMORY_SO_FAR);
    if (memory.equalsIgnoreCase("undefined")) {
      return;
    }
    var size = Amount.in("M", memory);
    draft.expression(
        size.isPresent() ? Long.toString(size.getAsLong()) : memory,
        "RequestMemory",
        Key.REQUEST_MEMORY);
    if (size.isEmpty() || size.getAsLong() > 0) {
      text.add("TARGET.Memory >= RequestMemory");
    }
  }

  private void transfer(RequirementsText text) {
    String should =
        draft.choice(Key.SHOULD_TRANSFER_FILES, "IF_NEEDED", List.of("YES", "NO", "IF_NEEDED"));
    String when =
        draft.choice(
            Key.WHEN_TO_TRANSFER_OUTPUT,
            "ON_EXIT",
            List.of("ON_EXIT", "ON_EXIT_OR_EVICT", "ON_SUCCESS"));
    draft.ad().put("ShouldTransferFiles", should);
    if (!should.equals("YES")) {
      draft.ad().put("FileSystemDomain", draft.values().context().fileSystemDomain());
    }
    if (!should.equals("NO")) {
      draft.ad().put("WhenToTransferOutput", when);
    }
    text.addFiles(should, when, inputs(should));
    outputs();
    remaps();
  }

  /** Puts the files that go with the job; returns the methods that fetch those with URLs. */
  private List<String> inputs(String should) {
    List<String> inputs = draft.value(Key.TRANSFER_INPUT_FILES).map(Words::files).orElse(List.of());
    if (inputs.isEmpty()) {
      return List.of();
    }
    if (should.equals("NO")) {
      draft.refuse(
          Key.TRANSFER_INPUT_FILES,
          "no files are transferred with should_transfer_files = NO; take out one of the two");
    }
    draft.text("TransferInput", String.join(",", inputs), Key.TRANSFER_INPUT_FILES);
    List<String> methods =
        inputs.stream()
            .filter(Words::isUrl)
            .map(url -> url.substring(0, url.indexOf(':')).toLowerCase(Locale.ROOT))
            .distinct()
            .toList();
    if (!methods.isEmpty()) {
      draft.ad().put("WantTransferPluginMethods", String.join(",", methods));
    }
    return methods;
  }

  private void outputs() {
    Optional<String> outputs = draft.value(Key.TRANSFER_OUTPUT_FILES);
    outputs.ifPresent(
        list ->
            draft.text(
                "TransferOutput",
                String.join(",", Words.files(Draft.unquoted(list))),
                Key.TRANSFER_OUTPUT_FILES));
  }

  private void remaps() {
    String remaps = draft.value(Key.TRANSFER_OUTPUT_REMAPS).orElse("");
    if (remaps.isEmpty()) {
      return;
    }
    if (remaps.length() < 2 || !remaps.startsWith("\"") || !remaps.endsWith("\"")) {
      draft.refuse(Key.TRANSFER_OUTPUT_REMAPS, "quotes are needed; write \"" + remaps + "\"");
      return;
    }
    draft.text("TransferOutputRemaps", Draft.unquoted(remaps), Key.TRANSFER_OUTPUT_REMAPS);
  }
}
