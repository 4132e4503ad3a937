// What Swift can't import of <curses.h>: each wrapper says why it exists.
#ifndef RETICLE_CNCURSES_SHIM_H
#define RETICLE_CNCURSES_SHIM_H

// Without these the wide-character functions stay hidden, and macros don't import.
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>

#endif
