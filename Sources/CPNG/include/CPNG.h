// libpng's classic interface, made safe to call from Swift.
//
// libpng reports an error by calling a function that must not return, which in practice means
// longjmp, and Swift must not be jumped over. Every function here catches the jump and returns
// false instead; cpng_message then says what was wrong. libpng's simplified interface would need
// no shim, but it wants the whole image in memory and misreads 16-bit files without a gamma.

#ifndef CPNG_H
#define CPNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A decoder of one file; holds a few rows at a time.
typedef struct cpng_reader cpng_reader;

/// Copies bytes of the file from an offset on; returns how many, 0 at the end or on failure.
///
/// The decoder pulls what it needs: a file that shrinks while it is read ends early, where a
/// mapped one would kill the process.
typedef size_t (*cpng_read_bytes)(void *context, uint64_t offset, uint8_t *bytes, size_t count);

/// What the header claims; nothing has been allocated for it yet.
typedef struct {
  uint32_t width;
  uint32_t height;
  /// Bits of one pixel as stored, to judge whether the file can hold as many as it claims.
  uint32_t bits_per_pixel;
  bool is_interlaced;
  /// Whether a pixel may be less than opaque: an alpha channel, or a tRNS chunk.
  bool has_alpha;
} cpng_header;

/// Makes a decoder, or returns NULL when there is no memory; `context` goes to `read`.
///
/// Images with a side above `greatest_side` pixels are refused.
cpng_reader *cpng_create(cpng_read_bytes read, void *context, uint32_t greatest_side);

/// Frees the decoder and all that libpng allocated for it.
void cpng_destroy(cpng_reader *reader);

/// Reads up to the first image data; text, profiles and the like are passed over unread.
bool cpng_read_header(cpng_reader *reader, cpng_header *header);

/// Begins decoding; rows come with 8 bits a channel whatever the file holds: as RGBA, or as RGB
/// where no pixel is less than opaque and the image is not interlaced.
///
/// An interlaced image comes in `passes` passes over all rows, in which each row must be read
/// into the bytes that it had in the pass before.
bool cpng_start(cpng_reader *reader, int *passes, int *channels);

/// Decodes the next row into channels * width bytes, or passes over it if `row` is NULL.
bool cpng_read_row(cpng_reader *reader, uint8_t *row);

/// Decodes the pixels that the next row has in this pass to their places, and leaves the others.
bool cpng_read_sparse_row(cpng_reader *reader, uint8_t *row);

/// Whether the data stopped before the image was complete.
bool cpng_ended_early(const cpng_reader *reader);

/// Whether a checksum of image data was wrong; the data was used all the same.
bool cpng_is_damaged(const cpng_reader *reader);

/// libpng's words for the last failure, else for the first damage; "" if there was none.
const char *cpng_message(const cpng_reader *reader);

#endif
