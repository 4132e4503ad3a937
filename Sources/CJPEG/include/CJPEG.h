// libjpeg-turbo's classic interface, made safe to call from Swift.
//
// libjpeg reports a fatal error by calling a function that must not return, which in practice
// means longjmp, and Swift must not be jumped over. Every function here catches the jump and
// returns false instead; cjpeg_message then says what was wrong. TurboJPEG's simpler interface
// would need no shim, but it can neither crop, nor skip rows, nor stop half-way.

#ifndef CJPEG_H
#define CJPEG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A decoder of one file; holds one row at a time, or all coefficients if there are several scans.
typedef struct cjpeg_reader cjpeg_reader;

/// Copies bytes of the file from an offset on; returns how many, 0 at the end or on failure.
///
/// The decoder pulls what it needs: a file that shrinks while it is read ends early, where a
/// mapped one would kill the process.
typedef size_t (*cjpeg_read_bytes)(void *context, uint64_t offset, uint8_t *bytes, size_t count);

/// Says whether the caller has lost interest; asked between rows of blocks.
typedef bool (*cjpeg_should_stop)(void *context);

/// What kept a file from being decoded, as far as the caller has different words for it.
typedef enum {
  cjpeg_failure_corrupt,
  cjpeg_failure_precision,
  cjpeg_failure_process,
  cjpeg_failure_colors,
  cjpeg_failure_size,
  cjpeg_failure_memory,
  cjpeg_failure_stopped
} cjpeg_failure;

/// What the header claims; nothing has been allocated for it yet.
typedef struct {
  uint32_t width;
  uint32_t height;
  int components;
  /// Needs memory for the coefficients of the whole image: progressive, or not interleaved.
  bool has_multiple_scans;
  bool is_progressive;
  bool is_arithmetic;
  /// How many bytes those coefficients take.
  uint64_t coefficient_bytes;
} cjpeg_header;

/// The rows that will come, after scaling and cropping.
typedef struct {
  uint32_t width;
  uint32_t height;
  /// The scaled column at which rows begin: at or left of the one asked for.
  uint32_t left;
  /// How many rows one row of blocks gives; skipping by multiples of it wastes nothing.
  uint32_t block_rows;
} cjpeg_output;

/// Makes a decoder, or returns NULL when there is no memory; `context` goes to both functions.
cjpeg_reader *cjpeg_create(cjpeg_read_bytes read, cjpeg_should_stop stop, void *context);

/// Frees the decoder and all that libjpeg allocated for it.
void cjpeg_destroy(cjpeg_reader *reader);

/// Reads up to the first scan; on failure only the size is set, as far as it is known.
bool cjpeg_read_header(cjpeg_reader *reader, cjpeg_header *header);

/// Begins decoding at `eighths`/8 of the full size, limited to some columns of the scaled image.
///
/// For several scans this reads the whole file. `memory_limit` bounds what libjpeg may allocate,
/// in bytes, because sizes in a header can be lies. Rows are RGBA whatever the file holds.
bool cjpeg_start(
  cjpeg_reader *reader, int eighths, uint32_t left, uint32_t width, uint64_t memory_limit,
  cjpeg_output *output);

/// Begins decoding an eighth of the full size from the first scans of a progressive file alone:
/// those with the means of the blocks, which are that eighth.
///
/// Returns false without a failure where the first scan holds more than means.
bool cjpeg_start_preview(cjpeg_reader *reader, uint64_t memory_limit, cjpeg_output *output);

/// Passes over rows without colour conversion, for parts of an image.
bool cjpeg_skip_rows(cjpeg_reader *reader, uint32_t count);

/// Decodes the next row into 4 * width bytes.
bool cjpeg_read_row(cjpeg_reader *reader, uint8_t *row);

/// Whether the data stopped before the image was complete; the rest is invented grey.
bool cjpeg_ended_early(const cjpeg_reader *reader);

/// Whether some of the data made no sense and libjpeg guessed.
bool cjpeg_is_damaged(const cjpeg_reader *reader);

/// Whether a function returned false because of a failure.
bool cjpeg_has_failed(const cjpeg_reader *reader);

/// What kind of failure made a function return false.
cjpeg_failure cjpeg_last_failure(const cjpeg_reader *reader);

/// libjpeg's words for the last failure, else for the first damage; "" if there was none.
const char *cjpeg_message(const cjpeg_reader *reader);

/// Has blocks of `bytes` and more mapped, and unmapped when they are freed, for the whole process.
///
/// That is how glibc begins, but at the first such block freed it raises the limit to its size.
void cjpeg_map_blocks_from(int bytes);

#endif
