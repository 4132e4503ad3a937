#define _GNU_SOURCE
#include "CPseudoTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int pseudo_terminal_resize(int master, int rows, int columns) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  return ioctl(master, TIOCSWINSZ, &size) == 0 ? 0 : errno;
}

static int spawn_on(const char *terminal, const char *path, char *const arguments[],
                    char *const environment[], const char *folder, pid_t *process) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  // The first terminal that a session leader opens becomes its own.
  posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0);
  posix_spawn_file_actions_adddup2(&actions, 0, 1);
  posix_spawn_file_actions_adddup2(&actions, 0, 2);
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  if (folder) posix_spawn_file_actions_addchdir_np(&actions, folder);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK |
                                            POSIX_SPAWN_SETSIGDEF);
  int error = posix_spawn(process, path, &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

int pseudo_terminal_spawn(const char *path, char *const arguments[], char *const environment[],
                          const char *folder, int rows, int columns, pid_t *process, int *master) {
  char name[128];
  int end = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (end < 0) return errno;
  int error = 0;
  if (grantpt(end) != 0 || unlockpt(end) != 0) error = errno;
  if (error == 0) error = ptsname_r(end, name, sizeof name);
  if (error == 0) error = pseudo_terminal_resize(end, rows, columns);
  // Held open meanwhile, or the first read of the other end might find nobody there.
  int slave = error == 0 ? open(name, O_RDWR | O_NOCTTY | O_CLOEXEC) : -1;
  if (error == 0 && slave < 0) error = errno;
  if (error == 0) error = spawn_on(name, path, arguments, environment, folder, process);
  if (slave >= 0) close(slave);
  if (error != 0) {
    close(end);
    return error;
  }
  *master = end;
  return 0;
}
