package io.urubu.schedd;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/** Does things again and again. Nothing of it is kept: all of it is planned at each start. */
final class Schedule implements AutoCloseable {
  private static final String THREADS = "2";

  private final Scheduler scheduler;
  private final Map<String, Runnable> taskByName = new ConcurrentHashMap<>();

  private Schedule(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  static Schedule start() throws SchedulerException {
    Properties properties = new Properties();
    // Quartz keeps schedulers by name: each schedule is one of its own.
    properties.setProperty(
        "org.quartz.scheduler.instanceName", "schedd-" + System.identityHashCode(properties));
    properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    properties.setProperty("org.quartz.threadPool.threadCount", THREADS);
    properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    Scheduler scheduler = new StdSchedulerFactory(properties).getScheduler();
    Schedule schedule = new Schedule(scheduler);
    scheduler.setJobFactory(
        (fired, _) -> schedule.new Turn(fired.getJobDetail().getKey().getName()));
    scheduler.start();
    return schedule;
  }

  /** Runs the task now and then, never twice at once; a turn that came too late is left out. */
  void every(Duration interval, String name, Runnable task) throws SchedulerException {
    taskByName.put(name, task);
    scheduler.scheduleJob(
        JobBuilder.newJob(Turn.class).withIdentity(name).build(),
        TriggerBuilder.newTrigger()
            .withIdentity(name)
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule()
                    .withIntervalInMilliseconds(Math.max(1, interval.toMillis()))
                    .withMisfireHandlingInstructionNextWithRemainingCount()
                    .repeatForever())
            .build());
  }

  /** One run of one task. */
  @DisallowConcurrentExecution
  private final class Turn implements Job {
    private final String name;

    Turn(String name) {
      this.name = name;
    }

    @Override
    public void execute(JobExecutionContext context) {
      Runnable task = taskByName.get(name);
      if (task != null) {
        task.run();
      }
    }
  }

  /** Waits for the tasks that run. */
  @Override
  public void close() throws SchedulerException {
    scheduler.shutdown(true);
  }
}
