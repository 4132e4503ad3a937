#include "CPNG.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

enum { greatest_chunk = 8000000, buffer_size = 1 << 16, inflate_step = 512 };

struct cpng_reader {
  png_structp png;
  png_infop info;
  jmp_buf escape;
  cpng_read_bytes read;
  void *context;
  /// Where in the file the bytes after those in the buffer stand.
  uint64_t offset;
  size_t buffer_start;
  size_t buffer_end;
  bool ended_early;
  bool is_damaged;
  char message[200];
  uint8_t buffer[buffer_size];
};

// Stands in for libpng's own, which prints.
static void fail(png_structp png, png_const_charp message) {
  cpng_reader *reader = png_get_error_ptr(png);
  snprintf(reader->message, sizeof reader->message, "%s", message);
  longjmp(reader->escape, 1);
}

// Stands in for libpng's own, which prints. Of what libpng warns of, only a wrong checksum says
// that pixels may be wrong; the rest is about chunks that are passed over, or padding.
static void note_warning(png_structp png, png_const_charp message) {
  cpng_reader *reader = png_get_error_ptr(png);
  if (strstr(message, "CRC error") == NULL || reader->is_damaged) { return; }
  snprintf(reader->message, sizeof reader->message, "%s", message);
  reader->is_damaged = true;
}

static void read_exactly(png_structp png, png_bytep bytes, size_t count) {
  cpng_reader *reader = png_get_io_ptr(png);
  while (count > 0) {
    if (reader->buffer_start == reader->buffer_end) {
      size_t received =
        reader->read(reader->context, reader->offset, reader->buffer, buffer_size);
      if (received == 0) {
        reader->ended_early = true;
        png_error(png, "the file ends early");
      }
      reader->offset += received;
      reader->buffer_start = 0;
      reader->buffer_end = received;
    }
    size_t available = reader->buffer_end - reader->buffer_start;
    size_t taken = count < available ? count : available;
    memcpy(bytes, reader->buffer + reader->buffer_start, taken);
    reader->buffer_start += taken;
    bytes += taken;
    count -= taken;
  }
}

cpng_reader *cpng_create(cpng_read_bytes read, void *context, uint32_t greatest_side) {
  cpng_reader *reader = calloc(1, sizeof *reader);
  if (reader == NULL) { return NULL; }
  reader->read = read;
  reader->context = context;
  if (setjmp(reader->escape)) {
    cpng_destroy(reader);
    return NULL;
  }
  reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, fail, note_warning);
  if (reader->png == NULL) {
    free(reader);
    return NULL;
  }
  reader->info = png_create_info_struct(reader->png);
  if (reader->info == NULL) {
    cpng_destroy(reader);
    return NULL;
  }
  png_set_read_fn(reader->png, reader, read_exactly);
  png_set_user_limits(reader->png, greatest_side, greatest_side);
  png_set_chunk_malloc_max(reader->png, greatest_chunk);
  // A wrong checksum is no reason to show nothing.
  png_set_crc_action(reader->png, PNG_CRC_WARN_USE, PNG_CRC_QUIET_USE);
  // libpng inflates a step once it has all of it: of a file that is cut short, so much is lost.
  png_set_compression_buffer_size(reader->png, inflate_step);
  png_set_benign_errors(reader->png, 1);
#ifdef PNG_IGNORE_ADLER32
  // The chunks have checksums of their own.
  png_set_option(reader->png, PNG_IGNORE_ADLER32, PNG_OPTION_ON);
#endif
  // Everything but the header, the palette, transparency and the pixels is passed over: a text
  // chunk of a few kB can inflate to megabytes.
  png_set_keep_unknown_chunks(reader->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  return reader;
}

void cpng_destroy(cpng_reader *reader) {
  if (reader == NULL) { return; }
  png_destroy_read_struct(&reader->png, &reader->info, NULL);
  free(reader);
}

bool cpng_read_header(cpng_reader *reader, cpng_header *header) {
  if (setjmp(reader->escape)) { return false; }
  png_structp png = reader->png;
  png_infop info = reader->info;
  png_read_info(png, info);
  header->width = png_get_image_width(png, info);
  header->height = png_get_image_height(png, info);
  header->bits_per_pixel = (uint32_t)png_get_bit_depth(png, info) * png_get_channels(png, info);
  header->is_interlaced = png_get_interlace_type(png, info) != PNG_INTERLACE_NONE;
  header->has_alpha = (png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA) != 0
    || png_get_valid(png, info, PNG_INFO_tRNS) != 0;
  return true;
}

bool cpng_start(cpng_reader *reader, int *passes, int *channels) {
  if (setjmp(reader->escape)) { return false; }
  png_structp png = reader->png;
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_gray_to_rgb(png);
  *passes = png_set_interlace_handling(png);
  bool has_alpha = (png_get_color_type(png, reader->info) & PNG_COLOR_MASK_ALPHA) != 0
    || png_get_valid(png, reader->info, PNG_INFO_tRNS) != 0;
  *channels = has_alpha || *passes > 1 ? 4 : 3;
  // A byte more in each pixel costs as much time as averaging them.
  if (*channels == 4) { png_set_add_alpha(png, 0xFF, PNG_FILLER_AFTER); }
  png_read_update_info(png, reader->info);
  size_t expected = (size_t)*channels * png_get_image_width(png, reader->info);
  if (png_get_rowbytes(png, reader->info) != expected) {
    png_error(png, "unexpected pixel layout");
  }
  return true;
}

bool cpng_read_row(cpng_reader *reader, uint8_t *row) {
  if (setjmp(reader->escape)) { return false; }
  // As a "display" row: until its own pass comes, a pixel shows its coarser neighbour.
  png_read_row(reader->png, NULL, row);
  return true;
}

bool cpng_read_sparse_row(cpng_reader *reader, uint8_t *row) {
  if (setjmp(reader->escape)) { return false; }
  png_read_row(reader->png, row, NULL);
  return true;
}

bool cpng_ended_early(const cpng_reader *reader) { return reader->ended_early; }

bool cpng_is_damaged(const cpng_reader *reader) { return reader->is_damaged; }

const char *cpng_message(const cpng_reader *reader) { return reader->message; }
