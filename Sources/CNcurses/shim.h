// What Swift can't import of <curses.h>: each wrapper says why it exists.
#ifndef RETICLE_CNCURSES_SHIM_H
#define RETICLE_CNCURSES_SHIM_H

// Without these the wide-character functions stay hidden, and macros don't import.
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <term.h>
#include <wchar.h>

// Swift's Glibc module is built without _XOPEN_SOURCE, which hides the declaration.
extern int wcwidth(wchar_t);
static inline int nc_width(wchar_t character) { return wcwidth(character); }

// Macros with casts don't import.
static const attr_t nc_bold = A_BOLD;
static const attr_t nc_dim = A_DIM;
static const attr_t nc_underline = A_UNDERLINE;
static const attr_t nc_reverse = A_REVERSE;

// C globals are "shared mutable state" to Swift 6; so is stdio's stdout.
static inline WINDOW *nc_stdscr(void) { return stdscr; }
static inline WINDOW *nc_curscr(void) { return curscr; }
static inline int nc_color_pairs(void) { return COLOR_PAIRS; }
static inline SCREEN *nc_newterm(const char *name) { return newterm(name, stdout, stdin); }

// The lists of capability names are global arrays of unknown length.
static inline const char *nc_flag_name(int i) { return boolnames[i]; }
static inline const char *nc_number_name(int i) { return numnames[i]; }
static inline const char *nc_string_name(int i) { return strnames[i]; }

// cur_term is a macro over a global.
static inline void nc_forget_terminal(void) { if (cur_term) del_curterm(cur_term); }

// The pair goes through the last argument, a pointer to int typed void *: short is too small.
static inline void nc_set(cchar_t *cell, wchar_t glyph, wchar_t mark, attr_t attributes, int pair) {
  wchar_t text[3] = {glyph, mark, 0};
  setcchar(cell, text, attributes, 0, &pair);
}

#endif
