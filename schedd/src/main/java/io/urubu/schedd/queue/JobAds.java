package io.urubu.schedd.queue;

import io.urubu.classad.ClassAd;
import io.urubu.classad.ClassAdSyntaxException;
import io.urubu.protocol.id.JobId;
import java.util.Locale;
import java.util.Set;

/** Puts a job's ad together: the cluster's, the template's, the job's own, what its life says. */
final class JobAds {
  /** Attributes that the schedd alone sets (lower case); a submission cannot. */
  private static final Set<String> OURS =
      Set.of(
          "clusterid",
          "procid",
          "owner",
          "user",
          "globaljobid",
          "qdate",
          "jobstatus",
          "enteredcurrentstatus",
          "numjobstarts",
          "numshadowstarts",
          "jobruncount",
          "rungeneration",
          "remotehost",
          "lastremotehost",
          "startdname",
          "jobstartdate",
          "jobcurrentstartdate",
          "completiondate",
          "exitbysignal",
          "exitcode",
          "exitsignal",
          "remoteusercpu",
          "remotesyscpu",
          "remotewallclocktime",
          "holdreason",
          "holdreasoncode",
          "holdreasonsubcode",
          "removereason",
          "checkpoints",
          "numcheckpoints",
          "numckpts",
          "lastcheckpointtime",
          "lastckpttime",
          "checkpointsize",
          "checkpointbackend",
          "lastcheckpointplatform",
          "lastcheckpointseconds",
          "lastcheckpointfailure",
          "numcheckpointfailures",
          "numrestarts",
          "lastrestartcheckpoint",
          "numrestartfailures",
          "numcheckpointfallbacks",
          "numstartovers",
          "restartfailedon",
          "restartfaileduntil",
          "numvacates",
          "numvacatesbyreason",
          "vacatereason",
          "vacatereasoncode",
          "lastvacatetime",
          "leavingcode",
          "leavingreason",
          "totalsuspensions",
          "lastsuspensiontime",
          "cumulativesuspensiontime",
          "suspendreason",
          "usersuspended",
          "usersuspendreason",
          "bytessent",
          "bytesrecvd",
          "mytype");

  private JobAds() {}

  static boolean isOurs(String name) {
    return OURS.contains(name.toLowerCase(Locale.ROOT));
  }

  static ClassAd full(Job job) {
    Cluster cluster = job.cluster();
    ClassAd.Builder ad =
        ClassAd.builder()
            .put("MyType", "Job")
            .put("ClusterId", cluster.number())
            .put("ProcId", job.id().proc())
            .put("Owner", cluster.owner())
            .put("User", cluster.user())
            .put(
                "GlobalJobId",
                cluster.schedd() + "#" + job.id() + "#" + cluster.submitted().getEpochSecond())
            .put("QDate", cluster.submitted().getEpochSecond())
            .put("JobStatus", status(job.life().state(), job.changes()))
            .put("EnteredCurrentStatus", job.entered().getEpochSecond())
            .put("RunGeneration", job.life().runs())
            .put("NumJobStarts", 0)
            .put("NumShadowStarts", 0)
            .put("JobRunCount", 0)
            .put("JobPrio", 0)
            .putAll(cluster.ad());
    expand(job.id(), cluster.template(), ad);
    return ad.putAll(job.changes()).build();
  }

  /**
   * Texts that were checked when the job was submitted parse now; one that does not is left out.
   */
  private static void expand(JobId id, ClassAd template, ClassAd.Builder ad) {
    for (String name : template.names()) {
      try {
        ad.putExpression(name, expression(id, template.string(name).orElse("undefined")));
      } catch (ClassAdSyntaxException _) {
        ad.remove(name);
      }
    }
  }

  static String expression(JobId id, String text) {
    return text.replace("$(Cluster)", Integer.toString(id.cluster()))
        .replace("$(Process)", Integer.toString(id.proc()));
  }

  /** HTCondor's numbers; a job that is on its way out already shows what it is on its way to. */
  static int status(JobState state, ClassAd changes) {
    return switch (state) {
      case JobState.Idle _ -> 1;
      case JobState.Running _ when RunAttributes.isSuspended(changes) -> 7;
      case JobState.Starting _, JobState.Running _ -> 2;
      case JobState.Closing(_, JobState.After.Again _) -> 2;
      case JobState.Closing(_, JobState.After.Remove _), JobState.Removed _ -> 3;
      case JobState.Completed _ -> 4;
      case JobState.Closing(_, JobState.After.Hold _), JobState.Held _ -> 5;
    };
  }
}
