/* Four threads write files of their own while the first prints through a buffer. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void *work(void *name) {
  FILE *file = fopen(name, "w");
  for (int i = 0; i < 200; i++) {
    fprintf(file, "%s %d\n", (char *)name, i);
    if (i % 10 == 0) fflush(file);
    usleep(5000);
  }
  fclose(file);
  return 0;
}

int main(void) {
  unsigned random;
  FILE *source = fopen("/dev/urandom", "r");
  if (fread(&random, sizeof random, 1, source) != 1) return 1;
  fclose(source);
  pthread_t threads[4];
  char *names[] = {"t0", "t1", "t2", "t3"};
  printf("random %u\n", random);
  for (int i = 0; i < 4; i++) pthread_create(&threads[i], 0, work, names[i]);
  for (int i = 0; i < 200; i++) {
    printf("step %d\n", i);
    if (i % 25 == 0) fflush(stdout);
    usleep(5000);
  }
  for (int i = 0; i < 4; i++) pthread_join(threads[i], 0);
  printf("random %u\n", random);
  fflush(stdout);
  raise(SIGTERM);
}
