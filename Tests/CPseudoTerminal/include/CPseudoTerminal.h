// Pseudo-terminals: Swift's Glibc module is built without _GNU_SOURCE and hides what makes them.
#ifndef RETICLE_CPSEUDOTERMINAL_H
#define RETICLE_CPSEUDOTERMINAL_H

#include <sys/types.h>

// Starts a program as the leader of a session on a new terminal, with no other file inherited.
// Returns 0 and the process and the terminal's other end, or an error number.
int pseudo_terminal_spawn(const char *path, char *const arguments[], char *const environment[],
                          const char *folder, int rows, int columns, pid_t *process, int *master);

// Gives the terminal another size; the program hears of it.
int pseudo_terminal_resize(int master, int rows, int columns);

#endif
