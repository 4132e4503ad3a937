#define _GNU_SOURCE
#include "CSignals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const int caught[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGCONT};
enum { CAUGHT_COUNT = sizeof caught / sizeof caught[0] };
static struct sigaction before_caught[CAUGHT_COUNT];
static volatile int pipe_read = -1;
static volatile int pipe_write = -1;

static void write_signal(int number) {
  int saved = errno;
  char byte = SIGNAL_TERMINATED;
  if (number == SIGWINCH) byte = SIGNAL_RESIZED;
  if (number == SIGCONT) byte = SIGNAL_CONTINUED;
  // A full pipe already holds more news than anyone has read.
  if (pipe_write >= 0) (void)!write(pipe_write, &byte, 1);
  errno = saved;
}

bool nonblocking_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0; }

int close_files_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

int signal_pipe_open(void) {
  int ends[2];
  if (pipe_read >= 0 || !nonblocking_pipe(ends)) return -1;
  pipe_read = ends[0];
  pipe_write = ends[1];
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = write_signal;
  action.sa_flags = SA_RESTART;
  sigfillset(&action.sa_mask);
  for (int i = 0; i < CAUGHT_COUNT; i++) sigaction(caught[i], &action, &before_caught[i]);
  return pipe_read;
}

void signal_pipe_close(void) {
  if (pipe_read < 0) return;
  for (int i = 0; i < CAUGHT_COUNT; i++) sigaction(caught[i], &before_caught[i], NULL);
  close(pipe_write);
  close(pipe_read);
  pipe_write = -1;
  pipe_read = -1;
}

static const int fatal[] = {SIGSEGV, SIGILL, SIGABRT, SIGTRAP, SIGBUS, SIGFPE, SIGQUIT};
enum { FATAL_COUNT = sizeof fatal / sizeof fatal[0] };
static struct sigaction before_fatal[FATAL_COUNT];
static volatile sig_atomic_t armed = 0;
static int guard_terminal, guard_captured, guard_message_file;
static struct termios guard_modes;
static char guard_restore[256];
static size_t guard_restore_length;

static void write_all(int file, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t done = write(file, bytes, count);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return;
    bytes += done;
    count -= (size_t)done;
  }
}

void copy_file(int from, int to) {
  static char block[4096];
  off_t position = 0;
  for (;;) {
    ssize_t count = pread(from, block, sizeof block, position);
    if (count <= 0) return;
    write_all(to, block, (size_t)count);
    position += count;
  }
}

static void give_back_terminal(void) {
  if (!armed) return;
  armed = 0;
  write_all(guard_terminal, guard_restore, guard_restore_length);
  tcsetattr(guard_terminal, TCSANOW, &guard_modes);
  if (guard_captured >= 0) {
    dup2(guard_message_file, 2);
    copy_file(guard_captured, 2);
  }
}

static void put_back_fatal(void) {
  for (int i = 0; i < FATAL_COUNT; i++) sigaction(fatal[i], &before_fatal[i], NULL);
}

static void die(int number, siginfo_t *info, void *context) {
  (void)context;
  give_back_terminal();
  put_back_fatal();
  // A faulting instruction runs again after the return, so that whoever handled the signal before
  // (a backtracer, the kernel's core dump) sees the real place. Anything else is sent again.
  bool faults_again = info != NULL && info->si_code > 0 &&
                      (number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE);
  if (!faults_again) raise(number);
}

void terminal_guard_arm(int terminal, const char *restore, const struct termios *saved,
                        int captured, int message_file) {
  static bool registered = false;
  // A stack overflow leaves no stack to run the handler on.
  static char alternate[64 * 1024];
  guard_terminal = terminal;
  guard_modes = *saved;
  guard_captured = captured;
  guard_message_file = message_file;
  guard_restore_length = strnlen(restore, sizeof guard_restore);
  memcpy(guard_restore, restore, guard_restore_length);
  if (armed) return;

  stack_t old;
  if (sigaltstack(NULL, &old) == 0 && (old.ss_flags & SS_DISABLE)) {
    stack_t stack = {.ss_sp = alternate, .ss_size = sizeof alternate};
    sigaltstack(&stack, NULL);
  }
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = die;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigfillset(&action.sa_mask);
  for (int i = 0; i < FATAL_COUNT; i++) sigaction(fatal[i], &action, &before_fatal[i]);
  if (!registered) registered = atexit(give_back_terminal) == 0;
  armed = 1;
}

void terminal_guard_disarm(void) {
  if (!armed) return;
  armed = 0;
  put_back_fatal();
}

int memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }
