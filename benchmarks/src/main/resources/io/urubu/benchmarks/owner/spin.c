/* Spins in four processes, and forks a fifth again and again; each writes the monotonic clock into
   its own place of a shared file as fast as it can. Argument: the file. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SPINNERS = 4, PLACES = 8 };

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

int main(int argc, char **argv) {
  (void)argc;
  umask(0);
  int fd = open(argv[1], O_RDWR | O_CREAT, 0666);
  if (fd < 0 || ftruncate(fd, PLACES * sizeof(uint64_t)) != 0) return 1;
  volatile uint64_t *places =
      mmap(NULL, PLACES * sizeof(uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (places == MAP_FAILED) return 1;
  for (int i = 0; i < SPINNERS; i++) {
    if (fork() == 0) {
      if (i % 2) setsid();
      for (;;) places[i] = now();
    }
  }
  for (;;) {
    pid_t child = fork();
    if (child == 0) {
      uint64_t end = now() + 3000000;
      while (now() < end) places[SPINNERS] = now();
      _exit(0);
    }
    places[SPINNERS + 1] = now();
    if (child > 0) waitpid(child, NULL, 0);
  }
}
