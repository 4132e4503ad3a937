#include "CJPEG.h"

#include <malloc.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

enum { buffer_size = 1 << 16, greatest_scan_count = 500, row_alignment = 64 };

struct cjpeg_reader {
  struct jpeg_decompress_struct info;
  struct jpeg_error_mgr errors;
  struct jpeg_source_mgr source;
  struct jpeg_progress_mgr progress;
  jmp_buf escape;
  JSAMPARRAY (*allocate_rows)(j_common_ptr, int, JDIMENSION, JDIMENSION);
  cjpeg_read_bytes read;
  cjpeg_should_stop stop;
  void *context;
  uint64_t offset;
  bool ended_early;
  bool is_damaged;
  bool failed;
  cjpeg_failure failure;
  char message[JMSG_LENGTH_MAX];
  uint8_t buffer[buffer_size];
};

static cjpeg_failure kind_of_failure(int code) {
  switch (code) {
  case JERR_BAD_PRECISION:
    return cjpeg_failure_precision;
  case JERR_SOF_UNSUPPORTED:
  case JERR_ARITH_NOTIMPL:
    return cjpeg_failure_process;
  case JERR_CONVERSION_NOTIMPL:
  case JERR_BAD_J_COLORSPACE:
    return cjpeg_failure_colors;
  case JERR_IMAGE_TOO_BIG:
    return cjpeg_failure_size;
  case JERR_OUT_OF_MEMORY:
  case JERR_NO_BACKING_STORE:
    return cjpeg_failure_memory;
  default:
    return cjpeg_failure_corrupt;
  }
}

// Stands in for libjpeg's own, which prints and calls exit().
static void fail(j_common_ptr info) {
  cjpeg_reader *reader = info->client_data;
  info->err->format_message(info, reader->message);
  reader->failed = true;
  reader->failure = kind_of_failure(info->err->msg_code);
  longjmp(reader->escape, 1);
}

static void stop_with(cjpeg_reader *reader, cjpeg_failure failure, const char *message) {
  snprintf(reader->message, sizeof reader->message, "%s", message);
  reader->failed = true;
  reader->failure = failure;
  longjmp(reader->escape, 1);
}

// Stands in for libjpeg's own, which prints. Keeps the first sign of damage: what comes later is
// mostly its consequence. Bytes between segments and odd version numbers harm no pixel.
static void note_message(j_common_ptr info, int level) {
  cjpeg_reader *reader = info->client_data;
  if (level >= 0) { return; }
  info->err->num_warnings++;
  switch (info->err->msg_code) {
  case JWRN_EXTRANEOUS_DATA:
  case JWRN_JFIF_MAJOR:
  case JWRN_ADOBE_XFORM:
  case JWRN_TOO_MUCH_DATA:
    return;
  case JWRN_JPEG_EOF:
    reader->ended_early = true;
    return;
  case JWRN_HIT_MARKER:
    if (reader->info.unread_marker == JPEG_EOI) {
      reader->ended_early = true;
      return;
    }
  }
  if (!reader->is_damaged) { info->err->format_message(info, reader->message); }
  reader->is_damaged = true;
}

// libjpeg calls this for each row of blocks, also while it takes in all scans before the first
// row. A file of a few bytes can hold thousands of scans that each visit every coefficient.
static void check_progress(j_common_ptr info) {
  cjpeg_reader *reader = info->client_data;
  if (reader->stop(reader->context)) {
    stop_with(reader, cjpeg_failure_stopped, "stopped");
  }
  if (reader->info.input_scan_number > greatest_scan_count) {
    stop_with(reader, cjpeg_failure_corrupt, "more scans than any real file has");
  }
}

// libjpeg leaves samples as malloc gave them where a broken file has no data for them, and reads
// past the last one of a row if sampling factors are odd. Such a picture would change from run to
// run, and show what the memory held before. Rows are rounded up so that their padding is ours too.
static JSAMPARRAY allocate_clear_rows(
  j_common_ptr info, int pool, JDIMENSION samples, JDIMENSION count) {
  cjpeg_reader *reader = info->client_data;
  JDIMENSION padded = (samples + row_alignment - 1) / row_alignment * row_alignment;
  JSAMPARRAY rows = reader->allocate_rows(info, pool, padded, count);
  for (JDIMENSION row = 0; row < count; row++) { memset(rows[row], 0, padded); }
  return rows;
}

