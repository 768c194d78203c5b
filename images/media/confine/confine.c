// How do kernel limits reach FFmpeg where the base image has no util-linux? Two of its commands, with the options that
// media/process.ts uses; the name under which it is called decides:
//   prlimit --cpu=SOFT:HARD --as=BYTES --fsize=BYTES --core=BYTES COMMAND…
//   setpriv --pdeathsig KILL COMMAND…
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static const char *self;

static int fail(const char *what) {
  fprintf(stderr, "%s: %s: %s\n", self, what, errno ? strerror(errno) : "not understood");
  return 1;
}

static int number(const char *text, char **end, rlim_t *value) {
  errno = 0;
  if (text[0] < '0' || text[0] > '9') return 0;
  *value = strtoull(text, end, 10);
  return errno == 0;
}

static int limit(const char *option) {
  static const struct { const char *name; int resource; } known[] = {
    {"--cpu=", RLIMIT_CPU}, {"--as=", RLIMIT_AS}, {"--fsize=", RLIMIT_FSIZE}, {"--core=", RLIMIT_CORE}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    size_t length = strlen(known[i].name);
    if (strncmp(option, known[i].name, length) != 0) continue;
    struct rlimit bounds;
    char *end;
    if (!number(option + length, &end, &bounds.rlim_cur)) return 0;
    bounds.rlim_max = bounds.rlim_cur;
    if (*end == ':' && !number(end + 1, &end, &bounds.rlim_max)) return 0;
    return *end == 0 && setrlimit(known[i].resource, &bounds) == 0;
  }
  return 0;
}

int main(int count, char **words) {
  const char *slash = strrchr(words[0], '/');
  int at = 1;
  self = slash ? slash + 1 : words[0];
  errno = 0;
  if (strcmp(self, "setpriv") == 0) {
    if (count < 4 || strcmp(words[1], "--pdeathsig") != 0 || strcmp(words[2], "KILL") != 0) return fail("options");
    pid_t parent = getppid();
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return fail("pdeathsig");
    // Whoever started us may have gone before we asked.
    if (getppid() != parent) return fail("parent");
    at = 3;
  } else {
    for (; at < count && strncmp(words[at], "--", 2) == 0; at++)
      if (!limit(words[at])) return fail(words[at]);
  }
  if (at >= count) return fail("command");
  execvp(words[at], words + at);
  fprintf(stderr, "%s: failed to execute %s: %s\n", self, words[at], strerror(errno));
  return errno == ENOENT ? 127 : 126;
}
