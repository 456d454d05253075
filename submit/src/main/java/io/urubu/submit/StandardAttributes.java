package io.urubu.submit;

import io.urubu.classad.ClassAd;
import java.util.List;

/** What every new job's ad says, whatever its description says. */
final class StandardAttributes {
  private static final int VANILLA = 5;
  private static final int NOTIFY_NEVER = 0;
  private static final List<String> WHOLE_COUNTERS =
      List.of(
          "CommittedSlotTime",
          "CommittedSuspensionTime",
          "CommittedTime",
          "CumulativeSlotTime",
          "CumulativeSuspensionTime",
          "CurrentHosts",
          "ExitStatus",
          "JobSubmitMethod",
          "LastSuspensionTime",
          "NumCkpts",
          "NumJobCompletions",
          "NumJobStarts",
          "NumRestarts",
          "NumSystemHolds",
          "TotalSuspensions",
          "TransferInputSizeMB");
  private static final List<String> REAL_COUNTERS =
      List.of(
          "CumulativeRemoteSysCpu",
          "CumulativeRemoteUserCpu",
          "RemoteSysCpu",
          "RemoteUserCpu",
          "RemoteWallClockTime");

  private StandardAttributes() {}

  static ClassAd.Builder builder() {
    ClassAd.Builder ad = ClassAd.builder().put("MyType", "Job").put("TargetType", "Machine");
    WHOLE_COUNTERS.forEach(name -> ad.put(name, 0));
    REAL_COUNTERS.forEach(name -> ad.put(name, 0.0));
    return ad.put("JobUniverse", VANILLA)
        .put("JobNotification", NOTIFY_NEVER)
        .put("ExitBySignal", false)
        .put("LeaveJobInQueue", false)
        .put("MaxHosts", 1)
        .put("MinHosts", 1);
  }
}