static void begin_source(j_decompress_ptr info) { (void)info; }

static boolean fill_buffer(j_decompress_ptr info) {
  cjpeg_reader *reader = info->client_data;
  size_t count = reader->read(reader->context, reader->offset, reader->buffer, buffer_size);
  reader->offset += count;
  if (count == 0) {
    // As libjpeg's own sources do: pretend that the image ends here, so that what was read shows.
    WARNMS(info, JWRN_JPEG_EOF);
    reader->buffer[0] = 0xFF;
    reader->buffer[1] = JPEG_EOI;
    count = 2;
  }
  info->src->next_input_byte = reader->buffer;
  info->src->bytes_in_buffer = count;
  return TRUE;
}

static void skip_bytes(j_decompress_ptr info, long count) {
  cjpeg_reader *reader = info->client_data;
  if (count <= 0) { return; }
  size_t skipped = (size_t)count;
  if (skipped <= info->src->bytes_in_buffer) {
    info->src->next_input_byte += skipped;
    info->src->bytes_in_buffer -= skipped;
  } else {
    reader->offset += skipped - info->src->bytes_in_buffer;
    info->src->bytes_in_buffer = 0;
  }
}

static void end_source(j_decompress_ptr info) { (void)info; }

cjpeg_reader *cjpeg_create(cjpeg_read_bytes read, cjpeg_should_stop stop, void *context) {
  cjpeg_reader *reader = calloc(1, sizeof *reader);
  if (reader == NULL) { return NULL; }
  reader->read = read;
  reader->stop = stop;
  reader->context = context;
  reader->info.err = jpeg_std_error(&reader->errors);
  reader->info.client_data = reader;
  reader->errors.error_exit = fail;
  reader->errors.emit_message = note_message;
  reader->source.init_source = begin_source;
  reader->source.fill_input_buffer = fill_buffer;
  reader->source.skip_input_data = skip_bytes;
  reader->source.resync_to_restart = jpeg_resync_to_restart;
  reader->source.term_source = end_source;
  reader->progress.progress_monitor = check_progress;
  if (setjmp(reader->escape)) {
    cjpeg_destroy(reader);
    return NULL;
  }
  jpeg_create_decompress(&reader->info);
  reader->allocate_rows = reader->info.mem->alloc_sarray;
  reader->info.mem->alloc_sarray = allocate_clear_rows;
  reader->info.src = &reader->source;
  reader->info.progress = &reader->progress;
  return reader;
}

void cjpeg_destroy(cjpeg_reader *reader) {
  if (reader == NULL) { return; }
  jpeg_destroy_decompress(&reader->info);
  free(reader);
}

static uint64_t coefficient_bytes(const struct jpeg_decompress_struct *info) {
  uint64_t blocks = 0;
  for (int index = 0; index < info->num_components; index++) {
    const jpeg_component_info *component = &info->comp_info[index];
    blocks += (uint64_t)component->width_in_blocks * component->height_in_blocks;
  }
  return blocks * sizeof(JBLOCK);
}

bool cjpeg_read_header(cjpeg_reader *reader, cjpeg_header *header) {
  struct jpeg_decompress_struct *info = &reader->info;
  if (setjmp(reader->escape)) {
    header->width = info->image_width;
    header->height = info->image_height;
    return false;
  }
  jpeg_read_header(info, TRUE);
  header->width = info->image_width;
  header->height = info->image_height;
  header->components = info->num_components;
  header->has_multiple_scans = jpeg_has_multiple_scans(info);
  header->is_progressive = info->progressive_mode;
  header->is_arithmetic = info->arith_code;
  header->coefficient_bytes = coefficient_bytes(info);
  return true;
}

// Chooses what comes out: RGBA whatever the file holds, but for CMYK, which is converted here.
static void set_output(cjpeg_reader *reader, int eighths, uint64_t memory_limit) {
  struct jpeg_decompress_struct *info = &reader->info;
  info->mem->max_memory_to_use = (long)memory_limit;
  info->scale_num = (unsigned int)eighths;
  info->scale_denom = 8;
  switch (info->jpeg_color_space) {
  case JCS_CMYK:
  case JCS_YCCK:
    info->out_color_space = JCS_CMYK;
    break;
  case JCS_GRAYSCALE:
  case JCS_RGB:
  case JCS_YCbCr:
    info->out_color_space = JCS_EXT_RGBA;
    break;
  default:
    stop_with(reader, cjpeg_failure_colors, "unknown colour space");
  }
}

