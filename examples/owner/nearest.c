/* nearest TEXT: finds for each line of a text the earlier line from which it differs in the fewest letters.
 *
 * An ordinary program: it knows nothing of checkpoints. What it has read so far, and a random number that it
 * draws at its start, are nowhere but in its memory. Build: cc -O2 -o nearest nearest.c
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NEAR = 50, LONGEST = 200, EACH = 1000 };

static char seen[NEAR][LONGEST];

static int least(int a, int b) { return a < b ? a : b; }

/* How many letters must be put in, taken out or changed. */
static int distance(const char *a, const char *b) {
  int row[LONGEST];
  int length = (int)strlen(b);
  for (int j = 0; j <= length; j++) row[j] = j;
  for (int i = 1; a[i - 1]; i++) {
    int before = row[0];
    row[0] = i;
    for (int j = 1; j <= length; j++) {
      int changed = before + (a[i - 1] != b[j - 1]);
      before = row[j];
      row[j] = least(changed, least(row[j], row[j - 1]) + 1);
    }
  }
  return row[length];
}

static unsigned long long draw(void) {
  unsigned long long number = 0;
  FILE *random = fopen("/dev/urandom", "rb");
  if (!random || fread(&number, sizeof number, 1, random) != 1) {
    perror("/dev/urandom");
    exit(1);
  }
  fclose(random);
  return number;
}

int main(int argc, char **argv) {
  FILE *text = fopen(argc > 1 ? argv[1] : "", "r");
  if (!text) {
    perror("nearest TEXT");
    return 2;
  }
  unsigned long long secret = draw();
  printf("begin, random number %llu\n", secret);
  fflush(stdout);
  long number = 0, total = 0, best = LONGEST, at = 0;
  char line[LONGEST];
  while (fgets(line, sizeof line, text)) {
    int nearest = LONGEST;
    for (long i = 0; i < NEAR && i < number; i++) nearest = least(nearest, distance(line, seen[i]));
    strcpy(seen[number % NEAR], line);
    number++;
    if (nearest < LONGEST) total += nearest;
    if (nearest < best) best = nearest, at = number;
    if (number % EACH == 0) {
      printf("line %ld: %ld letters differ so far, fewest %ld at line %ld\n", number, total, best, at);
      fflush(stdout);
    }
  }
  printf("lines %ld, letters %ld, fewest %ld at line %ld\n", number, total, best, at);
  printf("end, random number %llu\n", secret);
  return 0;
}
