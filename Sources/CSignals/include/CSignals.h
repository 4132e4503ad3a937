// What a terminal program needs from the system and Swift cannot give.
//
// Signal handlers may only call async-signal-safe functions; Swift promises that of no function of
// its own, so the handlers are C. memfd_create, pipe2 and closefrom are hidden from Swift's Glibc
// module, which is built without _GNU_SOURCE.
#ifndef RETICLE_CSIGNALS_H
#define RETICLE_CSIGNALS_H

#include <spawn.h>
#include <stdbool.h>
#include <termios.h>

// The bytes the handlers write to the pipe, one a signal.
enum { SIGNAL_RESIZED = 'w', SIGNAL_TERMINATED = 't', SIGNAL_CONTINUED = 'c' };

// A pipe, read end first, that children do not inherit and nobody waits for; false with errno set.
bool nonblocking_pipe(int ends[2]);

// Has a program to be started close all files from a number on; 0, or an error number.
int close_files_from(posix_spawn_file_actions_t *actions, int first);

// Catches WINCH, TERM, HUP, INT and CONT; returns the pipe's read end (non-blocking), or -1.
int signal_pipe_open(void);

// Puts back the handlers that were there before and closes the pipe.
void signal_pipe_close(void);

// From now on a crash or exit() writes `restore` to the terminal, sets its modes to `saved`, and,
// if `captured` is not -1, makes `message_file` file 2 again and writes `captured` to it.
void terminal_guard_arm(int terminal, const char *restore, const struct termios *saved,
                        int captured, int message_file);

// A crash or exit() leaves the terminal alone again.
void terminal_guard_disarm(void);

// A file in memory that children do not inherit, or -1.
int memory_file(const char *name);

// Writes a whole file from its start to another; used after a crash, so it allocates nothing.
void copy_file(int from, int to);

#endif
