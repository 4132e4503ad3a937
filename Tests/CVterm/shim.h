// What Swift can't import of libvterm: bit fields, unions with flags, and callbacks with state.
#ifndef RETICLE_CVTERM_SHIM_H
#define RETICLE_CVTERM_SHIM_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <vterm.h>

// What a program has switched on.
struct cvterm_modes {
  bool cursor_visible;
  bool alternate_screen;
  int mouse;  // VTERM_PROP_MOUSE_…
  int bells;
};

static inline int cvterm_property(VTermProp property, VTermValue *value, void *user) {
  struct cvterm_modes *modes = user;
  if (property == VTERM_PROP_CURSORVISIBLE) modes->cursor_visible = value->boolean;
  if (property == VTERM_PROP_ALTSCREEN) modes->alternate_screen = value->boolean;
  if (property == VTERM_PROP_MOUSE) modes->mouse = value->number;
  return 1;
}

static inline int cvterm_bell(void *user) {
  ((struct cvterm_modes *)user)->bells++;
  return 1;
}

// A terminal whose modes are kept in `modes`, which must outlive it.
static inline VTerm *cvterm_new(int rows, int columns, struct cvterm_modes *modes) {
  static const VTermScreenCallbacks callbacks = {.settermprop = cvterm_property, .bell = cvterm_bell};
  VTerm *terminal = vterm_new(rows, columns);
  if (!terminal) return NULL;
  *modes = (struct cvterm_modes){.cursor_visible = true};
  vterm_set_utf8(terminal, 1);
  VTermScreen *screen = vterm_obtain_screen(terminal);
  vterm_screen_set_callbacks(screen, &callbacks, modes);
  vterm_screen_enable_altscreen(screen, 1);
  vterm_screen_reset(screen, 1);
  return terminal;
}

enum { CVTERM_DEFAULT, CVTERM_INDEXED, CVTERM_RGB };

struct cvterm_color {
  uint8_t kind;
  uint8_t red;  // or the index
  uint8_t green;
  uint8_t blue;
};

struct cvterm_cell {
  uint32_t glyph;  // 0 if never written, UINT32_MAX in the right half of a wide character
  uint32_t mark;
  uint8_t width;
  bool bold, underline, reverse;
  struct cvterm_color foreground, background;
};

static inline struct cvterm_color cvterm_color_of(VTermColor color) {
  struct cvterm_color flat = {CVTERM_DEFAULT, 0, 0, 0};
  if (color.type & VTERM_COLOR_DEFAULT_MASK) return flat;
  if (VTERM_COLOR_IS_INDEXED(&color)) {
    flat.kind = CVTERM_INDEXED;
    flat.red = color.indexed.idx;
    return flat;
  }
  return (struct cvterm_color){CVTERM_RGB, color.rgb.red, color.rgb.green, color.rgb.blue};
}

static inline bool cvterm_get(VTerm *terminal, int row, int column, struct cvterm_cell *out) {
  VTermScreenCell cell;
  memset(&cell, 0, sizeof cell);
  VTermPos position = {.row = row, .col = column};
  if (!vterm_screen_get_cell(vterm_obtain_screen(terminal), position, &cell)) return false;
  *out = (struct cvterm_cell){
      .glyph = cell.chars[0], .mark = cell.chars[0] ? cell.chars[1] : 0, .width = cell.width,
      .bold = cell.attrs.bold, .underline = cell.attrs.underline != 0,
      .reverse = cell.attrs.reverse,
      .foreground = cvterm_color_of(cell.fg), .background = cvterm_color_of(cell.bg)};
  return true;
}

// All cells, row by row.
static inline void cvterm_copy(VTerm *terminal, int rows, int columns, struct cvterm_cell *out) {
  for (int row = 0; row < rows; row++) {
    for (int column = 0; column < columns; column++, out++) {
      if (!cvterm_get(terminal, row, column, out)) memset(out, 0, sizeof *out);
    }
  }
}

static inline size_t cvterm_encode(uint32_t scalar, char *out) {
  if (scalar < 0x80) return out[0] = (char)scalar, 1;
  int bytes = scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
  for (int i = bytes - 1; i > 0; i--, scalar >>= 6) out[i] = (char)(0x80 | (scalar & 0x3F));
  out[0] = (char)((0xF0 << (4 - bytes)) | scalar);
  return bytes;
}

// A row as UTF-8 without the spaces at its end; `out` has room for eight bytes a cell.
static inline size_t cvterm_text(const struct cvterm_cell *cells, int columns, char *out) {
  size_t length = 0, end = 0;
  for (int column = 0; column < columns; column++) {
    const struct cvterm_cell *cell = &cells[column];
    if (cell->glyph == UINT32_MAX) continue;
    uint32_t glyph = cell->glyph ? cell->glyph : ' ';
    length += cvterm_encode(glyph, out + length);
    if (cell->mark) length += cvterm_encode(cell->mark, out + length);
    if (glyph != ' ' || cell->mark) end = length;
  }
  return end;
}

#endif