static void describe_output(
  const struct jpeg_decompress_struct *info, uint32_t left, cjpeg_output *output) {
  output->left = left;
  output->width = info->output_width;
  output->height = info->output_height;
  output->block_rows = (uint32_t)(info->max_v_samp_factor * info->min_DCT_scaled_size);
}

bool cjpeg_start(
  cjpeg_reader *reader, int eighths, uint32_t left, uint32_t width, uint64_t memory_limit,
  cjpeg_output *output) {
  if (setjmp(reader->escape)) { return false; }
  struct jpeg_decompress_struct *info = &reader->info;
  set_output(reader, eighths, memory_limit);
  jpeg_start_decompress(info);
  JDIMENSION first = left;
  JDIMENSION columns = width;
  // libjpeg treats a crop to less than the image specially; none is safer than one of everything.
  if (first > 0 || columns < info->output_width) {
    jpeg_crop_scanline(info, &first, &columns);
  }
  describe_output(info, first, output);
  return true;
}

bool cjpeg_start_preview(cjpeg_reader *reader, uint64_t memory_limit, cjpeg_output *output) {
  if (setjmp(reader->escape)) { return false; }
  struct jpeg_decompress_struct *info = &reader->info;
  if (!info->progressive_mode || info->Ss != 0) { return false; }
  set_output(reader, 1, memory_limit);
  info->buffered_image = TRUE;
  // It would guess detail from neighbouring means, of which an eighth shows none.
  info->do_block_smoothing = FALSE;
  jpeg_start_decompress(info);
  int scan = info->input_scan_number;
  for (;;) {
    int status = jpeg_consume_input(info);
    if (status == JPEG_REACHED_EOI) { break; }
    if (status != JPEG_REACHED_SOS) { continue; }
    // Scans of more than means have begun; a second scan of means would only refine the first.
    if (info->Ss != 0 || info->Ah != 0) { break; }
    scan = info->input_scan_number;
  }
  jpeg_start_output(info, scan);
  describe_output(info, 0, output);
  return true;
}

bool cjpeg_skip_rows(cjpeg_reader *reader, uint32_t count) {
  if (setjmp(reader->escape)) { return false; }
  jpeg_skip_scanlines(&reader->info, count);
  return true;
}

// CMYK in JPEG is stored inverted, 255 meaning no ink: Adobe's convention, which other decoders
// take for granted even where the Adobe marker is absent.
static void convert_from_cmyk(uint8_t *row, uint32_t width) {
  for (uint32_t column = 0; column < width; column++) {
    uint8_t *pixel = row + 4 * (size_t)column;
    unsigned int black = pixel[3];
    for (int channel = 0; channel < 3; channel++) {
      pixel[channel] = (uint8_t)((pixel[channel] * black + 127) / 255);
    }
    pixel[3] = 255;
  }
}

bool cjpeg_read_row(cjpeg_reader *reader, uint8_t *row) {
  if (setjmp(reader->escape)) { return false; }
  JSAMPROW rows[1] = {row};
  if (jpeg_read_scanlines(&reader->info, rows, 1) != 1) { return false; }
  if (reader->info.out_color_space == JCS_CMYK) {
    convert_from_cmyk(row, reader->info.output_width);
  }
  return true;
}

bool cjpeg_ended_early(const cjpeg_reader *reader) { return reader->ended_early; }

bool cjpeg_is_damaged(const cjpeg_reader *reader) { return reader->is_damaged; }

bool cjpeg_has_failed(const cjpeg_reader *reader) { return reader->failed; }

cjpeg_failure cjpeg_last_failure(const cjpeg_reader *reader) { return reader->failure; }

const char *cjpeg_message(const cjpeg_reader *reader) { return reader->message; }

void cjpeg_map_blocks_from(int bytes) { mallopt(M_MMAP_THRESHOLD, bytes); }
